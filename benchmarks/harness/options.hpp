// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_OPTIONS_HPP
#define METAPATCH_BENCHMARKS_HARNESS_OPTIONS_HPP

#include <string_view>

namespace bench {

struct options {
    std::string_view filter;
    int rounds = 21;
    bool quick = false;
    bool one = false;
    char const* json = nullptr;
};

/// What they do, for `--help`.
inline constexpr char const* options_help = R"(
  --filter TEXT  only where "shape/contender" contains it; Boost.JSON and memcpy always run, for the ratios
  --rounds N     batches of each contender, interleaved (21)
  --quick        one batch, of documents up to 1 MB: what matters is that the results are right
  --one          one document of each shape, over and over: how fast a processor is that has learned it by heart
  --json FILE    write the figures for report.py
)";

/// Throws std::invalid_argument, which tells what is wrong.
options parse_options(int argc, char** argv);

} // namespace bench

#endif

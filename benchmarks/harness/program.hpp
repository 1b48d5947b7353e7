// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_PROGRAM_HPP
#define METAPATCH_BENCHMARKS_HARNESS_PROGRAM_HPP

#include "documents.hpp"

#include <vector>

namespace bench {

/// What one benchmark program has of its own, but for its contenders, which enlist themselves.
struct program {
    char const* name;
    char const* purpose; ///< sentences for `--help`
    char const* bodies;  ///< what a body is called, in the plural
    std::vector<shape> (*shapes)();
};

/// Compares, times and prints all shapes, as the options say.
/// @return the exit status
int run(program const& of, int argc, char** argv);

} // namespace bench

#endif

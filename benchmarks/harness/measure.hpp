// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_MEASURE_HPP
#define METAPATCH_BENCHMARKS_HARNESS_MEASURE_HPP

#include "contender.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bench {

inline constexpr char const* reference = "Boost.JSON";
inline constexpr char const* floor = "memcpy";

struct measured {
    std::string name;
    bench::role role;
    double ns;     ///< of one job, the median
    double spread; ///< of the middle half of the times, as a part of the median
    // Each where there is such a one, or where it can be told.
    std::optional<double> per_reference; ///< how many jobs it does while `reference` does one
    std::optional<double> memcpys;       ///< how many times `floor` copies the text meanwhile
    std::optional<double> allocations;   ///< of one job
};

/// Throws, naming whom, unless every result of every job is, as a DOM, that of `reference`. Where that takes no part,
/// there is nothing to compare: contenders throw by themselves where they fail.
void verify(std::vector<entry> const& entries, jobs const& given);

/// Times all of them, batch by batch in turn, so that what else the machine does meets all alike. The turns are
/// shuffled in each round, in the same way in every run.
std::vector<measured> measure(std::vector<entry> const& entries, jobs const& given, int rounds);

} // namespace bench

#endif

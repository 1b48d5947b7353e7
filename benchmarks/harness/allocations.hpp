// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_ALLOCATIONS_HPP
#define METAPATCH_BENCHMARKS_HARNESS_ALLOCATIONS_HPP

#include <cstddef>
#include <optional>

namespace bench {

/// How often this program and its libraries have asked for memory so far, in C or in C++; nothing where that cannot be
/// told.
std::optional<std::size_t> allocations() noexcept;

/// Memory that was freed stays with the process, as in one that has run for a while: fresh pages cost more than the
/// rest.
void keep_freed_memory() noexcept;

} // namespace bench

#endif

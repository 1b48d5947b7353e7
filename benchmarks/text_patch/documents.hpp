// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_TEXT_PATCH_DOCUMENTS_HPP
#define METAPATCH_BENCHMARKS_TEXT_PATCH_DOCUMENTS_HPP

#include "../harness/documents.hpp"

#include <string_view>
#include <vector>

namespace bench {

/// The task of shapes whose patches merge at every depth, by RFC 7396; others merge at the first level.
inline constexpr std::string_view deep_merge = "deep merge";

inline bool merges_deep(jobs const& given)
{
    return given.task == deep_merge;
}

/// The same texts on every machine: stored ones of all kinds that `text_writer` knows, and their patches.
std::vector<shape> shapes();

} // namespace bench

#endif

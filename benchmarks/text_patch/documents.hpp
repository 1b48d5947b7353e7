// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_TEXT_PATCH_DOCUMENTS_HPP
#define METAPATCH_BENCHMARKS_TEXT_PATCH_DOCUMENTS_HPP

#include "../harness/documents.hpp"

#include <vector>

namespace bench {

/// The same texts on every machine: stored ones of all kinds that `text_writer` knows, and their patches.
std::vector<shape> shapes();

} // namespace bench

#endif

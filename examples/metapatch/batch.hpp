// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_HPP
#define METAPATCH_TOOL_BATCH_HPP

#include "batch_checks.hpp"
#include "document_change.hpp"
#include "errors.hpp"
#include "options.hpp"

namespace tool {

/// Change the documents of inputs, to standard output or in place.
///
/// What is no document keeps its place and its bytes, and so does a document that is refused or left alone. Memory does
/// not grow with the number of documents.
///
/// @param change  which has taken its patch, unless `--patches` has one for each document
exit_status change_batch(options const& asked, document_change& change);

} // namespace tool

#endif

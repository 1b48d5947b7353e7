// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_HPP
#define METAPATCH_TOOL_BATCH_HPP

#include "document_change.hpp"
#include "errors.hpp"
#include "options.hpp"

#include <optional>
#include <string>

namespace tool {

/// What is wrong with the options of a batch that changes documents. Throws `usage_error`.
void check_batch(options const& asked);

/// The same of any batch.
void check_batch_inputs(options const& asked);

/// The text of the one patch for all documents; nothing where there is one for each. Throws `usage_error` where both are
/// given, or none.
std::optional<std::string> shared_patch(options const& asked);

/// What belongs to a batch alone must not be given without one. Throws `usage_error`.
void check_no_batch(options const& asked);

/// What one patch for all documents must not be by mistake. Throws `usage_error`.
void check_intent(options const& asked, patch_intent intent);

/// Change the documents of inputs, to standard output or in place.
///
/// What is no document keeps its place and its bytes, and so does a document that is refused or left alone. Memory does
/// not grow with the number of documents.
///
/// @param change  which has taken its patch, unless `--patches` has one for each document
exit_status change_batch(options const& asked, document_change& change);

} // namespace tool

#endif

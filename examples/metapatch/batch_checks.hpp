// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_CHECKS_HPP
#define METAPATCH_TOOL_BATCH_CHECKS_HPP

#include "document_change.hpp"
#include "field_policy.hpp"
#include "options.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// What is wrong with the options of a batch that changes documents. Throws `usage_error`.
void check_batch(options const& asked);

/// The same of any batch.
void check_batch_inputs(options const& asked);

/// The text of the one patch for all documents; nothing where there is one for each. Throws `usage_error` where both are
/// given, or none.
std::optional<std::string> shared_patch(options const& asked);

/// A field of Auth0 is the member that it is: a batch does not look for it elsewhere by mistake. Throws `usage_error`.
void check_member(options const& asked, named_policy const& policy);

/// A document that looks like a user is no field of one. Throws `usage_error`.
void check_is_field(options const& asked, named_policy const& policy, std::string_view document);

/// The documents of a batch are in its files, and no argument is one. Throws `usage_error`.
void check_no_operands(options const& asked);

/// The policy of a batch that reports on a field of each document, whose options are checked. Throws `usage_error`.
named_policy policy_of_reports(options const& asked);

/// What belongs to a batch alone must not be given without one. Throws `usage_error`.
void check_no_batch(options const& asked);

/// What one patch for all documents must not be by mistake. Throws `usage_error`.
void check_intent(options const& asked, patch_intent intent);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_FIELD_INTENT_HPP
#define METAPATCH_TOOL_FIELD_INTENT_HPP

#include "document_change.hpp"

#include <metapatch/policy/policy.hpp>

#include <string_view>

namespace tool {

/// What the text of a field's patch asks for under a policy, where it is one.
patch_intent intent_of(std::string_view text, metapatch::merge_rules const& merge);

} // namespace tool

#endif

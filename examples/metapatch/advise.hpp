// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_ADVISE_HPP
#define METAPATCH_TOOL_ADVISE_HPP

#include "field_policy.hpp"
#include "options.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Say on standard error what is allowed in a patch and mostly not meant: a line each, or with `--output json` one object.
///
/// @param stored  the text of the field; nothing where it is absent
/// @param patch   the text of a patch that the policy accepts for it
void say_advice(options const& asked, named_policy const& policy, std::optional<std::string_view> stored,
                std::string_view patch);

} // namespace tool

#endif

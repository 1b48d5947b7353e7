// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_ADVISE_HPP
#define METAPATCH_TOOL_ADVISE_HPP

#include "field_policy.hpp"
#include "options.hpp"

#include <metapatch/algebra/advice.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// What is allowed in a patch and mostly not meant.
///
/// @param member  the name of the field, where that is known
/// @param stored  the text of the field; nothing where it is absent
/// @param patch   the text of a patch that the policy accepts for it
metapatch::findings<metapatch::advice> advice_on(named_policy const& policy, std::string_view member,
                                                 std::optional<std::string_view> stored, std::string_view patch);

/// Say it on standard error: a line each, or with `--output json` one object.
void say_advice(options const& asked, named_policy const& policy, std::optional<std::string_view> stored,
                std::string_view patch);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_ADVISE_HPP
#define METAPATCH_TOOL_ADVISE_HPP

#include "batch_tally.hpp"
#include "field_policy.hpp"
#include "options.hpp"
#include "refusal.hpp"

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

/// The same summed up: a line for each code, with how often it was found and what it means.
///
/// @param found  how often, by codes
void say_advice(counts_by_code const& found);

/// Say what a patch that was refused may be meant to be, where that can be told.
void say_what_is_meant(field_policy const& policy, refusal const& refused, std::string_view patch);

} // namespace tool

#endif

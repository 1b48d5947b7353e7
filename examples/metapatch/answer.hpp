// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_ANSWER_HPP
#define METAPATCH_TOOL_ANSWER_HPP

#include "errors.hpp"
#include "options.hpp"
#include "refusal.hpp"
#include "terminal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Whether the answer on standard output is for people.
bool answers_in_text(options const& asked);

/// Whether standard output is for the result alone: then what stands in its place goes to standard error.
bool explains_on_error(options const& asked);

/// For what `explain` writes.
colours explanation_colours(options const& asked);

/// Answer with an explanation in place of a result, in the form that was asked for.
exit_status explain(options const& asked, std::string_view text, std::string_view json_line, exit_status status);

/// Answer that a text was refused.
exit_status say_refusal(options const& asked, std::string_view policy, refusal const& refused);

/// The same of several texts, of which there is at least one.
exit_status say_refusals(options const& asked, std::string_view policy, std::vector<refusal> const& refused);

/// Answer that nothing has the effect that was asked for.
exit_status say_impossible(options const& asked, std::string_view policy, metapatch::report const& why);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_SERVICE_ANSWER_HPP
#define METAPATCH_TOOL_SERVICE_ANSWER_HPP

#include "errors.hpp"
#include "options.hpp"
#include "terminal.hpp"

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/refusal.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// The table that `--table` names.
metapatch::auth0::permission_table table_of(user_options const& given);

/// The token that `--scopes` and `--subject` describe; it refers to them.
metapatch::auth0::access_token token_of(user_options const& given);

/// Lines for people: each set of scopes that would do, and which of them are held.
std::string to_text(std::vector<std::vector<std::string_view>> const& sufficient, metapatch::scope_view held,
                    colours paint);

/// Answer with a text that is the result, in a line.
exit_status say_document(std::string_view text);

/// The texts of a request, for the place where one of them is no JSON.
struct request_texts {
    std::string_view body;
    std::optional<std::string_view> stored{};
};

/// Answer with the body of a refusal as the service sends it; standard error explains it.
exit_status say_service_refusal(options const& asked, metapatch::auth0::refusal const& why, request_texts const& texts);

/// The same on standard error alone, where standard output is for users.
exit_status explain_service_refusal(options const& asked, metapatch::auth0::refusal const& why,
                                    request_texts const& texts);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "input.hpp"
#include "service_answer.hpp"
#include "user_document.hpp"

#include <metapatch/auth0/management/update_user.hpp>

#include <cstdio>
#include <optional>
#include <unistd.h>

namespace tool {

namespace auth0 = metapatch::auth0;

exit_status users_patch(options const& asked)
{
    auto const& given = asked.user;
    if (given.document == "-" && given.body == "-")
        throw usage_error("standard input cannot be both USER and BODY");
    auto const token = token_of(given);
    auto const document = read_argument(*given.document);
    auto const body = read_argument(*given.body);
    auto const stored = is_null(document) ? std::nullopt : std::optional<std::string_view>(document);
    auto const user_id = given.user_id ? given.user_id : stored ? id_of_user(*stored) : std::nullopt;
    if (!user_id && given.subject)
        throw usage_error("--user-id is required: USER has no user_id for --subject to be compared with");

    auto rules = auth0::standard_user_rules;
    rules.permissions = table_of(given);
    auto const changed = auth0::update_user(stored, token, user_id.value_or(""), body, rules);
    if (!changed)
        return say_service_refusal(asked, changed.error());
    say_document(changed->user);
    if (auto const size = auth0::large_profile(changed->user, rules)) {
        auto const text = colours(asked.color, STDERR_FILENO).yellow("warning") + ": the user takes " +
                          std::to_string(*size) + " bytes, and beyond " + std::to_string(rules.large_profile_bytes) +
                          " writes may start to fail\n";
        std::fputs(text.c_str(), stderr);
    }
    return exit_status::applied;
}

} // namespace tool

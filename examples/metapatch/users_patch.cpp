// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "large_profiles.hpp"
#include "service_answer.hpp"
#include "user_change.hpp"
#include "user_document.hpp"

#include <metapatch/auth0/management/update_user.hpp>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace tool {

namespace auth0 = metapatch::auth0;

namespace {

exit_status patch_user(options const& asked)
{
    auto const& given = asked.user;
    if (!given.document || !given.body)
        throw usage_error("USER and BODY are required, or --batch");
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
    rules.large_profile_bytes = given.warn_beyond;
    auto const changed = auth0::update_user(stored, token, user_id.value_or(""), body, rules);
    if (!changed)
        return say_service_refusal(asked, changed.error(), {body, stored});
    say_document(changed->user);
    if (auto const size = auth0::large_profile(changed->user, rules)) {
        auto const text =
            colours(asked.color, STDERR_FILENO).yellow("warning") + ": " + large_profile_in_words(*size, rules) + '\n';
        std::fputs(text.c_str(), stderr);
    }
    return exit_status::applied;
}

} // namespace

exit_status users(options const& asked)
{
    return asked.user.creates ? users_create(asked) : users_patch(asked);
}

exit_status users_patch(options const& asked)
{
    if (!asked.batch.is_asked_for()) {
        check_no_batch(asked);
        return patch_user(asked);
    }
    if (asked.user.document || asked.user.body)
        throw usage_error("--batch takes its users from the given file: no USER or BODY beside it");
    if (asked.user.headers)
        throw usage_error("--headers is for one user, and not for a --batch");
    check_batch(asked);
    auto const body = shared_patch(asked);
    user_change change(asked.user);
    if (body) {
        change.set_patch(*body);
        check_intent(asked, change.intent());
        if (auto const refused = change.refused_for_all())
            return explain_service_refusal(asked, *refused, {*body});
    }
    return change_batch(asked, change);
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "large_profiles.hpp"
#include "service_answer.hpp"
#include "user_creation.hpp"

#include <cstdio>
#include <string>
#include <unistd.h>

namespace tool {

namespace auth0 = metapatch::auth0;

namespace {

exit_status create_user(options const& asked)
{
    auto const& given = asked.user;
    if (!given.body)
        throw usage_error("BODY is required, or --batch");
    auto const token = token_of(given);
    auto const body = read_argument(*given.body);
    auto rules = auth0::standard_user_rules;
    rules.permissions = table_of(given);
    rules.large_profile_bytes = given.warn_beyond;
    auto const id = given.user_id.value_or(id_of_new_user(body, 1));
    auto const made = auth0::create_user(token, id, body, rules);
    if (!made)
        return say_service_refusal(asked, made.error(), {body});
    say_document(made->user);
    if (auto const size = auth0::large_profile(made->user, rules))
        std::fputs(
            (colours(asked.color, STDERR_FILENO).yellow("warning") + ": " + large_profile_in_words(*size, rules) + '\n')
                .c_str(),
            stderr);
    return exit_status::applied;
}

} // namespace

exit_status users_create(options const& asked)
{
    if (!asked.batch.is_asked_for()) {
        check_no_batch(asked);
        return create_user(asked);
    }
    if (asked.user.body || asked.user.user_id)
        throw usage_error("--batch takes its bodies from the given file: no BODY or --user-id beside it");
    if (asked.user.headers)
        throw usage_error("--headers is for one user, and not for a --batch");
    check_batch(asked);
    user_creation creation(asked.user);
    return change_batch(asked, creation);
}

} // namespace tool

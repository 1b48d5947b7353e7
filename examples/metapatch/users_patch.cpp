// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "progress.hpp"
#include "service_answer.hpp"
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

/// One request for each user of a batch. What a body and a token say is judged once, where that does not depend on whose
/// user it is.
class user_change : public line_change {
public:
    explicit user_change(user_options const& given)
        : given_(given), token_(token_of(given)), is_of_each_(given.subject && !given.user_id)
    {
        rules_.permissions = table_of(given);
        rules_.large_profile_bytes = given.warn_beyond;
    }

    void set_patch(std::string_view text) override
    {
        body_ = text;
        is_read_ = false;
    }

    bool apply(std::string_view document, std::string& result) override
    {
        if (is_of_each_)
            read(id_of_user(document));
        else if (!is_read_)
            read(given_.user_id.value_or(""));
        if (!update_.is_admitted())
            return false;
        result.clear();
        auto const stored = is_null(document) ? std::nullopt : std::optional(document);
        auto done = update_.apply(stored, result);
        if (!done) {
            refused_ = std::move(done).error();
            return false;
        }
        large_ += auth0::large_profile(result, rules_) ? 1 : 0;
        return true;
    }

    void tell(reject_log& rejects, std::uint64_t line) const override { rejects.add(line, *refused_); }

    std::string last_words() const override
    {
        return large_ == 0 ? std::string()
                           : grouped(large_) + (large_ == 1 ? " user takes" : " users take") + " more than " +
                                 grouped(rules_.large_profile_bytes) + " bytes: writes may fail from " +
                                 std::string(auth0::large_profiles_end) + " on";
    }

private:
    /// @param user_id  in the path; nothing where the user has none: then it is not the token's subject, whichever that is
    void read(std::optional<std::string> user_id)
    {
        auto token = token_;
        if (!user_id)
            token.subject.reset();
        user_id_ = std::move(user_id).value_or("");
        refused_ = update_.read(token, user_id_, body_, rules_);
        if (update_.is_admitted() && join_lines(body_))
            refused_ = update_.read(token, user_id_, body_, rules_);
        is_read_ = true;
    }

    user_options const& given_;
    auth0::access_token token_;
    bool const is_of_each_; // the id in the path is each user's own
    auth0::user_rules rules_;
    std::string body_;
    std::string user_id_;
    auth0::user_update update_; // refers to these
    bool is_read_ = false;
    std::optional<auth0::refusal> refused_;
    std::uint64_t large_ = 0;
};

exit_status patch_one(options const& asked)
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
        return say_service_refusal(asked, changed.error());
    say_document(changed->user);
    if (auto const size = auth0::large_profile(changed->user, rules)) {
        auto const text = colours(asked.color, STDERR_FILENO).yellow("warning") + ": the user takes " +
                          std::to_string(*size) + " bytes: beyond " + std::to_string(rules.large_profile_bytes) +
                          " writes may fail from " + std::string(auth0::large_profiles_end) + " on\n";
        std::fputs(text.c_str(), stderr);
    }
    return exit_status::applied;
}

} // namespace

exit_status users_patch(options const& asked)
{
    if (!asked.batch) {
        check_no_batch(asked);
        return patch_one(asked);
    }
    check_batch(asked);
    if (asked.user.document || asked.user.body)
        throw usage_error("--batch takes its users from the given file: no USER or BODY beside it");
    if (asked.user.headers)
        throw usage_error("--headers is for one user, and not for a --batch");
    user_change change(asked.user);
    return change_batch(asked, change);
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "service_answer.hpp"

#include "refusal.hpp"
#include "writer.hpp"

#include <boost/json/serialize.hpp>
#include <cstdio>
#include <unistd.h>

namespace tool {

namespace auth0 = metapatch::auth0;

namespace {

constexpr std::string_view sentence(auth0::refusal_reason why) noexcept
{
    switch (why) {
    case auth0::refusal_reason::unauthorized:
        return "there is no token, or a bad one";
    case auth0::refusal_reason::insufficient_scope:
        return "the token lacks a scope for this";
    case auth0::refusal_reason::malformed_body:
        return "the body is no JSON, or not as the endpoint wants it";
    case auth0::refusal_reason::subject_mismatch:
        return "the token's scopes are for its own subject alone";
    case auth0::refusal_reason::fields_out_of_reach:
        return "the token's scopes do not reach all members of the body";
    case auth0::refusal_reason::not_found:
        return "there is no such user";
    case auth0::refusal_reason::rule_violation:
        return "metadata breaks rules";
    case auth0::refusal_reason::conflict:
        return "it is there already";
    case auth0::refusal_reason::unreadable_state:
        return "what is stored cannot be read";
    }
    return {};
}

bool is_denial(auth0::refusal_reason why) noexcept
{
    return why == auth0::refusal_reason::insufficient_scope || why == auth0::refusal_reason::subject_mismatch ||
           why == auth0::refusal_reason::fields_out_of_reach;
}

/// Where the text is no JSON that a refusal is about; without a piece of it, for passwords are in such texts.
std::string place_in_words(auth0::refusal_reason why, request_texts const& texts)
{
    auto const about = why == auth0::refusal_reason::malformed_body     ? std::optional(texts.body)
                       : why == auth0::refusal_reason::unreadable_state ? texts.stored
                                                                        : std::nullopt;
    auto const place = about ? place_of_error(*about) : std::nullopt;
    return place ? "  malformed JSON at " + in_words(*place) + '\n' : std::string();
}

std::string explanation(options const& asked, auth0::refusal const& why, request_texts const& texts, colours paint)
{
    auto text = paint.red("refused") + " with " + std::to_string(why.status) + ' ';
    text.append(auth0::reason_phrase(why.status)).append(", ").append(name(why.why)).append(": ");
    text.append(sentence(why.why)) += '\n';
    auto const place = place_in_words(why.why, texts);
    text += place;
    if (asked.user.headers)
        for (auto const& [name, value] : headers(why))
            text.append("  ").append(name).append(": ").append(value) += '\n';
    if (place.empty() && !why.violations.empty())
        text += to_text(why.violations, paint);
    if (is_denial(why.why))
        text += to_text(why.sufficient,
                        asked.user.scopes ? metapatch::scope_view(*asked.user.scopes) : metapatch::scope_view(), paint);
    return text;
}

} // namespace

auth0::permission_table table_of(user_options const& given)
{
    return given.table == "documented" ? auth0::documented : auth0::enforced;
}

auth0::access_token token_of(user_options const& given)
{
    auth0::access_token token;
    if (given.scopes)
        token.scopes = metapatch::scope_view(*given.scopes);
    for (auto const scope : token.scopes) {
        if (!metapatch::is_scope_token(scope))
            throw usage_error("--scopes: this is no scope: " + printable(scope));
        if (scope.find(',') != std::string_view::npos)
            throw usage_error("--scopes: scopes have spaces between them, not commas: " + printable(scope));
    }
    if (given.subject)
        token.subject = *given.subject;
    return token;
}

std::string to_text(std::vector<std::vector<std::string_view>> const& sufficient, metapatch::scope_view held,
                    colours paint)
{
    if (sufficient.empty())
        return "no scope would suffice, for this subject and this user\n";
    std::string text;
    for (auto const& set : sufficient) {
        text += text.empty() ? "would suffice: " : "           or: ";
        for (auto const scope : set) {
            text += scope == set.front() ? "" : " and ";
            text += held.contains(scope) ? std::string(scope) + " (held)" : paint.green(scope);
        }
        text += '\n';
    }
    return text;
}

exit_status say_document(std::string_view text)
{
    auto out = writer::to_standard_output();
    out.write(text);
    if (!text.ends_with('\n'))
        out.write("\n");
    out.finish();
    return exit_status::applied;
}

exit_status say_service_refusal(options const& asked, auth0::refusal const& why, request_texts const& texts)
{
    say_document(boost::json::serialize(auth0::body(why)));
    return explain_service_refusal(asked, why, texts);
}

exit_status explain_service_refusal(options const& asked, auth0::refusal const& why, request_texts const& texts)
{
    std::fputs(explanation(asked, why, texts, colours(asked.color, STDERR_FILENO)).c_str(), stderr);
    return exit_status::refused;
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "user_change.hpp"

#include "input.hpp"
#include "large_profiles.hpp"
#include "profile_text.hpp"
#include "service_answer.hpp"
#include "user_document.hpp"

#include <utility>

namespace tool {

namespace auth0 = metapatch::auth0;

namespace {

/// Whether a whole body has `{}` for a field of metadata.
bool clears_metadata(std::string_view body)
{
    for (auto const* const name : {"user_metadata", "app_metadata"}) {
        profile_text fields(name);
        if (fields.read(body) && fields.field() && is_empty_object(*fields.field()))
            return true;
    }
    return false;
}

patch_intent intent_of_body(std::string_view body)
{
    return is_blank(body) || is_null(body) ? patch_intent::nothing
           : clears_metadata(body)         ? patch_intent::clear
                                           : patch_intent::change;
}

} // namespace

user_change::user_change(user_options const& given)
    : given_(given), token_(token_of(given)), is_of_each_(given.subject && !given.user_id)
{
    rules_.permissions = table_of(given);
    rules_.large_profile_bytes = given.warn_beyond;
}

void user_change::set_patch(std::string_view text)
{
    body_ = text;
    intent_ = intent_of_body(text);
    is_read_ = false;
}

document_fate user_change::apply(document_place const&, std::string_view document, std::string& result)
{
    if (is_of_each_)
        read(id_of_user(document));
    else if (!is_read_)
        read(given_.user_id.value_or(""));
    if (!update_.is_admitted())
        return document_fate::refused;
    result.clear();
    auto const stored = is_null(document) ? std::nullopt : std::optional(document);
    auto done = update_.apply(stored, result);
    if (!done) {
        refused_ = std::move(done).error();
        return document_fate::refused;
    }
    large_ += auth0::large_profile(result, rules_) ? 1 : 0;
    return document_fate::changed;
}

void user_change::tell(reject_log& rejects, document_place const& place, std::string_view document) const
{
    rejects.add(place, document, *refused_);
}

effects user_change::last_effects(std::string_view document, std::string_view result) const
{
    return effects_on_user(document, result);
}

std::string user_change::last_words() const
{
    return large_profiles_in_words(large_, rules_);
}

std::optional<auth0::refusal> user_change::refused_for_all()
{
    read(is_of_each_ ? given_.subject : given_.user_id.value_or("")); // a subject's own request goes furthest
    if (!update_.is_admitted())
        return refused_;
    std::string user;
    auto done = update_.apply("{}", user);
    is_read_ = !is_of_each_;
    // Of a user who has nothing, rules can be broken by the body alone.
    return !done && done.error().why == auth0::refusal_reason::rule_violation ? std::optional(std::move(done).error())
                                                                              : std::nullopt;
}

void user_change::read(std::optional<std::string> user_id)
{
    auto token = token_;
    if (!user_id)
        token.subject.reset();
    user_id_ = std::move(user_id).value_or("");
    refused_ = update_.read(token, user_id_, body_, rules_);
    if (update_.is_admitted() && join_lines(body_))
        refused_ = update_.read(token, user_id_, body_, rules_);
    if (!is_of_each_)
        update_.prepare(); // for all users
    is_read_ = true;
}

} // namespace tool

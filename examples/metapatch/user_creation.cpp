// SPDX-License-Identifier: BSL-1.0
#include "user_creation.hpp"

#include "input.hpp"
#include "large_profiles.hpp"
#include "service_answer.hpp"
#include "user_document.hpp"

#include <utility>

namespace tool {

namespace auth0 = metapatch::auth0;

std::string id_of_new_user(std::string_view body, std::uint64_t number)
{
    auto const own = id_of_user(body);
    if (own && own->find('|') != std::string::npos)
        return *own;
    return "auth0|" + own.value_or(std::to_string(number));
}

user_creation::user_creation(user_options const& given) : token_(token_of(given))
{
    rules_.permissions = table_of(given);
    rules_.large_profile_bytes = given.warn_beyond;
}

document_fate user_creation::apply(document_place const& place, std::string_view document, std::string& result)
{
    result.clear();
    auto made = auth0::create_user(token_, id_of_new_user(document, place.number), document, result, rules_);
    if (!made) {
        refused_ = std::move(made).error();
        return document_fate::refused;
    }
    join_lines(result);
    large_ += auth0::large_profile(result, rules_) ? 1 : 0;
    return document_fate::changed;
}

void user_creation::tell(reject_log& rejects, document_place const& place, std::string_view document) const
{
    rejects.add(place, document, *refused_);
}

effects user_creation::last_effects(std::string_view, std::string_view result) const
{
    return effects_on_user(std::nullopt, result);
}

std::string user_creation::last_words() const
{
    return large_profiles_in_words(large_, rules_);
}

} // namespace tool

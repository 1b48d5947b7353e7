// SPDX-License-Identifier: BSL-1.0
#include "user_document.hpp"

#include "errors.hpp"
#include "profile_text.hpp"
#include "refusal.hpp"

#include <metapatch/policy/policy.hpp>

#include <utility>

namespace tool {

namespace {

constexpr metapatch::read_rules as_deep_as_can_be{.max_nesting = metapatch::nesting_ceiling};

} // namespace

std::optional<std::string> id_of_user(boost::json::object const& user)
{
    auto const* const id = user.if_contains("user_id");
    return id != nullptr && id->is_string() ? std::optional<std::string>(id->get_string()) : std::nullopt;
}

std::optional<std::string> id_of_user(std::string_view text)
{
    profile_text user("user_id"); // looks at the whole text, but makes no value of what else is there
    if (!user.read(text) || !user.field())
        return std::nullopt;
    metapatch::exact_dom dom;
    auto const id = dom.read(*user.field());
    return id && id->is_string() ? std::optional<std::string>(id->get_string()) : std::nullopt;
}

boost::json::object object_in(metapatch::exact_dom& dom, std::string_view text, std::string const& what)
{
    auto value = dom.read(text, as_deep_as_can_be);
    if (!value)
        throw usage_error(what + ": " + message(placed({part::user, value.error()}, text)));
    if (!value->is_object())
        throw usage_error(what + ": expected an object");
    return std::move(value->get_object());
}

} // namespace tool

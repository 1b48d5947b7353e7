// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LOGIN_OPERATIONS_HPP
#define METAPATCH_TESTS_LOGIN_OPERATIONS_HPP

#include "answers.hpp"
#include "request.hpp"

#include <metapatch/auth0/login/lock.hpp>
#include <metapatch/auth0/login/userinfo.hpp>
#include <metapatch/json/exact_dom.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::conformance {

/// What happens where users sign up and log in, on one case. The first text that cannot be read is answered alone.
class login {
public:
    explicit login(boost::json::object const& request) : request_(request) {}

    boost::json::object userinfo()
    {
        auto const user = object_of(value_in(find_text(request_, "stored")), true);
        auto const custom = object_at("claims");
        auto const* const scopes = find_member(request_, "scopes");
        auto const bytes = [this](boost::json::value const& value) { return dom_.write(value).size(); };
        auto const made = auth0::userinfo(
            user, scope_view(scopes != nullptr ? required_string(request_, "scopes") : ""), custom, {}, {}, bytes);
        boost::json::array dropped;
        for (auto const& each : made.dropped)
            dropped.push_back({{"claim", each.claim}, {"reason", name(each.why)}});
        return {{"outcome", "ok"}, {"value", dom_.write(made.claims)}, {"dropped", std::move(dropped)}};
    }

    boost::json::object lock_signup()
    {
        auto const fields = value_at("fields").value_or(boost::json::array());
        auto const values = object_at("values");
        auto const form = object_at("form");
        auto const made = auth0::lock_signup(fields, values, form);
        boost::json::array warnings;
        for (auto const& each : made.warnings) {
            boost::json::object one{{"code", name(each.code)}, {"field", each.field}};
            if (each.index)
                one["index"] = *each.index;
            warnings.push_back(std::move(one));
        }
        return {{"outcome", "ok"}, {"value", dom_.write(made.body)}, {"warnings", std::move(warnings)}};
    }

private:
    /// A text, or as what it stands for: an object or an array of the request itself.
    std::optional<boost::json::value> value_at(std::string const& name)
    {
        auto const* given = find_member(request_, name);
        auto const* object = given != nullptr ? given->if_object() : nullptr;
        bool const is_value =
            (object != nullptr && !object->contains("parts")) || (given != nullptr && given->is_array());
        return value_in(is_value ? std::optional<std::string>(boost::json::serialize(*given))
                                 : find_text(request_, name));
    }

    std::optional<boost::json::value> value_in(std::optional<std::string> text)
    {
        if (!text)
            return std::nullopt;
        texts_.push_back(std::move(*text));
        return dom_.read(texts_.back()).value();
    }

    boost::json::object object_at(std::string const& name) { return object_of(value_at(name), false); }

    static boost::json::object object_of(std::optional<boost::json::value> value, bool required)
    {
        if (!value && !required)
            return {};
        if (!value || !value->is_object())
            throw refused(report({.code = errc::expected_object}));
        return std::move(value->get_object());
    }

    boost::json::object const& request_;
    std::deque<std::string> texts_; // whose numbers the values refer to
    exact_dom dom_;
};

struct login_operation {
    std::string_view name;
    boost::json::object (login::*run)();
};

inline constexpr std::array<login_operation, 2> login_operations{{
    {"userinfo", &login::userinfo},
    {"lock_signup", &login::lock_signup},
}};

/// Exceptions: bad_request, std::bad_alloc.
inline boost::json::object answer_login(login_operation const& operation, boost::json::object const& request)
{
    try {
        return (login(request).*operation.run)();
    } catch (refused const& error) {
        return rejected(error.why());
    }
}

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

#include "operands.hpp"

#include <metapatch/auth0/login/lock.hpp>
#include <metapatch/auth0/login/userinfo.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace border {

namespace {

namespace auth0 = metapatch::auth0;

void userinfo(call const& asked)
{
    operands in(asked.given, asked.policy);
    auto const user = in.object_at(0, "user");
    auto const custom = in.object_if_given(1, "claims");
    if (in.are_wrong())
        return in.write_refusal(asked.answer);
    auto const bytes = [&in](boost::json::value const& value) { return in.dom().write(value).size(); };
    auto const made = auth0::userinfo(user, metapatch::scope_view(asked.given.or_empty(2)), custom, {}, {}, bytes);
    auto& out = asked.answer.begin('{').key("ok").word("true");
    out.key("claims").document(in.dom().write(made.claims)).key("dropped").begin('[');
    for (auto const& each : made.dropped)
        out.begin('{').key("claim").string(each.claim).key("reason").string(name(each.why)).end('}');
    out.end(']').end('}');
}

void lock_signup(call const& asked)
{
    operands in(asked.given, asked.policy);
    auto fields = in.value_at(0, "fields");
    auto const values = in.object_if_given(1, "values");
    auto const form = in.object_if_given(2, "form");
    if (in.are_wrong())
        return in.write_refusal(asked.answer);
    if (!in.given(0))
        fields = boost::json::array();
    auto const made = auth0::lock_signup(fields, values, form);
    auto& out = asked.answer.begin('{').key("ok").word("true");
    out.key("complete").word(made.is_complete() ? "true" : "false");
    out.key("body").document(in.dom().write(made.body)).key("warnings").begin('[');
    for (auto const& each : made.warnings) {
        out.begin('{').key("code").string(name(each.code)).key("field").string(each.field);
        if (each.index)
            out.key("index").number(*each.index);
        out.end('}');
    }
    out.end(']').end('}');
}

constexpr std::array<operation, 2> all{{{"userinfo", userinfo}, {"lockSignup", lock_signup}}};

} // namespace

std::span<operation const> const login_operations = all;

} // namespace border

// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "change_lines.hpp"
#include "command_operands.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "operands.hpp"
#include "writer.hpp"

#include <metapatch/auth0/login/userinfo.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tool {

namespace {

namespace auth0 = metapatch::auth0;

constexpr std::string_view sentence(auth0::claim_refusal why) noexcept
{
    switch (why) {
    case auth0::claim_refusal::restricted:
        return "the name belongs to a protocol, or to Auth0";
    case auth0::claim_refusal::reserved_namespace:
        return "it lies in a namespace of Auth0; a URL of your own would do";
    case auth0::claim_refusal::scope_not_granted:
        return "its scope was not granted: ";
    case auth0::claim_refusal::too_large:
        return "with it the custom claims are over 100 KB, and Auth0 would fail the login";
    }
    return {};
}

std::string dropped_lines(auth0::user_claims const& told, colours paint)
{
    std::string text;
    for (auto const& each : told.dropped) {
        text += "dropped: " + paint.red(name(each.why)) + ' ' + paint.bold(printable(each.claim)) + ": ";
        text += sentence(each.why);
        if (each.why == auth0::claim_refusal::scope_not_granted)
            text += auth0::find_standard_claim(each.claim)->scope;
        text += '\n';
    }
    return text;
}

std::string in_text(auth0::user_claims const& told, metapatch::exact_dom const& dom, colours paint)
{
    std::string text;
    for (auto const& claim : told.claims)
        text += paint.bold(printable(claim.key())) + "  " + shown(claim.value(), dom) + '\n';
    return told.claims.empty() ? "no claims\n" : text;
}

std::string in_json(auth0::user_claims const& told, metapatch::exact_dom const& dom)
{
    boost::json::array dropped;
    for (auto const& each : told.dropped)
        dropped.push_back({{"claim", each.claim}, {"reason", name(each.why)}});
    return std::string(R"({"outcome":)") + (dropped.empty() ? "\"ok\"" : "\"dropped\"") + R"(,"claims":)" +
           dom.write(told.claims) + R"(,"dropped":)" + boost::json::serialize(dropped) + "}\n";
}

} // namespace

exit_status userinfo(options const& asked)
{
    check_standard_input(asked);
    metapatch::scope_view const scopes(asked.scopes);
    if (!scopes.is_well_formed())
        throw usage_error("--scopes: a scope is of printable ASCII without quotes and backslashes");
    operands in({}, {});
    auto const user = in.field_of(part::user, read_argument(*asked.operands[0]));
    auto const custom =
        asked.operands[1] ? in.field_of(part::claims, read_argument(*asked.operands[1])) : known_field();
    if (in.any_refused())
        return say_refusals(asked, "JSON", in.refused());

    auto const bytes = [&in](boost::json::value const& value) { return in.dom().write(value).size(); };
    auto const told = auth0::userinfo(*user.state, scopes, custom.state.value_or(boost::json::object()), {}, {}, bytes);
    auto out = writer::to_standard_output();
    if (answers_in_text(asked)) {
        colours const paint(asked.color, STDOUT_FILENO);
        out.write(in_text(told, in.dom(), paint) + dropped_lines(told, paint));
    } else if (asked.output == output_form::json) {
        out.write(in_json(told, in.dom()));
    } else {
        out.write(in.dom().write(told.claims) + '\n');
        std::fputs(dropped_lines(told, {asked.color, STDERR_FILENO}).c_str(), stderr);
    }
    out.finish();
    return told.dropped.empty() ? exit_status::applied : exit_status::refused;
}

} // namespace tool

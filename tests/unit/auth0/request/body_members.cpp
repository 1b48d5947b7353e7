// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/body_members.hpp>

#include <metapatch/auth0/request/text_body.hpp>

#include "../../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/request/user_schema.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::object;

BOOST_AUTO_TEST_SUITE(members_of_bodies)

namespace {

std::string listed(auth0::detail::body_members const& members)
{
    std::string text;
    for (auto const& each : members)
        text.append(text.empty() ? "" : " ")
            .append(each.name)
            .append(":")
            .append(name(each.type))
            .append(each.content.empty() ? "" : "=" + std::string(each.content));
    return text;
}

std::string of_text(std::string_view text)
{
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(text, {}, fastest_scan()));
    return listed(body.members());
}

std::string of_value(std::string_view text)
{
    auto const body = object(text);
    auth0::detail::body_members members;
    members.read(body);
    return listed(members);
}

} // namespace

BOOST_AUTO_TEST_CASE(both_forms_give_names_types_and_contents_alike)
{
    constexpr std::string_view body =
        R"( { "a" : null, "b": true ,"c":false,"d":1,"e":-0.5,"f":1.0,"g":1e2,"h":18446744073709551615,)"
        R"("i":"x\u00e9\n","j":[1],"k":{"l":1},"\u006d":"", "n" : 12345678901234567890123 } )";
    constexpr std::string_view wanted =
        "a:null b:boolean c:boolean d:integer e:number f:integer g:integer h:integer i:string=x\xC3\xA9\n j:array "
        "k:object m:string n:integer";
    BOOST_TEST(of_text(body) == wanted);
    BOOST_TEST(of_value(body) == wanted);
}

BOOST_AUTO_TEST_CASE(of_a_name_that_comes_twice_the_last_counts)
{
    BOOST_TEST(of_text(R"({"a":1,"b":2,"a":"x"})") == "a:string=x b:integer");
}

BOOST_AUTO_TEST_CASE(a_number_beyond_every_double_is_a_number)
{
    BOOST_TEST(of_text(R"({"a":1e400,"b":-1e400,"c":1e-400})") == "a:number b:number c:integer");
}

BOOST_AUTO_TEST_CASE(every_name_is_looked_up_and_one_that_is_not_known_is_told)
{
    auth0::detail::body_members members;
    std::string asked;
    boost::json::object value; // the members refer to it
    auto const look_up = [&](std::string_view body, std::string_view unknown) {
        value = object(body);
        members.read(value);
        asked.clear();
        return members.look_up([&](std::string_view name, std::uint64_t print) {
            asked += name;
            BOOST_TEST(print == detail::fingerprint(name));
            return name == unknown ? nullptr : &auth0::detail::update_attributes.front();
        });
    };
    BOOST_TEST(look_up(R"({"a":1,"b":2,"c":3})", ""));
    for (auto const* unknown : {"a", "b", "c"}) {
        BOOST_TEST(!look_up(R"({"a":1,"b":2,"c":3})", unknown), unknown);
        BOOST_TEST(asked == "abc");
        for (auto const& each : members)
            BOOST_TEST((each.known == nullptr) == (each.name == unknown), unknown);
    }
    BOOST_TEST(look_up("{}", "a"));
}

BOOST_AUTO_TEST_CASE(a_member_is_found_by_its_name)
{
    auto const body = object(R"({"a":1,"b":2})");
    auth0::detail::body_members members;
    members.read(object(R"({"c":3})"));
    members.read(body);
    BOOST_TEST(members.find("b")->name == "b");
    BOOST_TEST((members.find("c") == nullptr));
    BOOST_TEST(members.names().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

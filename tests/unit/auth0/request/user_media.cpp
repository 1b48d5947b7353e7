// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/user_media.hpp>

#include <metapatch/auth0/contract/policies.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <string_view>

using namespace metapatch;
using auth0::detail::dom_media;
using auth0::detail::text_media;
using metapatch::test::json;
using metapatch::test::present;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(users_and_bodies)

namespace {

template<class Media>
std::string changed(Media& media)
{
    BOOST_TEST_REQUIRE(!media.read_stored());
    BOOST_TEST(media.can_merge("user_metadata", auth0::user_metadata));
    BOOST_TEST(shown(media.now("user_metadata")).starts_with("{"));
    media.set("name");
    media.set("nickname");
    BOOST_TEST(media.check("user_metadata", auth0::user_metadata).empty());
    BOOST_TEST(media.merge("user_metadata", auth0::user_metadata).empty());
    BOOST_TEST(media.size_of("user_metadata") == 15U);
    BOOST_TEST(media.size_of("app_metadata") == 0U);
    BOOST_TEST(media.now("user_metadata")->size() == 2U);
    BOOST_TEST((media.now("app_metadata") == state()));
    auto const user = media.finish();
    if constexpr (std::is_same_v<typename Media::document, std::string>)
        return user;
    else
        return shown(user);
}

} // namespace

BOOST_AUTO_TEST_CASE(both_forms_make_the_same_of_a_body)
{
    constexpr std::string_view stored = R"({"nickname":"n","user_metadata":{"a":10},"broken":[]})";
    constexpr std::string_view body = R"({"name":"x","nickname":null,"user_metadata":{"b":20}})";
    auth0::detail::text_body read;
    std::array<auth0::detail::field_rules, 1> const fields{{{"user_metadata", &auth0::user_metadata}}};
    BOOST_TEST_REQUIRE(!read.read(body, fields, fastest_scan()));
    text_media by_text(stored, read);
    auto const user = present(stored);
    auto const value = json(body);
    dom_media by_dom(user, value, {});
    BOOST_TEST_REQUIRE(!by_dom.read_body());
    auto const made = changed(by_text);
    BOOST_TEST(made == R"({"user_metadata":{"a":10,"b":20},"broken":[],"name":"x"})");
    BOOST_TEST(changed(by_dom) == made);
}

BOOST_AUTO_TEST_CASE(nothing_is_merged_into_what_is_no_object_but_null_is_absent)
{
    constexpr std::string_view stored = R"({"nothing":null,"broken":"x"})";
    auto const user = present(stored);
    for (bool const clears : {false, true}) {
        std::string_view const body =
            clears ? R"({"nothing":{},"broken":{}})" : R"({"nothing":{"a":1},"broken":{"a":1}})";
        auth0::detail::text_body read;
        std::array<auth0::detail::field_rules, 2> const fields{
            {{"nothing", &auth0::user_metadata}, {"broken", &auth0::user_metadata}}};
        BOOST_TEST_REQUIRE(!read.read(body, fields, fastest_scan()));
        text_media by_text(stored, read);
        auto const value = json(body);
        dom_media by_dom(user, value, {});
        auto const check = [clears](auto& media) {
            BOOST_TEST_REQUIRE(!media.read_stored());
            BOOST_TEST(media.can_merge("nothing", auth0::user_metadata));
            BOOST_TEST(media.can_merge("broken", auth0::user_metadata) == clears);
            BOOST_TEST(media.size_of("nothing") == 0U);
            BOOST_TEST(media.size_of("broken") == 3U); // as it stands
        };
        check(by_text);
        check(by_dom);
    }
}

BOOST_AUTO_TEST_CASE(a_user_without_changes_keeps_its_bytes)
{
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(R"({"password":"x"})", {}, fastest_scan()));
    text_media media(R"({ "a" : 1.0 })", body);
    BOOST_TEST(!media.read_stored());
    BOOST_TEST(media.finish() == R"({ "a" : 1.0 })");
}

BOOST_AUTO_TEST_SUITE_END()

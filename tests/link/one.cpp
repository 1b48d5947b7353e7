// SPDX-License-Identifier: BSL-1.0
#include "shared.hpp"

#include "../support.hpp"

#include <boost/test/unit_test.hpp>

using metapatch::errc;

BOOST_AUTO_TEST_SUITE(two_translation_units)

BOOST_AUTO_TEST_CASE(share_one_category)
{
    BOOST_TEST((metapatch::category() == other::category()));
    BOOST_TEST((&metapatch::category() == &other::category()));
    BOOST_TEST((other::error_code(errc::too_large) == errc::too_large));
    BOOST_TEST((other::error_code(errc::too_large) == metapatch::make_error_code(errc::too_large)));
    BOOST_TEST((other::error_code(errc::too_large) != errc::too_deep));
}

BOOST_AUTO_TEST_CASE(share_the_constants)
{
    BOOST_TEST(other::first_profile() == metapatch::auth0::profiles.data());
}

BOOST_AUTO_TEST_CASE(apply_the_same_patches)
{
    auto here = metapatch::test::present(R"({"a":1})");
    auto there = here;
    for (auto const* text : {R"({"b":[1],"a":null})", R"({"user_id":1})", "{}"}) {
        auto const body = metapatch::test::json(text);
        auto const outcome = metapatch::apply(here, body, metapatch::auth0::app_metadata);
        BOOST_TEST((outcome == other::apply(there, body)));
        BOOST_TEST(metapatch::test::shown(here) == metapatch::test::shown(there));
    }
}

BOOST_AUTO_TEST_CASE(answer_requests_and_patch_texts_alike)
{
    metapatch::auth0::access_token const token{metapatch::scope_view("update:users"), {}};
    auto const user = R"({"user_id":"a","user_metadata":{"x":1,"y":2}})";
    auto const body = std::string_view(R"({"user_metadata":{"x":null,"z":[3]},"name":"n"})");
    auto const made = metapatch::auth0::update_user(user, token, "a", body);
    BOOST_TEST(made->user == R"({"user_id":"a","user_metadata":{"y":2,"z":[3]},"name":"n"})");
    BOOST_TEST(other::updated(user, body) == made->user);
    auto const long_text = "{\"x\":\"" + std::string(10'000, 'x') + "\"}";
    for (std::string_view const patch :
         {std::string_view(R"({"a":1})"), std::string_view("{"), std::string_view(long_text)})
        BOOST_TEST((other::spliced(long_text, patch) == metapatch::spliced(long_text, patch, metapatch::first_level)));
}

BOOST_AUTO_TEST_SUITE_END()

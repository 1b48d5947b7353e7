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

BOOST_AUTO_TEST_SUITE_END()

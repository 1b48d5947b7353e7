// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/rule_verdict.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(verdicts)

namespace {

constexpr rule_code first{"first", "the first"};
constexpr rule_code second{"second", "the second"};

} // namespace

BOOST_AUTO_TEST_CASE(a_verdict_is_made_from_a_bool_a_code_or_one_of_ones_own)
{
    static_assert(value_verdict(true).admits());
    static_assert(value_verdict(false).refuses(errc::invalid_value));
    static_assert(key_verdict(false).refuses(errc::invalid_key_character));
    static_assert(value_verdict(errc::too_deep).refuses(errc::too_deep));
    static_assert(!value_verdict(first).admits());
    static_assert(value_verdict(first).refuses(errc::own_rule));
    static_assert(value_verdict(first).own() == &first);
    static_assert(value_verdict(errc::too_deep).own() == nullptr);
    static_assert(!std::convertible_to<int, value_verdict> && !std::convertible_to<char const*, value_verdict>);
}

BOOST_AUTO_TEST_CASE(two_verdicts_join_their_codes)
{
    constexpr auto joined = key_verdict(first) | key_verdict(errc::reserved_key) | key_verdict(second);
    static_assert(joined.refuses(errc::own_rule) && joined.refuses(errc::reserved_key));
    static_assert(!joined.refuses(errc::empty_key));
    static_assert(joined.own() == &first);
    static_assert((key_verdict(true) | key_verdict(second)).own() == &second);
    static_assert((key_verdict(true) | key_verdict(true)).admits());
    static_assert((key_verdict(first) | key_verdict(first)) == key_verdict(first));
    static_assert(key_verdict(first) != key_verdict(second));
}

BOOST_AUTO_TEST_SUITE_END()

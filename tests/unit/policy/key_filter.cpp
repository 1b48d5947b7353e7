// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/key_filter.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/policy/key_rule.hpp>
#include <random>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(key_filters)

namespace {

constexpr auto none = key_filter::no_byte;

/// Whether a rule that is known to admit a key by its filter does so when it is asked.
template<class Rule>
bool keeps_its_word(Rule const& rule, member_key const& key)
{
    auto const filter = detail::filter_of(rule);
    bool const suspect = key.name.find_first_of({filter.suspects.data(), 2}) != std::string_view::npos;
    bool const known = key.level == 1 ? filter.knows_first_level : filter.knows_nested;
    return suspect || !known || key_verdict(rule(key)).admits();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_rules_of_the_library_tell_what_they_admit_unasked)
{
    using detail::filter_of;
    static_assert(filter_of(any_key()) == key_filter{{none, none}, true, true});
    static_assert(filter_of(key_characters()) == key_filter{{none, none}, true, true});
    static_assert(filter_of(key_characters::all_but(".")) == key_filter{{'.', none}, true, true});
    static_assert(filter_of(key_characters::all_but("$.")) == key_filter{{'$', '.'}, true, true});
    static_assert(filter_of(key_characters::all_but("abc")) == key_filter{});
    static_assert(filter_of(key_characters::all_but(std::string_view("\0", 1))) == key_filter{});
    static_assert(filter_of(key_characters::only("abc")) == key_filter{});
    static_assert(filter_of(reserved_names{}) == key_filter{{none, none}, true, true});
    static_assert(filter_of(auth0::app_metadata.keys) == key_filter{{'$', '.'}, false, true});
    static_assert(filter_of(auth0::user_metadata.keys) == key_filter{{'$', '.'}, true, true});
    static_assert(filter_of(no_empty_key()) == key_filter{});
    static_assert(filter_of([](std::string_view) noexcept { return true; }) == key_filter{});
}

BOOST_AUTO_TEST_CASE(a_filter_suspects_none_only_where_both_bytes_are_none)
{
    static_assert(key_filter{{none, none}, true, true}.suspects_none());
    static_assert(!key_filter{{'.', none}, true, true}.suspects_none());
    static_assert(!key_filter{{none, '.'}, true, true}.suspects_none());
    static_assert(!key_filter{{'$', '.'}, true, true}.suspects_none());
}

BOOST_AUTO_TEST_CASE(two_rules_together_suspect_what_either_does)
{
    constexpr auto dot = key_characters::all_but(".");
    constexpr auto dollar = key_characters::all_but("$");
    static_assert(both{dot, any_key()}.filter() == dot.filter());
    static_assert(both{any_key(), dot}.filter() == dot.filter());
    static_assert(both{dot, dot}.filter() == dot.filter());
    static_assert(both{dot, dollar}.filter() == key_filter{});
    static_assert(both{dot, no_empty_key()}.filter() == key_filter{{'.', none}, false, false});
}

BOOST_AUTO_TEST_CASE(what_a_filter_knows_is_what_the_rule_says)
{
    std::mt19937_64 random(11);
    constexpr std::array<std::string_view, 2> names{"a", "b.c"};
    for (int i = 0; i < 20'000; ++i) {
        std::string key;
        for (auto left = random() % 20; left > 0; --left)
            key += ".$ab\"\\\0\xC3"[random() % 8];
        for (std::size_t const level : {1U, 2U, 3U}) {
            member_key const here{key, level};
            BOOST_TEST_REQUIRE(keeps_its_word(any_key(), here));
            BOOST_TEST_REQUIRE(keeps_its_word(key_characters::all_but("."), here));
            BOOST_TEST_REQUIRE(keeps_its_word(key_characters::all_but(".$"), here));
            BOOST_TEST_REQUIRE(keeps_its_word(key_characters::all_but("\""), here));
            BOOST_TEST_REQUIRE(keeps_its_word(reserved_names{names}, here));
            BOOST_TEST_REQUIRE(keeps_its_word(both{key_characters::all_but("."), reserved_names{names}}, here));
            BOOST_TEST_REQUIRE(keeps_its_word(both{no_empty_key(), key_characters::all_but(".")}, here));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

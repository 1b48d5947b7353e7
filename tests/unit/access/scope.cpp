// SPDX-License-Identifier: BSL-1.0
#include <metapatch/access/scope.hpp>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(scopes)

namespace {

std::vector<std::string> scopes_of(std::string_view text)
{
    std::vector<std::string> all;
    for (auto const each : scope_view(text))
        all.emplace_back(each);
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_scope_is_printable_ascii_without_space_quote_and_backslash)
{
    for (int c = 0; c < 256; ++c) {
        bool const admitted = c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E); // RFC 6749 §3.3
        std::string const text{'a', static_cast<char>(c), 'b'};
        BOOST_TEST(is_scope_token(text) == admitted, c);
    }
    BOOST_TEST(!is_scope_token(""));
    BOOST_TEST(is_scope_token("update:users"));
}

BOOST_AUTO_TEST_CASE(spaces_separate_scopes_however_many_they_are)
{
    using list = std::vector<std::string>;
    BOOST_TEST(scopes_of("") == list());
    BOOST_TEST(scopes_of("   ") == list());
    BOOST_TEST(scopes_of("a") == list{"a"});
    BOOST_TEST(scopes_of(" a  b:c a ") == (list{"a", "b:c", "a"}));
    BOOST_TEST(scope_view("  ").empty());
    BOOST_TEST(!scope_view(" a").empty());
    BOOST_TEST(scopes_of("a\tb") == list{"a\tb"}); // one scope, and no good one
    BOOST_TEST(!scope_view("ok a\tb").is_well_formed());
    BOOST_TEST(scope_view("ok fine").is_well_formed());
}

BOOST_AUTO_TEST_CASE(a_scope_is_held_as_a_whole_and_case_sensitively)
{
    scope_view const held("read:users update:users_app_metadata");
    BOOST_TEST(held.contains("read:users"));
    BOOST_TEST(!held.contains("read:user"));
    BOOST_TEST(!held.contains("update:users"));
    BOOST_TEST(!held.contains("Read:users"));
    BOOST_TEST(!held.contains(""));
    static_assert(scope_view("a b").contains("b"));
}

BOOST_AUTO_TEST_CASE(sets_do_not_depend_on_order_and_repetition)
{
    scope_set held(scope_view("b a  b"));
    BOOST_TEST((held == scope_set(scope_view("a b"))));
    BOOST_TEST(held.text() == "a b");
    BOOST_TEST(held.size() == 2U);
    BOOST_TEST(held.contains(scope_set(scope_view("b"))));
    BOOST_TEST(held.contains(scope_set()));
    BOOST_TEST(!held.contains(scope_set(scope_view("a c"))));
    BOOST_TEST(held.insert("aa"));
    BOOST_TEST(!held.insert("aa"));
    BOOST_TEST(held.text() == "a aa b");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/access/scope.hpp>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using namespace std::string_view_literals;

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

BOOST_AUTO_TEST_CASE(each_scope_is_visited_as_a_loop_over_them_does_however_long_and_whatever_is_between_them)
{
    std::mt19937 random(11);
    constexpr std::string_view bytes = " a:\0\t\xA0!~"sv;
    for (int round = 0; round < 3000; ++round) {
        auto const spaces = random() % 4 + 1; // of eight bytes
        auto const size = random() % 300;
        auto const text = std::make_unique<char[]>(size); // the sanitizer sees every access beyond it
        std::string copy;
        for (std::size_t i = 0; i < size; ++i)
            copy += text[i] = random() % 8 < spaces ? ' ' : bytes[random() % bytes.size()];
        std::vector<std::string> visited;
        scope_view(std::string_view(text.get(), size)).each([&](std::string_view scope) {
            visited.emplace_back(scope);
        });
        BOOST_TEST_REQUIRE(visited == scopes_of(copy), copy);
    }
}

BOOST_AUTO_TEST_CASE(spaces_at_the_borders_of_sixty_four_bytes_are_seen)
{
    for (std::size_t size : {63U, 64U, 65U, 127U, 128U, 129U, 192U}) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'x');
            text[at] = ' ';
            std::vector<std::string> visited;
            scope_view(text).each([&](std::string_view scope) { visited.emplace_back(scope); });
            BOOST_TEST_REQUIRE(visited == scopes_of(text));
        }
    }
}

BOOST_AUTO_TEST_CASE(many_scopes_are_read_by_the_compiler_too)
{
    constexpr std::string_view many = "read:users  update:users create:users delete:users read:clients update:clients "
                                      "create:clients delete:clients read:connections update:connections openid ";
    static_assert(scope_view(many).contains("read:users") && scope_view(many).contains("openid"));
    static_assert(!scope_view(many).contains("read:user") && scope_view(many).is_well_formed());
    BOOST_TEST(scopes_of(many).size() == 11U);
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

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/key_rule.hpp>

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(key_rules)

namespace {

constexpr std::array<std::string_view, 2> some_names{"id", "owner"};
constexpr reserved_names some_reserved{some_names};

struct throwing_rule {
    bool operator()(std::string_view) const { return true; }
};
struct text_rule {
    std::string operator()(std::string_view) const noexcept { return {}; }
};
struct literal_rule {
    char const* operator()(std::string_view) const noexcept { return "a pointer is no verdict"; }
};
struct mutable_rule {
    bool operator()(std::string_view) noexcept { return true; }
};
struct uncopyable_rule {
    uncopyable_rule() = default;
    uncopyable_rule(uncopyable_rule const&) = delete;
    bool operator()(std::string_view) const noexcept { return true; }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_rule_is_anything_copyable_that_answers_without_throwing)
{
    auto const lambda = [](std::string_view key) noexcept { return !key.empty(); };
    auto const deep_lambda = [](member_key const& key) noexcept -> key_verdict {
        return key.level > 1 ? key_verdict(errc::reserved_key) : key_verdict(true);
    };
    static_assert(key_rule<decltype(lambda)>);
    static_assert(key_rule<decltype(deep_lambda)>);
    static_assert(key_rule<any_key> && key_rule<key_characters> && key_rule<reserved_names> && key_rule<no_empty_key>);
    static_assert(key_rule<bool (*)(std::string_view) noexcept>);
    static_assert(!key_rule<throwing_rule>);
    static_assert(!key_rule<text_rule>);
    static_assert(!key_rule<literal_rule>);
    static_assert(!key_rule<mutable_rule>);
    static_assert(!key_rule<uncopyable_rule>);
    static_assert(!key_rule<int>);
    BOOST_TEST(key_verdict(deep_lambda({"k", 2})).refuses(errc::reserved_key));
}

BOOST_AUTO_TEST_CASE(a_verdict_admits_or_says_which_codes_refuse)
{
    static_assert(key_verdict(true).admits());
    static_assert(!key_verdict(false).admits());
    static_assert(key_verdict(false).refuses(errc::invalid_key_character));
    static_assert(!key_verdict(false).refuses(errc::reserved_key));
    constexpr auto both_codes = key_verdict(errc::reserved_key) | key_verdict(errc::empty_key) | key_verdict(true);
    static_assert(both_codes.refuses(errc::reserved_key) && both_codes.refuses(errc::empty_key));
    static_assert(!both_codes.refuses(errc::invalid_key_character));
    static_assert(key_verdict(false) == key_verdict(errc::invalid_key_character));
    BOOST_TEST(both_codes.refuses(errc::reserved_key));
}

BOOST_AUTO_TEST_CASE(any_key_admits_every_key)
{
    for (std::string_view const key : {"", "a", ".$", "\xFF"})
        BOOST_TEST(any_key{}(key).admits());
}

BOOST_AUTO_TEST_CASE(all_but_refuses_the_given_characters_anywhere_in_the_key)
{
    constexpr auto rule = key_characters::all_but(".$");
    for (std::string_view const key : {".", "$", "a.b", ".a", "a$", "a.$"})
        BOOST_TEST(rule(key).refuses(errc::invalid_key_character), key);
    for (std::string_view const key : {"", "ab", "a-b_c d", "\xC3\xA9", "/~"})
        BOOST_TEST(rule(key).admits(), key);
    BOOST_TEST(rule(std::string_view("a\0b", 3)).admits());
    BOOST_TEST(!key_characters::all_but(std::string_view("\0", 1))(std::string_view("a\0b", 3)).admits());
    BOOST_TEST(key_characters::all_but("")(".$").admits());
}

BOOST_AUTO_TEST_CASE(a_character_is_refused_wherever_it_stands_in_keys_of_any_length)
{
    constexpr auto dot = key_characters::all_but(".");
    constexpr auto either = key_characters::all_but(".$");
    constexpr auto one_of_three = key_characters::all_but(".$~");
    constexpr auto xs = key_characters::only("x");
    for (std::size_t size = 1; size <= 40; ++size) {
        auto const plain = std::string(size, 'x');
        // What stands around a key in its text is not of it.
        auto const around = "$.$.$.$." + plain + ".$.$.$.$";
        auto const inside = std::string_view(around).substr(8, size);
        for (auto const& rule : {dot, either, one_of_three, xs})
            BOOST_TEST(rule(inside).admits(), size);
        for (std::size_t at = 0; at < size; ++at) {
            auto key = plain;
            key[at] = '.';
            for (auto const& rule : {dot, either, one_of_three, xs})
                BOOST_TEST(rule(key).refuses(errc::invalid_key_character), key);
            key[at] = '$';
            BOOST_TEST(dot(key).admits(), key);
            for (auto const& rule : {either, one_of_three, xs})
                BOOST_TEST(rule(key).refuses(errc::invalid_key_character), key);
        }
    }
}

BOOST_AUTO_TEST_CASE(only_refuses_every_other_character)
{
    constexpr auto rule = key_characters::only("ab_");
    for (std::string_view const key : {"", "a", "ab_ba"})
        BOOST_TEST(rule(key).admits(), key);
    for (std::string_view const key : {"c", "A", "a b", "\xC3\xA9", "ab.", "\n"})
        BOOST_TEST(rule(key).refuses(errc::invalid_key_character), key);
    BOOST_TEST(!key_characters::only("")("a").admits());
    BOOST_TEST(key_characters::only("")("").admits());
}

BOOST_AUTO_TEST_CASE(the_default_characters_are_all)
{
    for (int c = 0; c < 256; ++c)
        BOOST_TEST(key_characters{}(std::string(1, static_cast<char>(c))).admits());
    static_assert(key_characters{} == key_characters::all_but(""));
    static_assert(key_characters{} != key_characters::all_but("."));
}

BOOST_AUTO_TEST_CASE(reserved_names_are_exact_and_of_the_first_level_alone)
{
    BOOST_TEST(some_reserved({"id", 1}).refuses(errc::reserved_key));
    BOOST_TEST(some_reserved({"owner", 1}).refuses(errc::reserved_key));
    for (std::string_view const key : {"ID", "i", "idx", " id", ""})
        BOOST_TEST(some_reserved({key, 1}).admits(), key);
    BOOST_TEST(some_reserved({"id", 2}).admits());
    BOOST_TEST(reserved_names{}({"id", 1}).admits());
}

BOOST_AUTO_TEST_CASE(no_empty_key_refuses_the_empty_key_at_every_depth)
{
    BOOST_TEST(no_empty_key{}(member_key{"", 1}).refuses(errc::empty_key));
    BOOST_TEST(no_empty_key{}(member_key{"", 9}).refuses(errc::empty_key));
    BOOST_TEST(no_empty_key{}(member_key{" ", 1}).admits());
}

BOOST_AUTO_TEST_CASE(both_gives_the_codes_of_both_rules)
{
    constexpr both rule{key_characters::all_but("d"), some_reserved};
    auto const verdict = rule({"id", 1});
    BOOST_TEST(verdict.refuses(errc::reserved_key));
    BOOST_TEST(verdict.refuses(errc::invalid_key_character));
    BOOST_TEST(!rule({"id", 2}).refuses(errc::reserved_key));
    BOOST_TEST(rule({"ok", 1}).admits());

    constexpr both nested{rule, no_empty_key{}};
    BOOST_TEST(nested({"", 1}).refuses(errc::empty_key));
    BOOST_TEST(nested({"owner", 1}).refuses(errc::reserved_key));
}

BOOST_AUTO_TEST_SUITE_END()

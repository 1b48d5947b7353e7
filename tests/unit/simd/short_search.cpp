// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/short_search.hpp>

#include "../../laws/random.hpp"
#include "../../support.hpp"
#include "nested_keys.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/simd/members.hpp>
#include <metapatch/simd/nested_members.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(searches_of_short_texts)

namespace {

using keys = std::vector<std::string_view>;

/// The wanted members as `key@before-end`, and where the object ends.
std::string found(std::string_view text, keys const& those, scan_with instructions, bool counts)
{
    auto const wanted = wanted_keys::of(those);
    member_cursor cursor(text, wanted, instructions, counts);
    std::string all;
    while (cursor.next()) {
        auto const key = std::string(cursor.raw_key());
        if (std::find(those.begin(), those.end(), key) != those.end()) // it may stop at others
            all += key + "@" + std::to_string(cursor.member().before) + "-" + std::to_string(cursor.member().end) + " ";
    }
    return all + std::to_string(cursor.end());
}

/// That those who do not count find in a text what those find who do.
void check(std::string_view text, keys const& those)
{
    auto const expected = found(text, those, scan_with::portable, true);
    for (auto const instructions : test::every_scan())
        BOOST_TEST_REQUIRE(found(text, those, instructions, false) == expected, text);
}

std::string random_value(model::generator& random, std::size_t levels)
{
    static constexpr std::array<std::string_view, 8> scalars{"1",          "null",   "\"\"",     "\"plan\"",
                                                             R"(",{\"}")", "-1.5e3", "\"\\\\\"", "true"};
    if (levels == 0 || random.one_in(2))
        return std::string(scalars[random.below(scalars.size())]);
    static constexpr std::array<std::string_view, 9> names{"plan",   "planet", "a",  "color", "ab",
                                                           "colour", "",       "id", "x"};
    bool const object = random.one_in(2);
    std::string text = object ? "{" : "[";
    auto const size = random.below(random.one_in(5) ? 30 : 4);
    for (std::size_t i = 0; i < size; ++i) {
        text += i > 0 ? "," : "";
        text += random.one_in(8) ? std::string(random.below(90), ' ') : "";
        if (object)
            text += '"' + std::string(names[random.below(names.size())]) + (random.one_in(8) ? "\" : " : "\":");
        text += random_value(random, levels - 1);
        text += random.one_in(8) ? " \n" : "";
    }
    return text + (object ? "}" : "]");
}

std::string random_object(model::generator& random)
{
    for (;;) {
        auto text = random_value(random, 4);
        if (text.front() == '{')
            return text;
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(members_are_found_as_they_are_by_a_search_that_counts)
{
    for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
        model::generator random(seed);
        auto const text = random_object(random);
        check(text, {"plan", "color", "id"});
        check(text, {"a"});
        check(text, {"planet", "colour"});
    }
}

BOOST_AUTO_TEST_CASE(values_end_wherever_they_end_in_a_block)
{
    for (std::size_t before = 0; before < 140; ++before) {
        for (auto const* const value : {"1", "\"x\"", "{}", "[[1],{\"plan\":2}]", "[]  "}) {
            auto const filler = std::string(before, ' ');
            check("{" + filler + "\"plan\":" + value + "}", {"plan"});
            check("{\"plan\":" + filler + value + ",\"x\":[{}]}", {"plan"});
            check("{\"plan\":[" + filler + value + "],\"id\":" + value + ",\"x\":1}", {"plan", "id"});
        }
    }
}

BOOST_AUTO_TEST_CASE(a_text_as_long_as_is_short_and_one_that_is_longer_are_searched_alike)
{
    for (std::size_t const size : {4'000U, 4'060U, 4'080U, 4'095U, 4'096U, 4'097U, 4'160U}) {
        std::string const text = "{\"plan\":[1],\"x\":\"";
        std::string const rest = "\",\"color\":{\"a\":1}}";
        check(text + std::string(size - text.size() - rest.size(), 'x') + rest, {"plan", "color"});
    }
}

BOOST_AUTO_TEST_CASE(more_likely_keys_than_there_is_room_for_are_searched_the_other_way)
{
    for (std::size_t const count : {60U, 63U, 64U, 95U, 96U, 97U, 200U}) {
        std::string text = "{\"l\":[0";
        for (std::size_t i = 0; i < count; ++i)
            text += ",\"plan\"";
        text += R"(],"plan":{"plan":1},"x":2})";
        check(text, {"plan"});
        test::nested_keys const both(keys{"plan"}, keys{"plan"});
        for (auto const instructions : test::every_scan()) {
            detail::nested_cursor cursor(text, both, false, instructions);
            std::size_t inner = 0;
            while (cursor.search()) {
                using event = decltype(cursor)::event;
                for (auto what = cursor.next_found(); what != event::none; what = cursor.next_found())
                    inner +=
                        what == event::inner && cursor.raw_key() == "plan" && text[cursor.member().colon + 1] == '1';
            }
            BOOST_TEST(inner == 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(so_are_more_members_of_a_wanted_key_than_there_is_room_for)
{
    test::nested_keys const both(keys{"m"}, keys{"a"});
    for (std::size_t const count : {30U, 47U, 48U, 49U, 63U, 64U, 65U, 95U, 96U, 97U, 150U, 300U}) {
        std::string members = "\"a\":0";
        for (std::size_t i = 1; i < count; ++i)
            members += ",\"a\":" + std::to_string(i);
        check("{" + members + "}", {"a"});
        auto const text = "{\"m\":{" + members + "}}";
        for (auto const instructions : test::every_scan()) {
            detail::nested_cursor cursor(text, both, false, instructions);
            using event = decltype(cursor)::event;
            std::size_t found = 0;
            while (cursor.search()) {
                for (auto what = cursor.next_found(); what != event::none; what = cursor.next_found())
                    found += what == event::inner ? 1 : 0;
            }
            BOOST_TEST_REQUIRE(found == count);
        }
    }
}

BOOST_AUTO_TEST_CASE(no_more_places_are_written_than_there_is_room_for)
{
    constexpr auto untouched = static_cast<std::size_t>(-2);
    keys const both{"a", "m"};
    auto const wanted = wanted_keys::of(both);
    auto const check_room = [&](std::string_view text, auto search, std::size_t places) {
        std::vector<std::size_t> out(detail::places_at_once + 8, untouched);
        auto const found = search.template find<detail::portable_bytes>(out.data());
        BOOST_TEST_REQUIRE((found == places || (found == detail::too_many_places && places > 180)), text);
        BOOST_TEST_REQUIRE(std::count(out.begin() + detail::places_at_once, out.end(), untouched) == 8, text);
    };
    for (std::size_t count = 1; count < 120; ++count) {
        std::string members = "\"a\":0";
        for (std::size_t i = 1; i < count; ++i)
            members += ",\"a\":" + std::to_string(i);
        auto const flat = "{" + members + "}";
        check_room(flat, detail::short_search<1>(flat, 1, wanted, wanted, wanted, nullptr), 2 * count);
        auto const nested = "{\"m\":{" + members + "}}";
        check_room(nested, detail::short_search<2>(nested, 1, wanted, wanted, wanted, nullptr), 2 * count + 3);
        std::string objects = "\"m\":{\"a\":0}";
        for (std::size_t i = 1; i < count; ++i)
            objects += ",\"m\":{\"a\":0}";
        auto const many = "{" + objects + "}";
        check_room(many, detail::short_search<2>(many, 1, wanted, wanted, wanted, nullptr), 5 * count);
    }
}

BOOST_AUTO_TEST_CASE(a_key_with_an_escape_may_be_any_that_is_wanted)
{
    struct written_key {
        std::string_view raw;
        std::string_view meaning;
    };
    for (auto const& [raw, meaning] :
         {written_key{"pl\\u0061n", "plan"}, written_key{"p\\u006can", "plan"}, written_key{"plan\\u0065t", "planet"},
          written_key{"user_met\\u0061data", "user_metadata"}}) {
        auto const wanted = wanted_keys::of(keys{meaning});
        for (std::size_t before = 0; before < 700; before += 7) {
            auto const text = "{\"x\":\"" + std::string(before, 'x') + "\",\"" + std::string(raw) + "\":1}";
            for (auto const instructions : test::every_scan()) {
                member_cursor cursor(text, wanted, instructions, false);
                bool met = false;
                while (cursor.next())
                    met = met || cursor.raw_key() == raw;
                BOOST_TEST_REQUIRE(met, text);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_string_that_does_not_end_is_no_key)
{
    auto const wanted = wanted_keys::of(keys{"a"});
    test::nested_keys const both(keys{"a"}, keys{"a"});
    for (std::string const text : {R"({"a":{"b":1,"\u0061)", R"({"a":{"b":1,"\)", R"({"b":1,"\u0061)", "}"}) {
        for (auto const instructions : test::every_scan()) {
            member_cursor cursor(text, wanted, instructions, false);
            while (cursor.next())
                BOOST_TEST_REQUIRE(cursor.member().colon <= text.size(), text);
            BOOST_TEST(cursor.end() >= cursor.begin());
            detail::nested_cursor nested(text, both, false, instructions);
            using event = decltype(nested)::event;
            while (nested.search()) {
                for (auto what = nested.next_found(); what != event::none; what = nested.next_found())
                    BOOST_TEST_REQUIRE((what != event::inner || nested.member().colon <= text.size()), text);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(of_any_bytes_each_place_is_behind_the_one_before_and_within_the_text)
{
    static constexpr std::string_view bytes = "{}[],:\"\\a p";
    auto const wanted = wanted_keys::of(keys{"a", "p"});
    test::nested_keys const both(keys{"a", "p"}, keys{"a", "p"});
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        model::generator random(seed);
        std::string text = "{";
        for (auto left = random.below(300); left > 0; --left)
            text += random.one_in(5) ? std::string("\"a\":") : std::string(1, bytes[random.below(bytes.size())]);
        for (auto const instructions : test::every_scan()) {
            member_cursor cursor(text, wanted, instructions, false);
            std::size_t passed = 0;
            while (cursor.next()) {
                auto const& at = cursor.member();
                BOOST_TEST_REQUIRE((passed <= at.key && at.key < at.end && at.end <= text.size()), text);
                passed = at.end;
            }
            BOOST_TEST_REQUIRE((passed <= cursor.end() && cursor.end() <= text.size()), text);
            detail::nested_cursor nested(text, both, false, instructions);
            using event = decltype(nested)::event;
            passed = 0;
            while (nested.search()) {
                for (auto what = nested.next_found(); what != event::none; what = nested.next_found()) {
                    auto const begin = what == event::leave ? nested.end_of_member() : nested.member().key;
                    auto const end = what == event::inner ? nested.member().end : begin;
                    BOOST_TEST_REQUIRE((what != event::inner || nested.member().colon <= text.size()), text);
                    BOOST_TEST_REQUIRE((passed <= begin && begin <= end && end <= text.size()), text);
                    passed = end;
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

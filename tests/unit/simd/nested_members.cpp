// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/nested_members.hpp>

#include "../../laws/random.hpp"
#include "../../support.hpp"
#include "nested_keys.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/splice/text_merge.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(members_of_two_levels)

namespace {

template<class Cursor>
std::string told(Cursor& cursor, std::string_view text)
{
    using event = typename Cursor::event;
    std::string all;
    while (cursor.search()) {
        for (auto what = cursor.next_found(); what != event::none; what = cursor.next_found()) {
            if (what == event::enter)
                all.append(cursor.raw_key()) += '(';
            else if (what == event::inner)
                all.append(cursor.raw_key())
                    .append("=")
                    .append(text.substr(value_begin(text, cursor.member()),
                                        value_end(text, cursor.member()) - value_begin(text, cursor.member())))
                    .append(" ");
            else
                all.append(std::to_string(cursor.inner_commas()))
                    .append(")")
                    .append(std::to_string(cursor.end_of_member())) += ' ';
        }
    }
    return all + std::to_string(cursor.members()) + "@" + std::to_string(cursor.end());
}

constexpr std::array<std::string_view, 2> outer{"meta", "other"};
constexpr std::array<std::string_view, 2> inner{"aa", "bb"};

void check(std::string_view text, std::string const& expected)
{
    test::nested_keys const wanted(outer, inner);
    for (auto const instructions : test::every_scan()) {
        // Without the instruction that looks up pairs every key is told, as anybody must expect.
        bool const tells_all = instructions == scan_with::portable || instructions == scan_with::sse2;
        detail::nested_cursor cursor(text, wanted, true, instructions);
        auto const found = told(cursor, text);
        if (!tells_all)
            BOOST_TEST(found == expected);
    }
}

bool is_in(std::array<std::string_view, 2> const& keys, std::string_view key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Of the events those of keys that are wanted, and inside of objects: what must be the same for everybody.
template<class Cursor>
std::string wanted_told(Cursor& cursor, std::string_view text, bool counts = true)
{
    using event = typename Cursor::event;
    std::string all;
    std::string unescaped;
    bool open = false;
    bool object = false;
    while (cursor.search()) {
        for (auto what = cursor.next_found(); what != event::none; what = cursor.next_found()) {
            auto const key = std::string(detail::meaning_of(cursor, unescaped));
            if (what == event::enter) {
                object = text[value_begin(text, cursor.member())] == '{';
                open = is_in(outer, key);
                all += open ? key + "@" + std::to_string(cursor.member().key) + "(" : "";
            } else if (what == event::inner && open && object && is_in(inner, key)) {
                auto const& at = cursor.member();
                all += key + "@" + std::to_string(at.key) + "-" + std::to_string(value_end(text, at)) + " ";
            } else if (what == event::leave && open) {
                all += object && counts ? std::to_string(cursor.inner_commas()) : "";
                all += ")" + std::to_string(cursor.end_of_member()) + " ";
            }
        }
    }
    return all + (counts ? std::to_string(cursor.members()) : "") + "@" + std::to_string(cursor.end());
}

/// The same, read token by token.
std::string wanted_in(std::string_view text, bool counts)
{
    std::string all;
    std::string key;
    std::size_t members = 0;
    std::size_t commas = 0; // behind the members of the object that is open
    std::size_t value = 0;  // the end of the last inner one
    bool open = false;
    bool object = false;
    bool is_first = true;
    std::string pending; // an inner member that is not ended yet
    auto const end_inner = [&] { all += pending.empty() ? "" : pending + "-" + std::to_string(value) + " "; };
    scanner scan(text);
    for (auto what = scan.next(); what != token::end; what = scan.next()) {
        bool const opens = what == token::object_begin || what == token::array_begin;
        auto const level = scan.depth() - (opens ? 1 : 0);
        if (what == token::key && (level == 1 || (level == 2 && object))) {
            key.clear();
            append_unescaped(key, scan.raw());
            auto const at = "@" + std::to_string(scan.offset());
            if (level == 1) {
                ++members;
                open = is_in(outer, key);
                all += open ? key + at + "(" : "";
            } else {
                end_inner();
                pending = open && is_in(inner, key) ? key + at : "";
                commas += is_first ? 0 : 1;
                is_first = false;
            }
        } else if (level == 1 && opens) {
            object = what == token::object_begin;
            commas = 0;
            is_first = true;
        } else if (level == 2) {
            value = scan.position();
        } else if (level == 1) {
            end_inner();
            pending.clear();
            if (open) {
                all += what == token::object_end && counts ? std::to_string(commas) : "";
                all += ")" + std::to_string(text.find_first_of(",}", scan.position())) + " ";
            }
            object = false;
        }
    }
    return all + (counts ? std::to_string(members) : "") + "@" + std::to_string(text.rfind('}'));
}

/// An object of keys that are wanted, or begin as those that are, and of values full of structure.
std::string random_object(model::generator& random, std::size_t levels, std::size_t members)
{
    static constexpr std::array<std::string_view, 12> keys{"meta", "other",     "aa", "bb", "me",  "metal",
                                                           "",     "m\u0065ta", "b",  "ab", "b\"", "\u0061a"};
    static constexpr std::array<std::string_view, 8> values{
        "1", "null", "\"\"", "{}", "[]", "[\"aa\",\"bb\"]", R"(",{\"}")", "\"meta\""};
    std::string text = "{";
    for (std::size_t i = 0; i < members; ++i) {
        text += i > 0 ? "," : "";
        text += random.one_in(6) ? std::string(random.below(70), ' ') : "";
        auto key = std::string(keys[random.below(keys.size())]);
        text += '"' + (key == "b\"" ? "b\\\"" : key) + '"';
        text += random.one_in(6) ? " : " : ":";
        text += levels > 1 && !random.one_in(3)
                    ? random_object(random, levels - 1, random.below(random.one_in(9) ? 90 : 5))
                    : values[random.below(values.size())];
        text += random.one_in(6) ? " \n" : "";
    }
    return text + "}";
}

} // namespace

BOOST_AUTO_TEST_CASE(random_texts_are_told_as_they_are_read_token_by_token)
{
    test::nested_keys const wanted(outer, inner);
    for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
        model::generator random(seed);
        auto const text = random_object(random, 3, random.below(random.one_in(20) ? 200 : 12));
        auto const expected = wanted_in(text, true);
        auto const uncounted = wanted_in(text, false);
        for (auto const instructions : test::every_scan()) {
            detail::nested_cursor counting(text, wanted, true, instructions);
            BOOST_TEST_REQUIRE(wanted_told(counting, text) == expected, text);
            detail::nested_cursor quick(text, wanted, false, instructions);
            BOOST_TEST_REQUIRE(wanted_told(quick, text, false) == uncounted, text);
        }
    }
}

BOOST_AUTO_TEST_CASE(wanted_members_are_entered_and_the_wanted_ones_inside_told)
{
    check("{}", "0@1");
    check(R"({"x":1,"meta":{"aa":1,"c":[1,2],"bb" : {"aa":2} },"y":{"aa":1}})", "meta(aa=1 bb={\"aa\":2} 2)49 3@62");
    check(R"( {"meta":{},"other":{ "aa":"}" }} )", "meta(0)11 other(aa=\"}\" 0)32 2@32");
    check(R"({"meta":5,"other":"aa"})", "meta(0)9 other(0)22 2@22");
    check(R"({"me\u0074a":{"a\u0061":1}})", "me\\u0074a(a\\u0061=1 0)26 1@26");
}

BOOST_AUTO_TEST_CASE(what_is_inside_of_an_array_is_told_too)
{
    check(R"({"meta":["x","aa","bb"]})", "meta(aa= bb= 2)23 1@23");
}

BOOST_AUTO_TEST_CASE(members_go_across_blocks_and_steps)
{
    for (std::size_t const size : {40U, 61U, 62U, 63U, 64U, 65U, 200U, 16'300U, 16'384U, 40'000U}) {
        std::string const filler(size, 'x');
        std::string const deep = "{\"aa\":[" + std::string(100, '[') + std::string(100, ']') + "]}";
        std::string const text = "{\"f\":\"" + filler + "\",\"meta\":{\"aa\":1,\"g\":\"" + filler + "\",\"h\":" + deep +
                                 ",\"bb\":\"" + filler + "\"},\"z\":\"" + filler + "\",\"other\":{\"bb\":2}}";
        auto const first_end = text.find(",\"z\"");
        auto const end = text.size() - 1;
        check(text, "meta(aa=1 bb=\"" + filler + "\" 3)" + std::to_string(first_end) + " other(bb=2 0)" +
                        std::to_string(end) + " 4@" + std::to_string(end));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_json_gives_no_more_places_than_there_is_room_for)
{
    // A comma ends the member of the block before, and every three bytes of the rest are a member: of no JSON, but a
    // trusted text may be anything.
    auto const dense = [](int members) {
        std::string text;
        for (int i = 0; i < members; ++i)
            text += "\"\",";
        return text;
    };
    auto const filled = [](std::string block) {
        block.resize(64, ' ');
        return block;
    };
    auto const text =
        "{" + filled(dense(20)) + filled(R"("":{"",""},)") + filled(dense(20) + "\"\"") + "," + dense(21) + "}";
    auto const wanted = wanted_keys::of(outer);
    detail::block_room room;
    detail::member_search_of<2> search({text, 1, &wanted, &room, &wanted});
    std::array<std::size_t, 2 * detail::places_at_once> places;
    BOOST_TEST(search.find<detail::portable_bytes>(places.data()) <= detail::places_at_once);
}

BOOST_AUTO_TEST_SUITE_END()

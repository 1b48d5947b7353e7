// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/key_search.hpp>

#include "../../support.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <metapatch/simd/members.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(searches_for_keys)

namespace {

/// All wanted keys, each found from behind the one before, and where the object ends; and the commas before each.
std::string found(std::string_view text, std::vector<std::string_view> const& keys, scan_with instructions)
{
    auto const wanted = wanted_keys::of(keys);
    detail::key_finder finder(text, instructions);
    std::string told;
    std::size_t commas = 0;
    for (std::size_t at = 1;;) {
        auto const next = finder.next(1, at, wanted, true);
        commas += next.commas;
        if (!next.is_key)
            return told + std::to_string(commas) + "}" + std::to_string(next.place);
        at = detail::string_at(text, next.place).end + 1;
        auto const key = text.substr(next.place + 1, at - next.place - 2);
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) // it may stop at others
            told += std::to_string(commas) + "," + std::to_string(next.place) + " ";
    }
}

std::string found_by_all(std::string_view text, std::vector<std::string_view> const& keys)
{
    auto const expected = found(text, keys, scan_with::portable);
    for (auto const instructions : test::every_scan())
        BOOST_TEST(found(text, keys, instructions) == expected);
    return expected;
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_of_the_object_are_found_and_no_others)
{
    BOOST_TEST(found_by_all(R"({"a":{"b":1,"a":2},"b":["a","b"],"a":"a"})", {"a", "b"}) == "0,1 1,19 2,33 2}40");
    BOOST_TEST(found_by_all("{}", {"a"}) == "0}1");
    BOOST_TEST(found_by_all(R"({ } ,"a":1})", {"a"}) == "0}2");
}

BOOST_AUTO_TEST_CASE(a_search_goes_on_from_anywhere_between_tokens)
{
    std::string_view const text = R"({"x":{"k":1},"k":{"k":{}},"k":2})";
    detail::key_finder finder(text, fastest_scan());
    std::vector<std::string_view> const keys{"k"};
    auto const wanted = wanted_keys::of(keys);
    BOOST_TEST(finder.next(6, 6, wanted, false).place == 6U);   // inside of the first
    BOOST_TEST(finder.next(6, 11, wanted, false).place == 11U); // its end
    BOOST_TEST(!finder.next(6, 11, wanted, false).is_key);
    BOOST_TEST(finder.next(1, 12, wanted, false).place == 13U); // behind it
    BOOST_TEST(finder.next(18, 18, no_key, false).place == 24U);
    BOOST_TEST(finder.next(1, text.size(), wanted, false).place == text.size());
}

BOOST_AUTO_TEST_CASE(a_key_is_found_wherever_a_block_ends)
{
    for (std::size_t spaces = 0; spaces < 140; ++spaces) {
        std::string const space(spaces, ' ');
        auto const text = "{\"value\":\"key\"," + space + "\"other\":{\"key\":\"\\\"\"},\"key\":1}" + space;
        auto const place = 36 + spaces;
        BOOST_TEST_REQUIRE(found_by_all(text, {"key"}) ==
                           "2," + std::to_string(place) + " 2}" + std::to_string(place + 7));
    }
}

BOOST_AUTO_TEST_CASE(nothing_beyond_a_text_is_found)
{
    std::string const valid = R"({"a":{"x":"\u0061"},"\ud83d\ude00":[1,2],"b":"}"})";
    for (std::size_t cut = 1; cut < valid.size(); ++cut) {
        std::string_view const text(valid.data(), cut);
        for (auto const instructions : test::every_scan()) {
            detail::key_finder finder(text, instructions);
            for (std::size_t at = 1; at <= cut; ++at) {
                auto const next = finder.next(1, at, every_key, true);
                BOOST_TEST((next.place >= at && next.place <= cut));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_passed_is_copied_where_there_is_room_for_all_that_is_left)
{
    std::string const text = R"({"x":")" + std::string(3'000, 'x') + R"(","list":[)" + std::string(3'000, ' ') +
                             R"(1],"k":")" + std::string(6'000, 'y') + R"("})";
    std::vector<std::string_view> const keys{"k"};
    auto const wanted = wanted_keys::of(keys);
    for (auto const instructions : test::every_scan()) {
        bool const copies = instructions != scan_with::portable && instructions != scan_with::sse2;
        for (std::size_t const begin : {1U, 5U}) {
            std::string room(text.size() - begin, '.');
            detail::key_finder finder(text, instructions);
            auto const found = finder.next(1, begin, wanted, false, {room.data(), room.size()});
            BOOST_TEST_REQUIRE(found.is_key);
            BOOST_TEST(text.substr(found.place, 4) == "\"k\":");
            BOOST_TEST((found.copied > 0) == (copies && detail::may_be_wide));
            BOOST_TEST(room.substr(0, found.copied) == text.substr(begin, found.copied));
            auto const behind = found.copied + (found.copied > 0 ? 64 : 0); // a block more may have been written
            BOOST_TEST_REQUIRE(behind <= room.size());
            BOOST_TEST(room.find_first_not_of('.', behind) == std::string::npos);
            BOOST_TEST((found.copied == 0 || (begin + found.copied > found.place && found.copied % 64 == 0)));
            auto const none = finder.next(1, begin, wanted, false, {room.data(), room.size() - 1});
            BOOST_TEST(none.copied == 0U);
            BOOST_TEST(none.place == found.place);
            auto const near_end = finder.next(1, text.size() - 4'096, no_key, false, {room.data(), room.size()});
            BOOST_TEST(near_end.copied == 0U);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/outline.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(outline)

BOOST_AUTO_TEST_CASE(keys_and_containers_are_told_in_the_order_of_the_text)
{
    struct {
        std::string_view text{};
        std::string told{};

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        std::string_view key(detail::key_place const& place)
        {
            auto const raw = text.substr(place.begin + 1, place.colon - place.begin - 2);
            told.append(raw) += '/' + std::to_string(place.level) + '@' + std::to_string(place.begin) + ' ';
            return place.level > 1 ? raw : std::string_view();
        }
        void open(std::size_t at, std::size_t level) { told += text[at] + std::to_string(level) + ' '; }
        void close(std::size_t at, std::size_t level, bool repeats)
        {
            told += text[at] + std::to_string(level) + (repeats ? "twice " : " ");
        }
    } const none;
    detail::key_room room;
    auto const outlined = [&](std::string_view text, scan_with instructions) {
        auto visitor = none;
        visitor.text = text;
        bool const is_json = detail::read_outline(text, nesting_ceiling, instructions, room, visitor);
        return is_json ? visitor.told : "no JSON";
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(outlined(" { } ", instructions) == "{1 }1 ");
        BOOST_TEST(outlined("[1,{\"a\":2}]", instructions) == "[1 {2 a/2@4 }2 ]1 ");
        BOOST_TEST(outlined(R"({"a":1,"b":["x",{"c":{"d":":"},"c":2}] })", instructions) ==
                   "{1 a/1@1 b/1@7 [2 {3 c/3@17 {4 d/4@22 }4 c/3@31 }3twice ]2 }1 ");
        BOOST_TEST(outlined(R"({"a":{"b":[]},"\"":{"b":[],"b":{}},"c":null})", instructions) ==
                   "{1 a/1@1 {2 b/2@6 [3 ]3 }2 \\\"/1@14 {2 b/2@20 [3 ]3 b/2@27 {3 }3 }2twice c/1@35 }1 ");
        for (auto const* const text : {"{", "{\"a\":", "{\"a\":1,}", "{}}", "{\"a\":[}]}", "{\"a\":1]"})
            BOOST_TEST(outlined(text, instructions) == "no JSON", text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

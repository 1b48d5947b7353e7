// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/outline.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(outline)

BOOST_AUTO_TEST_CASE(members_and_the_keys_inside_of_them_are_told_in_the_order_of_the_text)
{
    struct {
        std::string told{};

        void begin_member(std::string_view raw, std::size_t begin, std::size_t colon)
        {
            told.append(raw) += '@' + std::to_string(begin) + ':' + std::to_string(colon) + ' ';
        }
        std::string_view nested_key(std::string_view raw, std::size_t level)
        {
            told.append(raw) += '/' + std::to_string(level) + ' ';
            return raw;
        }
        void repeated_key() { told += "twice "; }
        void end_member(std::size_t end) { told += '-' + std::to_string(end) + ' '; }
    } const none;
    std::vector<detail::ranked_key> room;
    auto const outlined = [&](std::string_view text, scan_with instructions) {
        auto visitor = none;
        bool const is_json = detail::read_outline(text, nesting_ceiling, instructions, room, visitor);
        return is_json ? visitor.told : "no JSON";
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(outlined(" { } ", instructions) == "");
        BOOST_TEST(outlined(R"({"a":1,"b" :["x",{"c":{"d":":"},"c":2}] })", instructions) ==
                   "a@1:4 -6 b@7:11 c/3 d/4 c/3 twice -40 ");
        BOOST_TEST(outlined(R"({"a":{"b":[]},"\"":{"b":[],"b":{}},"c":null})", instructions) ==
                   "a@1:4 b/2 -13 \\\"@14:18 b/2 b/2 twice -34 c@35:38 -43 ");
        for (auto const* const text : {"{", "{\"a\":", "{\"a\":1,}", "{}}", "{\"a\":[}]}", "{\"a\":1]"})
            BOOST_TEST(outlined(text, instructions) == "no JSON", text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

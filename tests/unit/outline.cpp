// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outline.hpp>

#include "../support.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(outline)

BOOST_AUTO_TEST_CASE(a_key_is_twice_in_an_object_only_where_that_object_holds_it_twice)
{
    std::vector<detail::open_keys::printed> room;
    detail::open_keys keys(room);
    keys.open();
    keys.add("a");
    keys.open();
    keys.add("a");
    keys.open();
    BOOST_TEST(keys.level() == 3U);
    BOOST_TEST(!keys.close());
    keys.add("b");
    BOOST_TEST(!keys.close());
    keys.add("b");
    keys.add("a");
    BOOST_TEST(keys.close());
    BOOST_TEST(keys.level() == 0U);
}

BOOST_AUTO_TEST_CASE(any_number_of_keys_is_compared_also_where_their_fingerprints_are_the_same)
{
    for (std::size_t const count : {2U, 8U, 9U, 1'000U}) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < count; ++i) // the same ends and length
            all.push_back("eight___" + std::to_string(1'000 + i) + "___eight");
        std::vector<detail::open_keys::printed> room;
        detail::open_keys keys(room);
        keys.open();
        keys.add("kept");
        for (std::size_t const again : {count, std::size_t{0}, count - 1}) {
            keys.open();
            for (auto const& each : all)
                keys.add(each);
            if (again < count)
                keys.add(all[again]);
            BOOST_TEST(keys.close() == (again < count));
        }
        keys.add("kept");
        BOOST_TEST(keys.close());
    }
}

BOOST_AUTO_TEST_CASE(as_many_containers_may_be_open_as_texts_may_nest)
{
    std::vector<detail::open_keys::printed> room;
    detail::open_keys keys(room);
    for (std::size_t i = 0; i < nesting_ceiling; ++i)
        keys.open();
    for (std::size_t i = 0; i < nesting_ceiling; ++i)
        BOOST_TEST(!keys.close());
}

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
    std::vector<detail::open_keys::printed> room;
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

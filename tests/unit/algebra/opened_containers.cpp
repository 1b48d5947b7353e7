// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/opened_containers.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

using namespace metapatch;
using detail::opened_container;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(containers_that_are_open)

BOOST_AUTO_TEST_CASE(members_keep_their_order_whatever_goes_and_comes)
{
    detail::opened_object opened(object(R"({"a":1,"b":2,"c":3,"d":4})"));
    BOOST_TEST(opened.size() == 4U);
    BOOST_TEST(opened.take("b").closed == 2);
    BOOST_TEST(!opened.find("b"));
    BOOST_TEST(opened.size() == 3U);
    opened.put("e", {5});
    opened.put("b", {6}); // which is new now, and goes last
    opened.put("a", {7}); // which keeps its place
    BOOST_TEST(*opened.find("b")->closed == 6);
    BOOST_TEST(opened.size() == 5U);
    BOOST_TEST(shown(opened.closed()) == R"({"a":7,"c":3,"d":4,"e":5,"b":6})");
}

BOOST_AUTO_TEST_CASE(any_changes_of_members_do_what_they_do_on_a_list)
{
    std::mt19937_64 random(5);
    for (int round = 0; round < 100; ++round) {
        detail::opened_object opened(object(R"({"k0":0,"k1":1,"k2":2})"));
        std::vector<std::pair<std::string, int>> model{{"k0", 0}, {"k1", 1}, {"k2", 2}};
        for (int i = 0; i < 60; ++i) {
            auto const key = "k" + std::to_string(random() % 12);
            auto const there = std::find_if(model.begin(), model.end(), [&](auto& each) { return each.first == key; });
            BOOST_REQUIRE(opened.find(key).has_value() == (there != model.end()));
            if (random() % 5 < 2) {
                opened.put(key, {i});
                if (there != model.end())
                    there->second = i;
                else
                    model.emplace_back(key, i);
            } else if (there != model.end()) {
                BOOST_REQUIRE(opened.take(key).closed == there->second);
                model.erase(there);
            }
            BOOST_REQUIRE(opened.size() == model.size());
        }
        boost::json::object expected;
        for (auto const& [key, value] : model)
            expected.emplace(key, value);
        std::vector<int> seen;
        opened.for_each([&](detail::value_slot at) { seen.push_back(static_cast<int>(at.closed->get_int64())); });
        BOOST_TEST(seen.size() == model.size());
        BOOST_TEST(shown(opened.closed()) == shown(expected));
    }
}

BOOST_AUTO_TEST_CASE(elements_stand_where_their_index_says)
{
    opened_container opened(json("[1,2,3]"));
    BOOST_TEST(opened.put("0", {0}));
    BOOST_TEST(opened.put("4", {4}));
    BOOST_TEST(opened.put("-", {5}));
    BOOST_TEST(!opened.put("7", {7}));
    BOOST_TEST(!opened.put("01", {7}));
    BOOST_TEST(opened.take("1").closed == 1);
    BOOST_TEST(*opened.find("4")->closed == 5);
    BOOST_TEST(!opened.find("5"));
    BOOST_TEST(!opened.find("-"));
    BOOST_TEST(shown(opened.closed()) == "[0,2,3,4,5]");
    opened_container empty(json("[]"));
    BOOST_TEST(!empty.find("0"));
    BOOST_TEST(empty.put("0", {1}));
    BOOST_TEST(shown(empty.closed()) == "[1]");
    opened_container emptied(json("[1,2]"));
    BOOST_TEST(emptied.take("1").closed == 2);
    BOOST_TEST(emptied.take("0").closed == 1);
    BOOST_TEST(shown(emptied.closed()) == "[]");
}

BOOST_AUTO_TEST_CASE(what_a_token_does_not_lead_to_has_its_reason)
{
    using enum operation_fault;
    opened_container const members(json("{}"));
    opened_container const elements(json("[]"));
    BOOST_TEST((members.why_not("0") == no_member));
    BOOST_TEST((elements.why_not("0") == no_element));
    BOOST_TEST((elements.why_not("-") == no_element));
    BOOST_TEST((elements.why_not("99999999999999999999999") == no_element));
    BOOST_TEST((elements.why_not("01") == no_index));
    BOOST_TEST((elements.why_not("name") == no_index));
}

BOOST_AUTO_TEST_CASE(what_matches_is_of_the_same_kind_with_the_same_places)
{
    auto const pairs = [](char const* text, char const* other) {
        opened_container opened(json(text));
        auto const expected = json(other);
        std::string met;
        bool const same = opened.match(expected, [&](detail::value_slot mine, boost::json::value const& theirs) {
            met += shown(*mine.closed) + shown(theirs) + " ";
        });
        return same ? met : "differs";
    };
    BOOST_TEST(pairs(R"({"a":1,"b":2})", R"({"b":3,"a":4})") == "23 14 ");
    BOOST_TEST(pairs("[1,2]", "[3,4]") == "13 24 ");
    BOOST_TEST(pairs("{}", "{}") == "");
    BOOST_TEST(pairs(R"({"a":1})", R"({"b":1})") == "differs");
    BOOST_TEST(pairs(R"({"a":1})", R"({"a":1,"b":1})") == "differs");
    BOOST_TEST(pairs(R"({"a":1,"b":1})", R"({"a":1})") == "differs");
    BOOST_TEST(pairs("[1]", "[1,2]") == "differs");
    BOOST_TEST(pairs("[1,2]", "[1]") == "differs");
    BOOST_TEST(pairs("[]", "{}") == "differs");
    BOOST_TEST(pairs("{}", "[]") == "differs");
    BOOST_TEST(pairs("{}", "null") == "differs");
}

BOOST_AUTO_TEST_CASE(what_is_closed_lives_in_the_storage_of_what_was_opened)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    for (auto const* text : {R"({"a":1,"b":2,"c":3,"d":4})", R"([1,2,3,4])"}) {
        opened_container opened(json(text, storage));
        for (auto const* token : {"a", "b", "c"})
            opened.take(*text == '{' ? token : "0");
        BOOST_TEST((*opened.closed().storage() == *storage), text);
    }
}

BOOST_AUTO_TEST_CASE(removing_members_costs_as_much_of_a_wide_object_as_of_a_narrow_one)
{
    // A step for each member behind the one that goes would take minutes.
    constexpr int count = 200'000;
    boost::json::object members;
    for (int i = 0; i < count; ++i)
        members.emplace(std::to_string(i), i);
    detail::opened_object opened(std::move(members));
    for (int i = 0; i < count - 1; ++i)
        opened.take(std::to_string(i));
    // Nor is what has gone walked over again and again.
    std::size_t visited = 0;
    for (int i = 0; i < count; ++i)
        opened.for_each([&](detail::value_slot) { ++visited; });
    BOOST_TEST(visited == static_cast<std::size_t>(count));
    BOOST_TEST(shown(opened.closed()) == R"({"199999":199999})");
}

BOOST_AUTO_TEST_SUITE_END()

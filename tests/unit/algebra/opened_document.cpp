// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/opened_document.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>

using namespace metapatch;
using detail::opened_document;
using detail::pointer_tokens;
using metapatch::test::json;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(documents_that_are_open)

namespace {

std::string closed(opened_document& document)
{
    if (!document.close())
        return "too deep";
    auto const made = std::move(document).document();
    return made ? shown(*made) : "nothing";
}

/// How many tokens lead to something, and why the next does not.
std::string told(opened_document::look_up const& there)
{
    return there.place ? "there" : std::to_string(there.found) + " " + std::string(name(there.fault));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_only_looked_at_stays_as_it_is)
{
    auto const* const text = R"({"b":[1,{"c":[]}],"a":{}})";
    opened_document document(json(text));
    BOOST_TEST(told(document.find({"b", "1", "c"}, 3)) == "there");
    BOOST_TEST(told(document.find({"b", "1", "c"}, 0)) == "there");
    BOOST_TEST(closed(document) == text);
    opened_document none(std::nullopt);
    BOOST_TEST(closed(none) == "nothing");
}

BOOST_AUTO_TEST_CASE(a_look_up_tells_how_far_there_is_something)
{
    opened_document document(json(R"({"a":{"l":[1,2]},"s":"x"})"));
    BOOST_TEST(told(document.find({"b", "c"}, 2)) == "0 no_member");
    BOOST_TEST(told(document.find({"a", "m", "n"}, 3)) == "1 no_member");
    BOOST_TEST(told(document.find({"a", "l", "2"}, 3)) == "2 no_element");
    BOOST_TEST(told(document.find({"a", "l", "x"}, 3)) == "2 no_index");
    BOOST_TEST(told(document.find({"s", "0", "1"}, 3)) == "1 not_a_container");
    BOOST_TEST(told(document.put({"s", "0"}, {})) == "1 not_a_container");
    BOOST_TEST(told(document.put({"x", "0"}, {})) == "0 no_member");
    BOOST_TEST(told(document.put({"a", "l", "3"}, {})) == "2 no_element");
    std::optional<detail::opened_value> taken;
    BOOST_TEST(told(document.take({"a", "l", "2"}, taken)) == "2 no_element");
    BOOST_TEST(told(document.take({"s", "l", "2"}, taken)) == "1 not_a_container");
    BOOST_TEST(told(document.take({"s", "l"}, taken)) == "1 not_a_container");
    BOOST_TEST(!taken);
    BOOST_TEST(told(document.take({}, taken)) == "there");
    BOOST_TEST(told(document.find({"a"}, 1)) == "0 no_document");
    BOOST_TEST(told(document.take({}, taken)) == "0 no_document");
    BOOST_TEST(told(document.put({"a"}, {})) == "0 no_document");
    BOOST_TEST(closed(document) == "nothing");
}

BOOST_AUTO_TEST_CASE(what_was_opened_goes_where_its_value_goes)
{
    opened_document document(json(R"({"a":{"b":{"c":1}}})"));
    std::optional<detail::opened_value> taken;
    document.put({"a", "b", "d"}, {2});
    document.take({"a", "b"}, taken);
    document.put({"e"}, std::move(*taken));
    document.put({"e", "f"}, {json("[]")});
    document.put({"e", "f", "-"}, {3});
    taken.reset();
    document.take({}, taken);
    document.put({}, {json("[]")});
    document.put({"0"}, std::move(*taken));
    BOOST_TEST(closed(document) == R"([{"a":{},"e":{"c":1,"d":2,"f":[3]}}])");
}

BOOST_AUTO_TEST_CASE(a_place_is_closed_without_what_is_around_it_and_opened_again)
{
    opened_document document(json(R"({"a":{"b":{"c":1}}})"));
    document.put({"a", "b", "d"}, {json("[1]")});
    document.put({"a", "b", "d", "0"}, {0});
    auto const there = document.find({"a"}, 1);
    BOOST_TEST(opened_document::close(*there.place));
    BOOST_TEST(shown(*there.place->closed) == R"({"b":{"c":1,"d":[0,1]}})");
    BOOST_TEST((*there.place->opened == nullptr));
    document.put({"a", "b", "d", "0"}, {-1});
    BOOST_TEST(closed(document) == R"({"a":{"b":{"c":1,"d":[-1,0,1]}}})");
}

BOOST_AUTO_TEST_CASE(values_are_compared_opened_or_not)
{
    auto const* const text = R"({"a":{"b":[1,{"c":2},"x"]},"d":[[]]})";
    auto const holds = [&](std::string_view expected) {
        opened_document opened(json(text));
        opened.find({"a", "b", "1", "c"}, 4);
        opened.find({"d", "0", "0"}, 3);
        bool const same = opened_document::holds(*opened.find({}, 0).place, json(expected));
        opened_document closed_one(json(text));
        BOOST_TEST(same == opened_document::holds(*closed_one.find({}, 0).place, json(expected)), expected);
        return same;
    };
    BOOST_TEST(holds(text));
    BOOST_TEST(holds(R"({"d":[[]],"a":{"b":[1.0,{"c":2},"x"]}})"));
    BOOST_TEST(!holds(R"({"d":[[]],"a":{"b":[1,{"c":3},"x"]}})"));
    BOOST_TEST(!holds(R"({"d":[[]],"a":{"b":[1,{"c":2},"y"]}})"));
    BOOST_TEST(!holds(R"({"d":[{}],"a":{"b":[1,{"c":2},"x"]}})"));
    BOOST_TEST(!holds(R"({"d":[[]],"a":{"b":[1,{"c":2}]}})"));
    BOOST_TEST(!holds(R"({"a":{"b":[1,{"c":2},"x"]}})"));
    BOOST_TEST(!holds(R"({"e":[[]],"a":{"b":[1,{"c":2},"x"]}})"));
    BOOST_TEST(!holds("null"));
}

BOOST_AUTO_TEST_CASE(a_document_in_between_may_be_as_deep_as_it_likes)
{
    // Far beyond what recursion could destroy.
    opened_document document(json("{}"));
    for (int i = 0; i < 200'000; ++i) {
        std::optional<detail::opened_value> taken;
        document.take({}, taken);
        document.put({}, {json(R"({"k":0})")});
        document.put({"k"}, std::move(*taken));
    }
    BOOST_TEST(closed(document) == "too deep");
    document.put({}, {1});
    BOOST_TEST(closed(document) == "1");
}

BOOST_AUTO_TEST_CASE(the_ceiling_is_that_of_what_was_opened_and_of_what_was_not)
{
    for (std::size_t const levels : {nesting_ceiling, nesting_ceiling + 1}) {
        auto const text = std::string(levels - 1, '[') + "{}" + std::string(levels - 1, ']');
        auto const expected = levels == nesting_ceiling ? text : "too deep";
        opened_document untouched(json(text));
        BOOST_TEST(closed(untouched) == expected);
        for (auto const count : {std::size_t{1}, levels - 1, levels}) { // the innermost is empty and opened too
            opened_document opened(json(text));
            opened.find(pointer_tokens(count, "0"), count);
            BOOST_TEST(closed(opened) == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_made_lives_in_the_storage_of_the_document)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    opened_document document(json(R"({"a":[{"b":1}]})", storage));
    document.put({"a", "0", "c"}, {json("[1]")});
    BOOST_TEST(document.close());
    auto const made = std::move(document).document();
    BOOST_TEST((*made->storage() == *storage));
    BOOST_TEST((*made->at("a").at(0).at("c").storage() == *storage));
    BOOST_TEST(shown(*made) == R"({"a":[{"b":1,"c":[1]}]})");
}

BOOST_AUTO_TEST_SUITE_END()

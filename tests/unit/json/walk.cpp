// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/walk.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;

BOOST_AUTO_TEST_SUITE(walk)

namespace {

std::string visited(boost::json::value const& root)
{
    std::string text;
    for (value_walk walk(root); walk.next();)
        text += walk.pointer() + "@" + std::to_string(walk.level()) + " ";
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(values_come_in_document_order_with_pointer_and_level)
{
    BOOST_TEST(visited(json(R"({"b":1,"a":{"x":[true,{"y":null}],"z":""},"c":[]})")) ==
               "/b@1 /a@1 /a/x@2 /a/x/0@3 /a/x/1@3 /a/x/1/y@4 /a/z@2 /c@1 ");
    BOOST_TEST(visited(json("[1,[2],3]")) == "/0@1 /1@1 /1/0@2 /2@1 ");
}

BOOST_AUTO_TEST_CASE(nothing_lies_below_a_scalar_or_an_empty_container)
{
    for (auto const* text : {"1", "null", R"("a")", "{}", "[]"})
        BOOST_TEST(visited(json(text)).empty());
}

BOOST_AUTO_TEST_CASE(a_member_has_a_key_and_an_element_has_none)
{
    auto const root = json(R"({"k":[7]})");
    value_walk walk(root);
    BOOST_REQUIRE(walk.next());
    BOOST_TEST(walk.has_key());
    BOOST_TEST(walk.key() == "k");
    BOOST_REQUIRE(walk.next());
    BOOST_TEST(!walk.has_key());
    BOOST_TEST(walk.value().as_int64() == 7);
    BOOST_TEST(!walk.next());
    BOOST_TEST(!walk.next());
}

BOOST_AUTO_TEST_CASE(skip_inside_passes_over_one_value)
{
    auto const root = json(R"({"a":{"x":1},"b":{"y":2}})");
    std::string seen;
    for (value_walk walk(root); walk.next();) {
        seen += walk.key();
        if (walk.key() == "a")
            walk.skip_inside();
    }
    BOOST_TEST(seen == "aby");
}

BOOST_AUTO_TEST_CASE(pointers_escape_tilde_and_slash)
{
    std::string pointer;
    append_pointer_token(pointer, "a/b~c");
    append_pointer_token(pointer, "");
    append_pointer_token(pointer, "~1");
    BOOST_TEST(pointer == "/a~1b~0c//~01");
    BOOST_TEST(visited(json(R"({"":{"/":1}})")) == "/@1 //~1@2 ");
}

BOOST_AUTO_TEST_CASE(a_million_levels_are_walked_without_recursion)
{
    // In a monotonic resource nothing is destroyed, or Boost.JSON's own destructor would overflow the stack.
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    constexpr std::size_t levels = 1'000'000;
    boost::json::value deep(1, storage);
    for (std::size_t i = 0; i < levels; ++i) {
        boost::json::array around(storage);
        around.push_back(std::move(deep));
        deep = std::move(around);
    }
    std::size_t steps = 0;
    std::size_t deepest = 0;
    for (value_walk walk(deep); walk.next(); ++steps)
        deepest = walk.level();
    BOOST_TEST(steps == levels);
    BOOST_TEST(deepest == levels);
}

BOOST_AUTO_TEST_CASE(levels_around_the_ceiling_keep_their_pointers)
{
    std::string text = "1";
    std::string pointer;
    for (std::size_t i = 0; i < nesting_ceiling + 3; ++i) {
        text = i % 2 == 0 ? R"({"k":)" + text + ",\"l\":0}" : "[" + text + "]";
        pointer = (i % 2 == 0 ? "/k" : "/0") + pointer;
    }
    auto const root = json(text);
    std::string found;
    std::size_t after = 0;
    for (value_walk walk(root); walk.next();) {
        if (walk.value().is_int64() && walk.value().as_int64() == 1)
            found = walk.pointer();
        after += walk.has_key() && walk.key() == "l" ? 1 : 0;
    }
    BOOST_TEST(found == pointer);
    BOOST_TEST(after == (nesting_ceiling + 4) / 2); // the walk comes back up from below the ceiling
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/json_patch.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(json_patches)

namespace {

/// @param document  "" is none
std::string patched(std::string_view document, std::string_view operations)
{
    auto before = document.empty() ? std::nullopt : std::optional(json(document));
    auto const made = json_patched(std::move(before), json(operations));
    if (!made)
        return told(made);
    return *made ? shown(**made) : "nothing";
}

/// Objects inside of each other, so many.
std::string nested(std::size_t levels)
{
    std::string text = "1";
    for (std::size_t i = 0; i < levels; ++i)
        text = R"({"k":)" + text + "}";
    return text;
}

std::string pointer(std::size_t levels)
{
    std::string text;
    for (std::size_t i = 0; i < levels; ++i)
        text += "/k";
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_examples_of_rfc_6902_appendix_a_hold)
{
    struct {
        char const* document;
        char const* operations;
        char const* result;
    } const examples[]{
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])", R"({"foo":"bar","baz":"qux"})"},
        {R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
         R"({"foo":["bar","qux","baz"]})"},
        {R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])", R"({"foo":"bar"})"},
        {R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])", R"({"foo":["bar","baz"]})"},
        {R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
         R"({"baz":"boo","foo":"bar"})"},
        {R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
         R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
         R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
        {R"({"foo":["all","grass","cows","eat"]})", R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
         R"({"foo":["all","cows","eat","grass"]})"},
        {R"({"baz":"qux","foo":["a",2,"c"]})",
         R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}])",
         R"({"baz":"qux","foo":["a",2,"c"]})"},
        {R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])", "test_failed '/baz'"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
         R"({"foo":"bar","child":{"grandchild":{}}})"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])", R"({"foo":"bar","baz":"qux"})"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])", "missing_target '/baz/bat'"},
        // A.13 has the member "op" twice: of duplicates the last one counts, and "remove" finds nothing at /baz.
        {R"({"foo":"bar"})", R"([{"op":"remove","path":"/baz","value":"qux"}])", "missing_target '/baz'"},
        {R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])", R"({"/":9,"~1":10})"},
        {R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", "test_failed '/~01'"},
        {R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
         R"({"foo":["bar",["abc","def"]]})"}};
    for (auto const& each : examples)
        BOOST_TEST(patched(each.document, each.operations) == each.result, each.operations);
}

BOOST_AUTO_TEST_CASE(operations_work_on_what_the_ones_before_left)
{
    BOOST_TEST(patched("{}", R"([{"op":"add","path":"/a","value":[]},{"op":"add","path":"/a/0","value":1},
                                {"op":"copy","from":"/a","path":"/b"},{"op":"replace","path":"/a/0","value":2},
                                {"op":"move","from":"/b/0","path":"/c"}])") == R"({"a":[2],"b":[],"c":1})");
    BOOST_TEST(patched("7", "[]") == "7");
    BOOST_TEST(patched("", "[]") == "nothing");
}

BOOST_AUTO_TEST_CASE(the_whole_document_is_a_target_too)
{
    BOOST_TEST(patched(R"({"a":[1]})", R"([{"op":"replace","path":"","value":2}])") == "2");
    BOOST_TEST(patched(R"({"a":[1]})", R"([{"op":"move","from":"/a","path":""}])") == "[1]");
    BOOST_TEST(patched(R"({"a":1})", R"([{"op":"copy","from":"","path":"/b"}])") == R"({"a":1,"b":{"a":1}})");
    BOOST_TEST(patched(R"({"a":1})", R"([{"op":"move","from":"","path":""}])") == R"({"a":1})");
    BOOST_TEST(patched(R"({"a":1})", R"([{"op":"test","path":"","value":{"a":1.0}}])") == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(where_there_is_no_document_only_adding_one_succeeds)
{
    BOOST_TEST(patched("", R"([{"op":"add","path":"","value":{"a":1}}])") == R"({"a":1})");
    BOOST_TEST(patched(R"({"a":1})", R"([{"op":"remove","path":""}])") == "nothing");
    for (auto const* op : {"add", "replace", "test"}) {
        auto const on_member = R"([{"op":")" + std::string(op) + R"(","path":"/a","value":1}])";
        BOOST_TEST(patched("", on_member) == "missing_target '/a'", op);
    }
    BOOST_TEST(patched("", R"([{"op":"replace","path":"","value":1}])") == "missing_target ''");
    BOOST_TEST(patched("", R"([{"op":"remove","path":""}])") == "missing_target ''");
    BOOST_TEST(patched("", R"([{"op":"copy","from":"","path":""}])") == "missing_target ''");
}

BOOST_AUTO_TEST_CASE(an_operation_on_what_is_not_there_fails_with_its_pointer)
{
    auto const* const document = R"({"a":[1,2],"s":"x","":{"":0}})";
    for (auto const* path : {"/b", "/a/2", "/a/-", "/a/01", "/a/+1", "/a/-1", "/a/1 ", "/a/", "/a/x", "/s/0",
                             "/a/18446744073709551616", "/b/c"}) {
        auto const missing = std::string("missing_target '") + path + "'";
        auto const in = [&](std::string_view operation) {
            auto text = "[" + std::string(operation) + "]";
            text.replace(text.find('@'), 1, path);
            return patched(document, text);
        };
        BOOST_TEST(in(R"({"op":"remove","path":"@"})") == missing);
        BOOST_TEST(in(R"({"op":"replace","path":"@","value":1})") == missing);
        BOOST_TEST(in(R"({"op":"test","path":"@","value":1})") == missing);
        BOOST_TEST(in(R"({"op":"move","from":"@","path":"/n"})") == missing);
        BOOST_TEST(in(R"({"op":"copy","from":"@","path":"/n"})") == missing);
    }
    BOOST_TEST(patched(document, R"([{"op":"add","path":"/a/3","value":1}])") == "missing_target '/a/3'");
    BOOST_TEST(patched(document, R"([{"op":"copy","from":"/a","path":"/b/c"}])") == "missing_target '/b/c'");
    BOOST_TEST(patched(document, R"([{"op":"move","from":"/a","path":"/a"}])") == R"({"s":"x","":{"":0},"a":[1,2]})");
    BOOST_TEST(patched(document, R"([{"op":"remove","path":"//"}])") == R"({"a":[1,2],"s":"x","":{}})");
}

BOOST_AUTO_TEST_CASE(what_is_no_operation_is_told_by_its_place_in_the_patch)
{
    for (auto const* operation :
         {"1", "[]", "{}", R"({"op":"add","path":"/a"})", R"({"op":"test","path":"/a"})",
          R"({"op":"replace","path":"/a"})", R"({"op":"add","value":1})", R"({"path":"/a","value":1})",
          R"({"op":"spam","path":"/a","value":1})", R"({"op":1,"path":"/a","value":1})",
          R"({"op":"add","path":1,"value":1})", R"({"op":"add","path":"a","value":1})",
          R"({"op":"remove","path":"/~"})", R"({"op":"remove","path":"/~2"})", R"({"op":"move","path":"/a"})",
          R"({"op":"copy","path":"/a","from":"b"})", R"({"op":"move","from":"/a","path":"/a/b"})",
          R"({"op":"move","from":"","path":"/a"})", R"({"op":"Add","path":"/a","value":1})"}) {
        auto const text = R"([{"op":"test","path":"","value":{"a":{"b":1}}},)" + std::string(operation) + "]";
        BOOST_TEST(patched(R"({"a":{"b":1}})", text) == "invalid_operation '/1'", operation);
    }
    BOOST_TEST(patched("{}", R"({"op":"remove","path":""})") == "expected_array ''");
    BOOST_TEST(patched("{}", "null") == "expected_array ''");
}

BOOST_AUTO_TEST_CASE(nothing_of_a_patch_remains_where_an_operation_fails)
{
    auto const before = json(R"({"a":1})");
    auto const operations = json(R"([{"op":"remove","path":"/a"},{"op":"test","path":"/b","value":1}])");
    BOOST_TEST(told(json_patched(before, operations)) == "missing_target '/b'");
    BOOST_TEST(shown(before) == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(copies_that_double_the_document_are_refused_before_they_fill_memory)
{
    std::string operations = "[";
    for (int i = 0; i < 64; ++i)
        operations += R"({"op":"copy","from":"","path":"/k)" + std::to_string(i) + R"("},)";
    operations.back() = ']';
    auto const made = json_patched(json(R"({"a":"some text"})"), json(operations));
    BOOST_REQUIRE(!made);
    BOOST_TEST((made.error().front().code == errc::too_large || made.error().front().code == errc::too_deep));

    operations = R"([{"op":"add","path":"/l","value":["some text"]},)";
    for (int i = 0; i < 64; ++i)
        operations += R"({"op":"copy","from":"/l","path":"/l/-"},{"op":"copy","from":"/l","path":"/m"},)"
                      R"({"op":"copy","from":"/m","path":"/l/0"},)";
    operations.back() = ']';
    auto const lists = json_patched(json("{}"), json(operations));
    BOOST_REQUIRE(!lists);
    BOOST_TEST((lists.error().front().code == errc::too_large));
    BOOST_TEST(*lists.error().front().limit == json_patch_copy_budget);
}

BOOST_AUTO_TEST_CASE(moves_and_adds_that_nest_beyond_the_ceiling_are_refused)
{
    // Each step puts all that was nested before into one more object.
    std::string operations = R"([{"op":"add","path":"","value":{"k":1,"next":{}}})";
    for (int i = 0; i < 2'000; ++i)
        operations += R"(,{"op":"move","from":"/k","path":"/next/k"},{"op":"move","from":"/next","path":"/k"})"
                      R"(,{"op":"add","path":"/next","value":{}})";
    BOOST_TEST(patched("{}", operations + "]") == "too_deep '' limit 1024");
    auto const at_most = nested(nesting_ceiling - 1);
    BOOST_TEST(patched("{}", R"([{"op":"add","path":"/k","value":)" + at_most + "}]") == nested(nesting_ceiling));
    BOOST_TEST(patched("{}", R"([{"op":"add","path":"/k","value":)" + nested(nesting_ceiling) + "}]") ==
               "too_deep '' limit 1024");
    BOOST_TEST(patched(nested(1000), R"([{"op":"replace","path":")" + pointer(900) + R"(","value":)" + nested(200) +
                                         "}]") == "too_deep '' limit 1024");
    // What was deep and is gone counts no more.
    BOOST_TEST(patched(nested(1000), R"([{"op":"remove","path":"/k"},{"op":"add","path":"/k","value":)" + nested(1000) +
                                         R"(},{"op":"move","from":"/k","path":"/l"}])")
                   .starts_with(R"({"l":{"k")"));
}

BOOST_AUTO_TEST_CASE(pointers_are_read_token_by_token)
{
    using tokens = std::vector<std::string>;
    BOOST_TEST((detail::tokens_of("") == tokens{}));
    BOOST_TEST((detail::tokens_of("/") == tokens{""}));
    BOOST_TEST((detail::tokens_of("/a~1b/~0/~01/") == tokens{"a/b", "~", "~1", ""}));
    for (auto const* text : {"a", " /a", "/~", "/~2", "/a~", "/~a"})
        BOOST_TEST(!detail::tokens_of(text), text);
    BOOST_TEST((detail::index_of("10", 10) == 10U));
    BOOST_TEST(!detail::index_of("11", 10));
    BOOST_TEST(!detail::index_of("", 10));
}

BOOST_AUTO_TEST_SUITE_END()

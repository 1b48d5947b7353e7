// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/json_patch.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
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
        {R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])", "test_failed '/baz' operation 0"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
         R"({"foo":"bar","child":{"grandchild":{}}})"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])", R"({"foo":"bar","baz":"qux"})"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])",
         "missing_target '/baz' operation 0 no_member"},
        // A.13 has the member "op" twice: of duplicates the last one counts, and "remove" finds nothing at /baz.
        {R"({"foo":"bar"})", R"([{"op":"remove","path":"/baz","value":"qux"}])",
         "missing_target '/baz' operation 0 no_member"},
        {R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])", R"({"/":9,"~1":10})"},
        {R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", "test_failed '/~01' operation 0"},
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
        BOOST_TEST(patched("", on_member) == "missing_target '' operation 0 no_document", op);
    }
    BOOST_TEST(patched("", R"([{"op":"replace","path":"","value":1}])") == "missing_target '' operation 0 no_document");
    BOOST_TEST(patched("", R"([{"op":"remove","path":""}])") == "missing_target '' operation 0 no_document");
    BOOST_TEST(patched("", R"([{"op":"copy","from":"","path":""}])") == "missing_target '' operation 0 no_document");
}

BOOST_AUTO_TEST_CASE(an_operation_on_what_is_not_there_tells_the_part_that_is_missing_and_why)
{
    auto const* const document = R"({"a":[1,2],"s":"x","":{"":0},"o":{"p":{}}})";
    struct {
        char const* path;
        char const* missing;
        char const* fault;
    } const cases[]{
        {"/b", "/b", "no_member"},
        {"/b/c/d", "/b", "no_member"},
        {"/o/p/q", "/o/p/q", "no_member"},
        {"/o/q/r", "/o/q", "no_member"},
        {"/~01~1", "/~01~1", "no_member"},
        {"/a/2", "/a/2", "no_element"},
        {"/a/2/x", "/a/2", "no_element"},
        {"/a/-", "/a/-", "no_element"},
        {"/a/18446744073709551616", "/a/18446744073709551616", "no_element"},
        {"/a/01", "/a/01", "no_index"},
        {"/a/+1", "/a/+1", "no_index"},
        {"/a/-1", "/a/-1", "no_index"},
        {"/a/1 ", "/a/1 ", "no_index"},
        {"/a/", "/a/", "no_index"},
        {"/a/x", "/a/x", "no_index"},
        {"/s/0", "/s/0", "not_a_container"},
        {"/a/0/0/0", "/a/0/0", "not_a_container"},
    };
    for (auto const& each : cases) {
        auto const missing = std::string("missing_target '") + each.missing + "' operation 1 " + each.fault;
        auto const in = [&](std::string_view operation) {
            auto text = R"([{"op":"test","path":"/s","value":"x"},)" + std::string(operation) + "]";
            text.replace(text.find('@'), 1, each.path);
            return patched(document, text);
        };
        BOOST_TEST(in(R"({"op":"remove","path":"@"})") == missing);
        BOOST_TEST(in(R"({"op":"replace","path":"@","value":1})") == missing);
        BOOST_TEST(in(R"({"op":"test","path":"@","value":1})") == missing);
        BOOST_TEST(in(R"({"op":"move","from":"@","path":"/n"})") == missing);
        BOOST_TEST(in(R"({"op":"copy","from":"@","path":"/n"})") == missing);
    }
    BOOST_TEST(patched(document, R"([{"op":"add","path":"/a/3","value":1}])") ==
               "missing_target '/a/3' operation 0 no_element");
    BOOST_TEST(patched(document, R"([{"op":"add","path":"/a/x","value":1}])") ==
               "missing_target '/a/x' operation 0 no_index");
    BOOST_TEST(patched(document, R"([{"op":"add","path":"/s/x","value":1}])") ==
               "missing_target '/s/x' operation 0 not_a_container");
    BOOST_TEST(patched(document, R"([{"op":"copy","from":"/a","path":"/b/c/d"}])") ==
               "missing_target '/b' operation 0 no_member");
    // What was moved away is not there any more.
    BOOST_TEST(
        patched(document, R"([{"op":"move","from":"/o","path":"/o"},{"op":"move","from":"/a","path":"/a/0"}])") ==
        "invalid_operation '/1/path' operation 1 into_itself");
    BOOST_TEST(patched(document, R"([{"op":"move","from":"/a/0","path":"/a/2"}])") ==
               "missing_target '/a/2' operation 0 no_element");
    BOOST_TEST(patched(document, R"([{"op":"move","from":"/a","path":"/a"}])") ==
               R"({"s":"x","":{"":0},"o":{"p":{}},"a":[1,2]})");
    BOOST_TEST(patched(document, R"([{"op":"remove","path":"//"}])") == R"({"a":[1,2],"s":"x","":{},"o":{"p":{}}})");
}

BOOST_AUTO_TEST_CASE(what_is_no_operation_is_told_by_its_place_in_the_patch)
{
    for (auto const* each : {R"({"op":"Replace","path":"/a","value":1}=/1/op' operation 1 unknown_op)",
                             R"({"op":"add","path":"a","value":1}=/1/path' operation 1 no_slash)",
                             R"({"op":"add","path":"/a"}=/1/value' operation 1 missing_member)",
                             R"({"op":"move","from":"/a","path":"/a/b"}=/1/path' operation 1 into_itself)",
                             R"("remove"=/1' operation 1 not_an_object)"}) {
        auto const text = std::string_view(each);
        auto const operation = text.substr(0, text.find('='));
        auto const operations = R"([{"op":"test","path":"","value":{"a":{"b":1}}},)" + std::string(operation) + "]";
        BOOST_TEST(patched(R"({"a":{"b":1}})", operations) ==
                   "invalid_operation '" + std::string(text.substr(operation.size() + 1)));
    }
    BOOST_TEST(patched("{}", R"({"op":"remove","path":""})") == "expected_array ''");
    BOOST_TEST(patched("{}", "null") == "expected_array ''");
}

BOOST_AUTO_TEST_CASE(the_first_operation_that_fails_is_told_alone)
{
    BOOST_TEST(patched("{}", R"([{"op":"remove","path":"/a"},{"op":"spam"}])") ==
               "missing_target '/a' operation 0 no_member");
    BOOST_TEST(patched("{}", R"([{"op":"add","path":"/a","value":1},{"op":"spam"},{"op":"remove","path":"/b"}])") ==
               "invalid_operation '/1/op' operation 1 unknown_op");
}

BOOST_AUTO_TEST_CASE(nothing_of_a_patch_remains_where_an_operation_fails)
{
    auto const before = json(R"({"a":1})");
    auto const operations = json(R"([{"op":"remove","path":"/a"},{"op":"test","path":"/b","value":1}])");
    BOOST_TEST(told(json_patched(before, operations)) == "missing_target '/b' operation 1 no_member");
    BOOST_TEST(shown(before) == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(members_keep_their_order_whatever_is_done)
{
    BOOST_TEST(
        patched(
            R"({"a":1,"b":2,"c":3,"d":4})",
            R"([{"op":"remove","path":"/b"},{"op":"add","path":"/e","value":5},{"op":"copy","from":"/c","path":"/a"},
                           {"op":"add","path":"/b","value":6},{"op":"move","from":"/c","path":"/f"},
                           {"op":"replace","path":"/d","value":7}])") == R"({"a":3,"d":7,"e":5,"b":6,"f":3})");
}

BOOST_AUTO_TEST_CASE(a_value_that_was_changed_inside_is_tested_copied_and_moved_as_it_is_now)
{
    BOOST_TEST(patched(R"({"a":{"l":[1,2]}})",
                       R"([{"op":"add","path":"/a/l/0","value":0},{"op":"remove","path":"/a/l/2"},
                           {"op":"test","path":"/a","value":{"l":[0,1]}},{"op":"copy","from":"/a","path":"/b"},
                           {"op":"add","path":"/b/l/-","value":2},{"op":"test","path":"/a/l","value":[0,1]},
                           {"op":"move","from":"/a/l","path":"/b/m"},{"op":"replace","path":"/b/l","value":{}},
                           {"op":"add","path":"/b/l/x","value":3},{"op":"remove","path":"/b/m/0"}])") ==
               R"({"a":{},"b":{"l":{"x":3},"m":[1]}})");
    BOOST_TEST(patched(R"({"a":[1]})", R"([{"op":"add","path":"/a/0","value":0},
                                           {"op":"test","path":"","value":{"a":[1]}}])") ==
               "test_failed '' operation 1");
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
    BOOST_TEST(*lists.error().front().actual > json_patch_copy_budget);
    BOOST_TEST(lists.error().front().operation.has_value());
    BOOST_TEST((lists.error().front().pointer == "/l/-" || lists.error().front().pointer == "/l/0" ||
                lists.error().front().pointer == "/m"));

    // The budget is what may be copied: not a byte more.
    auto const text = "\"" + std::string(json_patch_copy_budget - 2, 'x') + "\"";
    auto const copies = R"([{"op":"copy","from":"/s","path":"/t"},{"op":"copy","from":"/o","path":"/p"}])";
    BOOST_TEST(told(json_patched(json(R"({"s":)" + text + R"(,"o":1})"), json(copies))) ==
               "too_large '/p' limit 16777216 actual 16777217 operation 1");
    BOOST_TEST(told(json_patched(json(R"({"s":)" + text + "}"), json(copies))) ==
               "missing_target '/o' operation 1 no_member");
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

BOOST_AUTO_TEST_CASE(what_is_copied_is_held_against_the_ceiling_too)
{
    auto const steps = R"({"op":"move","from":"/k","path":"/next/k"},{"op":"move","from":"/next","path":"/k"},)"
                       R"({"op":"add","path":"/next","value":{}})";
    std::string operations = R"([{"op":"add","path":"","value":{"k":1,"next":{}}})";
    for (int i = 0; i < 1'024; ++i)
        operations += std::string(",") + steps;
    // /k is nested 1,024 deep, which can be copied, and the document 1,025, which cannot be.
    auto const copy = R"(,{"op":"copy","from":"/k","path":""}])";
    BOOST_TEST(patched("{}", operations + copy) == nested(nesting_ceiling));
    BOOST_TEST(patched("{}", operations + R"(,{"op":"copy","from":"","path":"/l"}])") ==
               "too_deep '' limit 1024 operation 3073");
    BOOST_TEST(patched("{}", operations + "," + steps + copy) == "too_deep '' limit 1024 operation 3076");
    BOOST_TEST(patched("{}", operations + R"(,{"op":"remove","path":"/k"}])") == R"({"next":{}})");
}

BOOST_AUTO_TEST_CASE(a_value_moves_within_the_storage_of_the_document)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    auto const made =
        json_patched(json(R"({"a":{"b":[1]}})", storage), json(R"([{"op":"move","from":"/a/b","path":"/c"}])"));
    BOOST_TEST((*made.value()->storage() == *storage));
    BOOST_TEST((*made.value()->at("c").storage() == *storage));
}

namespace {

boost::json::value operation(char const* op, std::string const& path, boost::json::value value = nullptr)
{
    return {{"op", op}, {"path", path}, {"value", std::move(value)}};
}

boost::json::object wide_object(int members)
{
    boost::json::object made;
    for (int i = 0; i < members; ++i)
        made.emplace(std::to_string(i), i);
    return made;
}

} // namespace

// Each of these would take minutes, if an operation cost the members or elements beside its place.

BOOST_AUTO_TEST_CASE(many_members_are_removed_from_one_object)
{
    constexpr int count = 200'000;
    boost::json::array operations;
    for (int i = 0; i < count - 1; ++i)
        operations.push_back(operation("remove", "/" + std::to_string(i)));
    auto const made = json_patched(wide_object(count), operations);
    BOOST_TEST(shown(**made) == R"({"199999":199999})");
}

BOOST_AUTO_TEST_CASE(many_operations_of_all_kinds_are_done_on_one_object)
{
    constexpr int count = 100'000;
    boost::json::array operations;
    for (int i = 0; i < count; ++i) {
        auto const key = "/" + std::to_string(i);
        switch (i % 5) {
        case 0: // removed, and put last again
            operations.push_back(operation("remove", key));
            operations.push_back(operation("add", key, i));
            break;
        case 1:
            operations.push_back({{"op", "move"}, {"from", key}, {"path", key + "m"}});
            break;
        case 2:
            operations.push_back({{"op", "copy"}, {"from", key}, {"path", key + "c"}});
            operations.push_back(operation("remove", key));
            break;
        case 3:
            operations.push_back(operation("test", key, i));
            operations.push_back(operation("remove", key));
            break;
        default:
            operations.push_back(operation("replace", key, -i));
        }
    }
    auto const made = json_patched(wide_object(count), operations);
    auto const& members = (*made)->get_object();
    BOOST_TEST(members.size() == 4U * count / 5);
    BOOST_TEST(members.begin()->key() == "4");
    BOOST_TEST(std::prev(members.end())->key() == "99997c");
}

BOOST_AUTO_TEST_CASE(many_elements_are_removed_from_the_front_of_an_array_and_put_there)
{
    constexpr int count = 100'000;
    boost::json::array elements;
    boost::json::array operations;
    for (int i = 0; i < count; ++i) {
        elements.emplace_back(i);
        operations.push_back(operation("remove", "/0"));
    }
    BOOST_TEST(shown(**json_patched(elements, operations)) == "[]");
    operations.clear();
    for (int i = 0; i < count; ++i) {
        operations.push_back(operation("add", "/0", i));
        operations.push_back({{"op", "move"}, {"from", "/1"}, {"path", "/-"}});
    }
    auto const made = json_patched(elements, operations);
    BOOST_TEST((*made)->get_array().size() == 2U * count);
    BOOST_TEST((*made)->get_array().front() == count - 1);
}

BOOST_AUTO_TEST_CASE(a_wide_object_moves_in_and_out_of_others)
{
    constexpr int count = 50'000;
    boost::json::array operations;
    auto const deepest = nested(nesting_ceiling - 2); // so that each move may come to the ceiling
    operations.push_back(operation("add", "/deep", json(deepest)));
    for (int i = 0; i < count; ++i) {
        operations.push_back({{"op", "move"}, {"from", "/x"}, {"path", "/y/x"}});
        operations.push_back(operation("remove", "/y/x/" + std::to_string(i)));
        operations.push_back({{"op", "move"}, {"from", "/y/x"}, {"path", "/x"}});
    }
    auto const made =
        json_patched(boost::json::object{{"x", wide_object(2 * count)}, {"y", boost::json::object()}}, operations);
    BOOST_TEST((*made)->at("x").get_object().size() == static_cast<std::size_t>(count));
}

BOOST_AUTO_TEST_SUITE_END()

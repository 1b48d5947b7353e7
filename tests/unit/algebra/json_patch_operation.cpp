// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/json_patch_operation.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(json_patch_operations)

namespace {

/// What is wrong with an operation that stands at index 7.
std::string fault_of(std::string_view operation)
{
    auto const value = json(operation);
    detail::json_patch_operation into;
    auto const wrong = detail::operation_reader(7).read(value, into);
    return wrong ? told(report(*wrong)) : "none";
}

std::string invalid(std::string const& place, std::string const& fault)
{
    return "invalid_operation '/7" + place + "' operation 7 " + fault;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_operation_is_read_into_its_parts)
{
    using tokens = detail::pointer_tokens;
    auto const value = json(R"([{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"},
        {"op":"replace","path":"","value":2},{"op":"move","path":"/a","from":"/b/0"},
        {"op":"copy","path":"/a/b","from":"/a"},{"op":"test","path":"/c","value":null,"from":7}])");
    using enum detail::operation_kind;
    detail::operation_kind const kinds[]{add, remove, replace, move, copy, test};
    tokens const paths[]{{"a"}, {"b"}, {}, {"a"}, {"a", "b"}, {"c"}};
    tokens const sources[]{{}, {}, {}, {"b", "0"}, {"a"}, {}};
    for (std::size_t i = 0; i < 6; ++i) {
        auto const& given = value.get_array()[i];
        detail::json_patch_operation made;
        BOOST_TEST(!detail::operation_reader(i).read(given, made), i);
        BOOST_TEST((made.kind == kinds[i]), i);
        BOOST_TEST((made.path == paths[i]), i);
        BOOST_TEST((made.from == sources[i]), i);
        auto const* const expected = i == 1 || i == 3 || i == 4 ? nullptr : given.get_object().if_contains("value");
        BOOST_TEST(made.value == expected, i);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_operation_is_told_by_the_member_and_the_fault)
{
    for (auto const* text : {"1", "[]", "null", R"("add")"})
        BOOST_TEST(fault_of(text) == invalid("", "not_an_object"), text);
    struct {
        char const* operation;
        char const* member;
        char const* fault;
    } const wrong[]{
        {"{}", "/op", "missing_member"},
        {R"({"path":"/a","value":1})", "/op", "missing_member"},
        {R"({"op":1,"path":"/a","value":1})", "/op", "not_a_string"},
        {R"({"op":"spam","path":"/a","value":1})", "/op", "unknown_op"},
        {R"({"op":"Replace","path":"/a","value":1})", "/op", "unknown_op"},
        {R"({"op":"","path":"/a","value":1})", "/op", "unknown_op"},
        {R"({"op":"tests","path":"/a","value":1})", "/op", "unknown_op"},
        {R"({"op":"add","value":1})", "/path", "missing_member"},
        {R"({"op":"add","path":1,"value":1})", "/path", "not_a_string"},
        {R"({"op":"add","path":["a"],"value":1})", "/path", "not_a_string"},
        {R"({"op":"add","path":"a","value":1})", "/path", "no_slash"},
        {R"({"op":"remove","path":"/~"})", "/path", "bad_escape"},
        {R"({"op":"remove","path":"/~2"})", "/path", "bad_escape"},
        {R"({"op":"add","path":"/a"})", "/value", "missing_member"},
        {R"({"op":"test","path":"/a","from":"/b"})", "/value", "missing_member"},
        {R"({"op":"replace","path":"/a","values":1})", "/value", "missing_member"},
        {R"({"op":"move","path":"/a"})", "/from", "missing_member"},
        {R"({"op":"copy","path":"/a","from":7})", "/from", "not_a_string"},
        {R"({"op":"copy","path":"/a","from":"b"})", "/from", "no_slash"},
        {R"({"op":"move","path":"/a","from":"/~x"})", "/from", "bad_escape"},
        {R"({"op":"move","from":"/a","path":"/a/b"})", "/path", "into_itself"},
        {R"({"op":"move","from":"","path":"/a"})", "/path", "into_itself"},
        {R"({"op":"move","from":"/a/b","path":"/a/b/c/d"})", "/path", "into_itself"},
    };
    for (auto const& each : wrong)
        BOOST_TEST(fault_of(each.operation) == invalid(each.member, each.fault), each.operation);
    for (auto const* fine : {R"({"op":"move","from":"/a","path":"/a"})", R"({"op":"move","from":"/a","path":"/b/c"})",
                             R"({"op":"move","from":"/a/b","path":"/a"})", R"({"op":"copy","from":"/a","path":"/a/b"})",
                             R"({"op":"move","from":"/a","path":"/ab/c"})"})
        BOOST_TEST(fault_of(fine) == "none", fine);
}

BOOST_AUTO_TEST_CASE(an_object_that_looks_like_an_operation_is_known)
{
    for (auto const* text : {R"({"op":"replace","path":"/a","value":1})", R"({"path":"a","op":"Remove"})",
                             R"({"op":"move","path":"/a","from":"/b"})", R"({"op":"x","path":"","from":1,"value":{}})"})
        BOOST_TEST(is_like_operation(json(text)), text);
    for (auto const* text :
         {"{}", "[]", "null", R"([{"op":"remove","path":"/a"}])", R"({"op":"replace","value":1})",
          R"({"op":1,"path":"/a"})", R"({"op":"remove","path":null})", R"({"path":"/a","value":1})",
          R"({"op":"remove","path":"/a","color":"red"})", R"({"op":"x","path":"","from":1,"value":1,"a":1})"})
        BOOST_TEST(!is_like_operation(json(text)), text);
}

BOOST_AUTO_TEST_CASE(every_operation_that_is_wrong_by_itself_is_told_without_a_document)
{
    auto const why = validate_json_patch(json(R"([{"op":"add"},{"op":"remove","path":"/not/there"},1,
                                                  {"op":"move","from":"/a","path":"/a/b"}])"));
    std::string told;
    for (auto const& each : why)
        told += std::to_string(*each.operation) + ' ' + each.pointer + ' ' + std::string(name(*each.fault)) + '\n';
    BOOST_TEST(told == "0 /0/path missing_member\n2 /2 not_an_object\n3 /3/path into_itself\n");
    BOOST_TEST(validate_json_patch(json("[]")).empty());
    BOOST_TEST(validate_json_patch(json(R"([{"op":"test","path":"","value":null}])")).empty());
    for (auto const* text : {"{}", "null", R"({"op":"remove","path":"/a"})"}) {
        auto const no_array = validate_json_patch(json(text));
        BOOST_TEST((no_array.size() == 1 && no_array.front().code == errc::expected_array));
    }
}

BOOST_AUTO_TEST_CASE(of_many_wrong_operations_those_beyond_the_budget_are_only_counted)
{
    std::string text = "[1";
    for (std::size_t bytes = 0; bytes <= report::pointer_budget; bytes += 3)
        text += ",1";
    auto const why = validate_json_patch(json(text + "]"));
    BOOST_TEST(!why.empty());
    BOOST_TEST(why.omitted() > 0U);
}

BOOST_AUTO_TEST_SUITE_END()

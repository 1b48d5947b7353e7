// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/validate.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::present;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(validation)

namespace {

constexpr std::array<std::string_view, 1> id_alone{"id"};
constexpr both no_dot_no_id{key_characters::all_but("."), reserved_names{id_alone}};
constexpr policy strings{any_key{}, {}, {.values = value_types::string}};
constexpr policy strings_or_null{any_key{}, {}, {.values = value_types::string_or_null, .max_value_code_points = 3}};
constexpr policy three_members{any_key{}, {}, {.max_members = 3}};

constexpr policy<> max_bytes(std::size_t bytes)
{
    auto made = first_level;
    made.limits.max_bytes = bytes;
    return made;
}

template<key_rule Keys>
std::string refusal(std::string_view body, policy<Keys> const& rules)
{
    return told(validate(json(body), rules));
}

template<key_rule Keys>
std::string refusal(std::string_view stored, std::string_view body, policy<Keys> const& rules)
{
    return told(validate(present(stored), json(body), rules));
}

std::string nested(std::size_t levels)
{
    std::string text = "1";
    for (std::size_t i = 0; i < levels; ++i)
        text = i % 2 == 0 || i + 1 == levels ? R"({"k":)" + text + "}" : "[" + text + "]";
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_patch_without_fault_has_no_violation)
{
    BOOST_TEST(refusal(R"({"a":1,"b":{"c":[null,{"d":""}]},"":null})", first_level).empty());
    BOOST_TEST(refusal("{}", first_level).empty());
    BOOST_TEST(told(validate(patch(), first_level)).empty());
    BOOST_TEST(told(validate(patch().clear(), first_level)).empty());
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_object_is_refused_alone)
{
    for (auto const* body : {"null", "[]", "1", "1.5", R"("{}")", "false"}) {
        BOOST_TEST(refusal(body, first_level) == "expected_object ''", body);
        BOOST_TEST(refusal(R"({"a":1})", body, three_members) == "expected_object ''", body);
    }
    constexpr policy null_clears{any_key{}, {.on_null = null_body::clears}};
    BOOST_TEST(refusal("null", null_clears).empty());
    BOOST_TEST(refusal("[]", null_clears) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(keys_are_judged_at_every_depth_also_inside_arrays_and_with_null)
{
    auto const rules = with_keys(first_level, no_dot_no_id);
    BOOST_TEST(refusal(R"({"a.b":null,"x":[1,{"c.d":{"e.":1}}],"y":{"z":{".":0}}})", rules) ==
               "invalid_key_character '/a.b'; invalid_key_character '/x/1/c.d'; invalid_key_character '/x/1/c.d/e.'; "
               "invalid_key_character '/y/z/.'");
    BOOST_TEST(refusal(R"({"id":null,"x":{"id":1}})", rules) == "reserved_key '/id'");
    BOOST_TEST(refusal(R"({"":{"":1}})", with_keys(first_level, no_empty_key{})) == "empty_key '/'; empty_key '//'");
}

BOOST_AUTO_TEST_CASE(a_key_is_told_all_that_its_rule_refuses)
{
    auto const rules = and_keys(with_keys(first_level, no_dot_no_id), [](std::string_view key) noexcept {
        return key == "id" ? key_verdict(errc::invalid_key_character) : key_verdict(true);
    });
    BOOST_TEST(refusal(R"({"id":1})", rules) == "invalid_key_character '/id'; reserved_key '/id'");
}

BOOST_AUTO_TEST_CASE(the_length_of_first_level_keys_is_limited_in_code_points)
{
    constexpr policy rules{any_key{}, {}, {.max_key_code_points = 3}};
    BOOST_TEST(refusal(R"({"abc":1,"\u00e9\u00e9\u00e9":1,"\ud83d\ude00\ud83d\ude00\ud83d\ude00":1})", rules).empty());
    BOOST_TEST(
        refusal(R"({"abcd":null,"\u00e9\u00e9\u00e9\u00e9":1,"x":{"abcd":1}})", rules) ==
        "key_too_long '/abcd' limit 3 actual 4; key_too_long '/\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9' limit 3 actual 4");
}

BOOST_AUTO_TEST_CASE(first_level_values_are_of_the_types_admitted)
{
    BOOST_TEST(refusal(R"({"a":"","b":null})", strings_or_null).empty());
    BOOST_TEST(refusal(R"({"a":1,"b":true,"c":[],"d":{},"e":1.5,"f":"ok"})", strings_or_null) ==
               "invalid_value_type '/a'; invalid_value_type '/b'; invalid_value_type '/c'; invalid_value_type '/d'; "
               "invalid_value_type '/e'");
    BOOST_TEST(refusal(R"({"a":null,"b":""})", strings) == "invalid_value_type '/a'");
    BOOST_TEST(refusal(R"({"a":{"b":1}})", first_level).empty());
}

BOOST_AUTO_TEST_CASE(first_level_strings_are_limited_in_code_points)
{
    BOOST_TEST(refusal(R"({"a":"abc","b":"\u20ac\u20ac\u20ac"})", strings_or_null).empty());
    BOOST_TEST(refusal(R"({"a":"abcd","b":"\u20ac\u20ac\u20ac\u20ac"})", strings_or_null) ==
               "value_too_long '/a' limit 3 actual 4; value_too_long '/b' limit 3 actual 4");
    constexpr policy any_values{any_key{}, {}, {.max_value_code_points = 3}};
    BOOST_TEST(refusal(R"({"a":["abcd"],"b":{"c":"abcd"}})", any_values).empty());
}

BOOST_AUTO_TEST_CASE(inside_a_refused_value_nothing_but_nesting_is_looked_at)
{
    constexpr policy rules{key_characters::all_but("."), {}, {.values = value_types::string}, {.max_nesting = 3}};
    BOOST_TEST(refusal(R"({"a":{"b.c":1},"d.":"x"})", rules) == "invalid_value_type '/a'; invalid_key_character '/d.'");
    BOOST_TEST(refusal(R"({"a":{"b":[[]]}})", rules) == "too_deep '' limit 3");
}

BOOST_AUTO_TEST_CASE(members_of_the_body_are_counted_nulls_included)
{
    BOOST_TEST(refusal(R"({"a":1,"b":null,"c":3})", three_members).empty());
    BOOST_TEST(refusal(R"({"a":1,"b":null,"c":3,"d":null})", three_members) == "too_many_members '' limit 3 actual 4");
    BOOST_TEST(refusal(R"({"a":[1,2,3,4,5],"b":{"p":1,"q":2,"r":3,"s":4}})", three_members).empty());
}

BOOST_AUTO_TEST_CASE(members_of_the_result_are_counted)
{
    BOOST_TEST(refusal(R"({"a":1,"b":2})", R"({"c":3})", three_members).empty());
    BOOST_TEST(refusal(R"({"a":1,"b":2})", R"({"c":3,"d":4})", three_members) ==
               "too_many_members '' limit 3 actual 4");
    BOOST_TEST(refusal(R"({"a":1,"b":2})", R"({"c":3,"d":4,"a":null})", three_members).empty());
    // What is stored is not judged again, but a result beyond the limit is refused, be it smaller than before.
    auto const five = R"({"a":1,"b":2,"c":3,"d":4,"e":5})";
    BOOST_TEST(refusal(five, R"({"a":null})", three_members) == "too_many_members '' limit 3 actual 4");
    BOOST_TEST(refusal(five, R"({"a":null,"b":null})", three_members).empty());
    BOOST_TEST(refusal(five, "{}", three_members).empty());
    BOOST_TEST(told(validate(present(five), patch(), three_members)).empty());
}

BOOST_AUTO_TEST_CASE(nesting_is_limited_on_both_sides_of_the_limit)
{
    for (std::size_t const limit : {1U, 2U, 5U, 512U, 1024U}) {
        auto rules = first_level;
        rules.read.max_nesting = limit;
        BOOST_TEST(refusal(nested(limit), rules).empty());
        BOOST_TEST(refusal(nested(limit + 1), rules) == "too_deep '' limit " + std::to_string(limit));
    }
    auto rules = first_level;
    rules.read.max_nesting = 100'000;
    BOOST_TEST(refusal(nested(1025), rules) == "too_deep '' limit 1024");
    rules.read.max_nesting = 0;
    BOOST_TEST(refusal(R"({"a":1})", rules) == "too_deep '' limit 0");
}

BOOST_AUTO_TEST_CASE(too_deep_is_told_alone)
{
    policy const rules{key_characters::all_but("."), {}, {.max_members = 1}, {.max_nesting = 2}};
    BOOST_TEST(refusal(R"({".":1,"a":[[]],"b.":2})", rules) == "too_deep '' limit 2");
}

BOOST_AUTO_TEST_CASE(a_body_nested_a_million_deep_is_judged_without_recursion)
{
    // In a monotonic resource nothing is destroyed, or Boost.JSON's own destructor would overflow the stack.
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    boost::json::object body(storage);
    boost::json::value deep(1, storage);
    for (std::size_t i = 0; i < 1'000'000; ++i) {
        boost::json::array around(storage);
        around.push_back(std::move(deep));
        deep = std::move(around);
    }
    body["a"] = std::move(deep);
    BOOST_TEST(told(validate(body, first_level)) == "too_deep '' limit 512");
    BOOST_TEST(told(validate(body, strings)) == "too_deep '' limit 512");
    BOOST_TEST(told(validate(state(), body, max_bytes(10))) == "too_deep '' limit 512");
}

BOOST_AUTO_TEST_CASE(what_no_json_text_can_hold_is_refused_with_its_place)
{
    boost::json::object body;
    body["a"] = "\xC3";
    body["k\xFF"] = boost::json::array{std::numeric_limits<double>::quiet_NaN(), "ok", "\x80"};
    body["c"] = -std::numeric_limits<double>::infinity();
    BOOST_TEST(
        told(validate(body, first_level)) ==
        "malformed_json '/a'; malformed_json '/k\xFF'; number_out_of_range '/k\xFF/0'; malformed_json '/k\xFF/2'; "
        "number_out_of_range '/c'");
}

BOOST_AUTO_TEST_CASE(violations_come_in_the_order_of_the_patch_and_those_of_the_result_only_where_it_is_fine)
{
    constexpr policy rules{
        key_characters::all_but("."), {}, {.max_members = 2, .max_key_code_points = 2, .values = value_types::string}};
    BOOST_TEST(
        refusal(R"({"z..":1,"a":"ok","b.":[{"c.":1}]})", rules) ==
        "too_many_members '' limit 2 actual 3; invalid_key_character '/z..'; key_too_long '/z..' limit 2 actual 3; "
        "invalid_value_type '/z..'; invalid_key_character '/b.'; invalid_value_type '/b.'");
    BOOST_TEST(refusal(R"({"p":1,"q":2})", R"({"r.":""})", rules) == "invalid_key_character '/r.'");
    BOOST_TEST(refusal(R"({"p":1,"q":2})", R"({"r":""})", rules) == "too_many_members '' limit 2 actual 3");
}

BOOST_AUTO_TEST_CASE(the_size_of_the_result_is_limited_exactly)
{
    // {"a":1,"b":"xy"} has 16 bytes.
    BOOST_TEST(refusal(R"({"a":1})", R"({"b":"xy"})", max_bytes(16)).empty());
    BOOST_TEST(refusal(R"({"a":1})", R"({"b":"xy"})", max_bytes(15)) == "too_large '' limit 15 actual 16");
    BOOST_TEST(told(validate(state(), json(R"({"b":"xy"})"), max_bytes(9))) == "too_large '' limit 9 actual 10");
    BOOST_TEST(told(validate(state(), json(R"({"b":"xy"})"), max_bytes(10))).empty());
    BOOST_TEST(refusal(R"({"a":"12345678901234567890"})", R"({"a":1})", max_bytes(7)).empty());
    BOOST_TEST(refusal(R"({"a":"12345678901234567890"})", "{}", max_bytes(2)).empty());
    BOOST_TEST(refusal(R"({"a":"12345678901234567890"})", R"({"b":null})", max_bytes(7)) ==
               "too_large '' limit 7 actual 28");
    BOOST_TEST(told(validate(present(R"({"a":"12345678901234567890"})"), patch(), max_bytes(7))).empty()); // untouched
}

BOOST_AUTO_TEST_CASE(what_lies_below_the_levels_that_merge_counts_as_it_is_written)
{
    auto const size = [](std::string_view stored, std::string_view body, std::size_t levels) {
        auto rules = up_to_level(levels);
        rules.limits.max_bytes = 1;
        return refusal(stored, body, rules);
    };
    auto const too_large = [](std::string_view made) {
        return "too_large '' limit 1 actual " + std::to_string(made.size());
    };
    auto const* const stored = R"({"o":{"a":1,"p":{"b":2}},"s":"text","l":[1,2]})";
    struct {
        char const* body;
        std::size_t levels;
        char const* made;
    } const cases[]{
        {R"({"o":{"c":null}})", 1, R"({"o":{"c":null},"s":"text","l":[1,2]})"},
        {R"({"o":{"a":null,"c":3}})", 2, R"({"o":{"p":{"b":2},"c":3},"s":"text","l":[1,2]})"},
        {R"({"o":{"p":{"d":null}}})", 2, R"({"o":{"a":1,"p":{"d":null}},"s":"text","l":[1,2]})"},
        {R"({"o":{"p":{"d":null}}})", 3, R"({"o":{"a":1,"p":{"b":2}},"s":"text","l":[1,2]})"},
        {R"({"o":7})", 3, R"({"o":7,"s":"text","l":[1,2]})"},
        {R"({"s":{"x":null,"y":{"z":null}}})", 1,
         R"({"o":{"a":1,"p":{"b":2}},"s":{"x":null,"y":{"z":null}},"l":[1,2]})"},
        {R"({"s":{"x":null,"y":{"z":null}}})", 2, R"({"o":{"a":1,"p":{"b":2}},"s":{"y":{"z":null}},"l":[1,2]})"},
        {R"({"s":{"x":null,"y":{"z":null}}})", 3, R"({"o":{"a":1,"p":{"b":2}},"s":{"y":{}},"l":[1,2]})"},
        {R"({"l":{"x":1},"n":{"y":[{"z":null}]}})", 2,
         R"({"o":{"a":1,"p":{"b":2}},"s":"text","l":{"x":1},"n":{"y":[{"z":null}]}})"},
        {R"({"o":null,"n":{}})", 2, R"({"s":"text","l":[1,2],"n":{}})"},
    };
    for (auto const& each : cases)
        BOOST_TEST(size(stored, each.body, each.levels) == too_large(each.made), each.body << " " << each.levels);
}

BOOST_AUTO_TEST_CASE(counts_and_size_of_a_result_are_both_told)
{
    auto rules = max_bytes(10);
    rules.limits.max_members = 1;
    BOOST_TEST(refusal(R"({"a":1})", R"({"b":"xy"})", rules) ==
               "too_many_members '' limit 1 actual 2; too_large '' limit 10 actual 16");
}

BOOST_AUTO_TEST_CASE(the_stored_size_given_is_believed)
{
    // A false size shows that the field itself is not measured.
    known const facts{.stored_size = 1000};
    BOOST_TEST(told(validate(present(R"({"a":1})"), json(R"({"b":2})"), max_bytes(1005), facts)) ==
               "too_large '' limit 1005 actual 1006");
    BOOST_TEST(told(validate(present(R"({"a":1})"), json(R"({"b":2})"), max_bytes(1006), facts)).empty());
}

BOOST_AUTO_TEST_CASE(a_patch_a_value_and_an_object_are_judged_alike)
{
    auto const text = R"({"a.b":1,"c":{"d.":2}})";
    auto const rules = with_keys(first_level, key_characters::all_but("."));
    auto const why = refusal(text, rules);
    BOOST_TEST(told(validate(object(text), rules)) == why);
    BOOST_TEST(told(validate(*patch::from(json(text), rules), rules)) == why);
    BOOST_TEST(why == "invalid_key_character '/a.b'; invalid_key_character '/c/d.'");
}

BOOST_AUTO_TEST_CASE(a_report_ends_after_as_many_violations_as_the_policy_lists)
{
    boost::json::object inside;
    for (int i = 0; i < 2'000; ++i)
        inside[std::to_string(i) + "."] = 1;
    std::string const key(100'000, 'k');
    policy rules{key_characters::all_but(".")};
    auto const few_bytes = validate(boost::json::object{{"k", inside}}, rules);
    BOOST_TEST(few_bytes.size() == 1'000U);
    BOOST_TEST(few_bytes.omitted() == 1'000U);
    BOOST_TEST(few_bytes[999].pointer == "/k/999.");
    auto const long_pointers = validate(boost::json::object{{key, inside}}, rules);
    BOOST_TEST(long_pointers.size() == 11U); // a mebibyte of them, and the one beyond
    BOOST_TEST(long_pointers.omitted() == 1'989U);
    rules.read.max_violations = 1;
    auto const one = validate(boost::json::object{{"k", inside}, {"x.", 1}}, rules);
    BOOST_TEST(one.size() == 1U);
    BOOST_TEST(one.omitted() == 2'000U);
    auto const of_both = validate(state(), boost::json::object{{"k", inside}}, rules);
    BOOST_TEST(of_both.size() == 1U);
    rules.read.max_violations = unlimited;
    BOOST_TEST(validate(boost::json::object{{"k", inside}}, rules).size() == 2'000U);
    rules.read.max_nesting = 1;
    rules.read.max_violations = 1;
    auto const deep = validate(boost::json::object{{"x.", 1}, {"y.", 1}, {"z", boost::json::array()}}, rules);
    BOOST_TEST((deep == report({.code = errc::too_deep, .limit = 1})));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/merge_patch.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(merge_patches)

namespace {

std::string patched(std::string_view target_text, std::string_view patch_text)
{
    auto const patch = json(patch_text);
    auto target = json(target_text);
    BOOST_TEST(told(merge_patch(target, patch)) == "accepted");
    BOOST_TEST(shown(patch) == shown(json(patch_text)));
    BOOST_TEST(shown(*merge_patched(json(target_text), patch)) == shown(target));

    auto moved_into = json(target_text);
    BOOST_TEST(told(merge_patch(moved_into, json(patch_text))) == "accepted");
    BOOST_TEST(shown(moved_into) == shown(target));

    boost::json::monotonic_resource memory;
    auto elsewhere = json(target_text, &memory);
    BOOST_TEST(told(merge_patch(elsewhere, json(patch_text))) == "accepted");
    BOOST_TEST(shown(elsewhere) == shown(target));
    BOOST_TEST((elsewhere.storage().get() == &memory));
    return shown(target);
}

std::string refusal(boost::json::value patch)
{
    auto target = json(R"({"a":1})");
    auto const before = shown(patch);
    auto const why = told(merge_patch(target, patch));
    BOOST_TEST(told(merge_patch(target, std::move(patch))) == why);
    BOOST_TEST(shown(patch) == before);
    BOOST_TEST(told(merge_patched(target, patch)) == why);
    BOOST_TEST(shown(target) == R"({"a":1})");
    return why;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_examples_of_rfc_7396_appendix_a_hold)
{
    struct {
        char const* original;
        char const* patch;
        char const* result;
    } const examples[]{{R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
                       {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
                       {R"({"a":"b"})", R"({"a":null})", "{}"},
                       {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
                       {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
                       {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
                       {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
                       {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
                       {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
                       {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
                       {R"({"a":"foo"})", "null", "null"},
                       {R"({"a":"foo"})", R"("bar")", R"("bar")"},
                       {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
                       {"[1,2]", R"({"a":"b","c":null})", R"({"a":"b"})"},
                       {"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"}};
    for (auto const& each : examples)
        BOOST_TEST(patched(each.original, each.patch) == each.result);
}

BOOST_AUTO_TEST_CASE(the_example_of_rfc_7396_section_3_holds)
{
    BOOST_TEST(
        patched(
            R"({"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},)"
            R"("tags":["example","sample"],"content":"This will be unchanged"})",
            R"({"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},"tags":["example"]})") ==
        R"({"title":"Hello!","author":{"givenName":"John"},"tags":["example"],)"
        R"("content":"This will be unchanged","phoneNumber":"+01-123-456-7890"})");
}

BOOST_AUTO_TEST_CASE(the_empty_object_changes_no_object_and_replaces_any_other_value)
{
    BOOST_TEST(patched(R"({"a":{"b":1}})", "{}") == R"({"a":{"b":1}})");
    BOOST_TEST(patched(R"({"a":{"b":1}})", R"({"a":{}})") == R"({"a":{"b":1}})");
    BOOST_TEST(patched(R"({"a":1})", R"({"a":{}})") == R"({"a":{}})");
    BOOST_TEST(patched("7", "{}") == "{}");
    BOOST_TEST(patched("null", R"({"a":{"b":null,"c":[null]}})") == R"({"a":{"c":[null]}})");
}

BOOST_AUTO_TEST_CASE(a_patch_at_the_ceiling_is_applied_and_one_beyond_is_refused)
{
    std::string text = "1";
    for (std::size_t i = 0; i < nesting_ceiling; ++i)
        text = R"({"k":)" + text + "}";
    BOOST_TEST((patched("{}", text) == text));
    BOOST_TEST(refusal(json(R"({"k":)" + text + "}")) == "too_deep '' limit 1024");
    std::string const arrays = std::string(nesting_ceiling, '[') + std::string(nesting_ceiling, ']');
    BOOST_TEST((patched("1", arrays) == arrays));
    BOOST_TEST(refusal(json("[" + arrays + "]")) == "too_deep '' limit 1024");
}

BOOST_AUTO_TEST_CASE(what_no_json_text_can_hold_is_refused_with_its_place)
{
    double const infinity = std::numeric_limits<double>::infinity();
    BOOST_TEST(refusal("\xFF") == "malformed_json ''");
    BOOST_TEST(refusal(infinity) == "number_out_of_range ''");
    boost::json::value patch = boost::json::object();
    patch.as_object()["a"] = boost::json::array{1, "\xC3"};
    patch.as_object()["b\x80"] = nullptr;
    patch.as_object()["c"] = boost::json::object{{"d", std::numeric_limits<double>::quiet_NaN()}};
    BOOST_TEST(refusal(patch) == "malformed_json '/a/1'; malformed_json '/b\x80'; number_out_of_range '/c/d'");
}

BOOST_AUTO_TEST_CASE(values_of_an_rvalue_are_moved)
{
    auto patch = json(R"({"o":{"list":[1,2,3]}})");
    auto const* const element = patch.at("o").at("list").as_array().data();
    auto target = json(R"({"o":{"list":0,"k":1}})");
    BOOST_TEST(told(merge_patch(target, std::move(patch))) == "accepted");
    BOOST_TEST(target.at("o").at("list").as_array().data() == element);
    BOOST_TEST(shown(target) == R"({"o":{"list":[1,2,3],"k":1}})");

    auto whole = json("[1,2,3]");
    auto const* const first = whole.as_array().data();
    BOOST_TEST(told(merge_patch(target, std::move(whole))) == "accepted");
    BOOST_TEST(target.as_array().data() == first);

    auto again = json(R"({"list":[1,2,3]})");
    auto const* const one = again.at("list").as_array().data();
    BOOST_TEST(merge_patched(nullptr, std::move(again))->at("list").as_array().data() == one);
}

BOOST_AUTO_TEST_CASE(a_patch_may_be_anything_that_a_value_is_made_of)
{
    boost::json::object const object{{"a", nullptr}, {"b", 2}};
    BOOST_TEST(shown(*merge_patched(json(R"({"a":1})"), object)) == R"({"b":2})");
    BOOST_TEST(shown(*merge_patched(json(R"({"a":1})"), {{"a", nullptr}, {"b", 2}})) == R"({"b":2})");
    BOOST_TEST(shown(*merge_patched(json(R"({"a":1})"), "text")) == R"("text")");
}

BOOST_AUTO_TEST_CASE(a_constant_patch_is_never_moved_from)
{
    auto const patch = json(R"({"a":[1]})");
    auto target = json("{}");
    BOOST_TEST(told(merge_patch(target, std::move(patch))) == "accepted");
    BOOST_TEST(shown(patch) == R"({"a":[1]})");
    BOOST_TEST(shown(target) == R"({"a":[1]})");
}

BOOST_AUTO_TEST_SUITE_END()

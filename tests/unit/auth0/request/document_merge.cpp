// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/document_merge.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::every_scan;

BOOST_AUTO_TEST_SUITE(merges_of_documents)

namespace {

/// The new document, or "careful" where it is left to the other way.
std::string merged_once(std::string_view stored, std::string_view text, auth0::field_policy const& user_metadata)
{
    std::array<auth0::detail::field_rules, 2> const fields{
        {{"user_metadata", &user_metadata}, {"app_metadata", &auth0::app_metadata}}};
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
    body.members().look_up([](std::string_view name, std::uint64_t) { return auth0::detail::update_index.find(name); });
    auth0::detail::document_changes changes;
    changes.assign_attributes(body);
    std::string first;
    for (auto const instructions : every_scan()) {
        for (auto const known : {stored_text::checked, stored_text::trusted}) {
            std::string out;
            metapatch::detail::string_sink sink(out);
            bool const merged = auth0::detail::merge_document(stored, changes, known, instructions, sink);
            sink.keep();
            auto const made = merged ? out : "careful";
            first = first.empty() ? made : first;
            BOOST_TEST(made == first);
            BOOST_TEST((made == "careful" || sink.size == out.size()));
        }
    }
    return first;
}

/// The same; and of a document that is not small too, which goes another way.
std::string merged(std::string_view stored, std::string_view text, auth0::field_policy const& user_metadata)
{
    auto made = merged_once(stored, text, user_metadata);
    std::string const space(auth0::detail::small_document + 1, ' ');
    auto const large = merged_once(std::string(stored) + space, text, user_metadata);
    BOOST_TEST(large == (made == "careful" ? made : made + space));
    return made;
}

std::string merged(std::string_view stored, std::string_view text)
{
    return merged(stored, text, auth0::user_metadata);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_keeps_nothing_of_a_field_that_is_no_object_goes_straight)
{
    for (std::string const value :
         {R"("[object {\"user_metadata\":{}}]")", "[]", R"([{"a":1},{}])", "7", "true", "null"}) {
        auto const stored = R"({"x":1,"user_metadata": )" + value + R"( ,"app_metadata":)" + value + "}";
        BOOST_TEST(merged(stored, R"({"user_metadata":{},"app_metadata":{}})") == R"({"x":1,"user_metadata": {} })");
        auto const set = merged(stored, R"({"user_metadata":{"a":1,"b":null}})");
        BOOST_TEST(set == (value == "null" ? R"({"x":1,"user_metadata": {"a":1} ,"app_metadata":null})" : "careful"));
    }
}

BOOST_AUTO_TEST_CASE(members_change_where_they_stand_and_new_ones_come_last)
{
    BOOST_TEST(merged(R"( { "user_id":"1" , "user_metadata" : { "a" : 1 , "b":2, "c":3 } ,"x":[1.0] } )",
                      R"({"user_metadata":{"b":null,"a":[9],"d":4},"name":"n","app_metadata":{"p":{}}})") ==
               R"( { "user_id":"1" , "user_metadata" : { "a" : [9] , "c":3,"d":4 } ,"x":[1.0],"name":"n",)"
               R"("app_metadata":{"p":{}} } )");
    BOOST_TEST(merged("{}", R"({"user_metadata":{"a":1,"b":null}})") == R"({"user_metadata":{"a":1}})");
    BOOST_TEST(merged(R"({"user_metadata":{"a":1}})", R"({"user_metadata":{"a":null}})") == R"({"user_metadata":{}})");
    BOOST_TEST(merged(R"({"user_metadata":{ }})", R"({"user_metadata":{"a":1}})") == R"({"user_metadata":{"a":1 }})");
    BOOST_TEST(merged(R"({"nickname":"n"})", R"({"nickname":null})") == "{}");
    BOOST_TEST(merged(R"({"a":1})", R"({"verify_email":true})") == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(both_fields_change_in_one_pass)
{
    BOOST_TEST(merged(R"({"app_metadata":{"a":1,"b":2},"user_metadata":{"a":1,"b":2}})",
                      R"({"user_metadata":{"a":null},"app_metadata":{"b":null,"c":3}})") ==
               R"({"app_metadata":{"a":1,"c":3},"user_metadata":{"b":2}})");
}

BOOST_AUTO_TEST_CASE(a_clear_leaves_what_the_policy_says)
{
    BOOST_TEST(merged(R"({"a":1,"app_metadata":{"p":1},"user_metadata":{"q":1}})",
                      R"({"app_metadata":{},"user_metadata":{}})") == R"({"a":1,"user_metadata":{}})");
    auto replacing = auth0::user_metadata;
    replacing.merge.depth = 0;
    BOOST_TEST(merged(R"({"user_metadata": {"q":1} })", R"({"user_metadata":{"a":1,"b":null}})", replacing) ==
               R"({"user_metadata": {"a":1} })");
}

BOOST_AUTO_TEST_CASE(what_is_unusual_is_left_to_the_careful_way)
{
    std::string_view const body = R"({"user_metadata":{"a":1},"name":"x"})";
    BOOST_TEST(merged(R"({"user_metadata":{},"user_metadata":{}})", body) == "careful");
    BOOST_TEST(merged(R"({"name":"a","name":"b"})", body) == "careful");
    for (auto const* const field : {"1", "[]", "\"x\""})
        BOOST_TEST(merged(std::string(R"({"user_metadata":)") + field + "}", body) == "careful");
    BOOST_TEST(merged("[]", body) == "careful");
    BOOST_TEST(merged("{}", R"({"user_metadata":{"$":1}})") == "careful");
    auto small = auth0::user_metadata;
    small.limits.max_bytes = 16;
    BOOST_TEST(merged(R"({"user_metadata":{}})", R"({"user_metadata":{"a":1}})", small) ==
               R"({"user_metadata":{"a":1}})");
    BOOST_TEST(merged(R"({"user_metadata":{"b":123}})", R"({"user_metadata":{"a":1}})", small) == "careful");
    small.limits.max_members = 1;
    BOOST_TEST(merged(R"({"user_metadata":{"b":1}})", R"({"user_metadata":{"c":2}})", small) == "careful");
    BOOST_TEST(merged("{}", R"({"user_metadata":{"b":2}})", small) == R"({"user_metadata":{"b":2}})");
}

BOOST_AUTO_TEST_CASE(a_checked_text_that_is_no_json_is_left_too)
{
    std::array<auth0::detail::field_rules, 1> const fields{{{"user_metadata", &auth0::user_metadata}}};
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(R"({"user_metadata":{"a":1}})", fields, fastest_scan()));
    auth0::detail::document_changes changes;
    changes.assign(body);
    for (auto const* const text :
         {"{\"user_metadata\":{\"a\":2}", "{\"user_metadata\":{\"a\":2}}}", "{\"user_metadata\":{]}",
          "{\"x\":01,\"user_metadata\":{}}", "{\"user_metadata\":{},\"\xFF\":1}"}) {
        std::string out;
        metapatch::detail::string_sink sink(out);
        BOOST_TEST(!auth0::detail::merge_document(text, changes, stored_text::checked, fastest_scan(), sink), text);
    }
}

BOOST_AUTO_TEST_CASE(a_copy_that_goes_step_by_step_is_the_same)
{
    // Brackets and white space around the borders of the steps, of 16 KB, in which a text is searched and copied.
    for (std::size_t const space : {0U, 1U, 70U}) {
        for (std::size_t size = 16'300; size < 16'420; ++size) {
            std::string const blank(space, ' ');
            std::string const filler = "\"f\":\"" + std::string(size, 'x') + "\"";
            auto const stored = "{" + filler + blank + ",\"user_metadata\":{\"b\":1," + filler + blank + "}" + blank +
                                ",\"name\":\"n\"" + blank + "}";
            auto expected = stored;
            auto const field_end = expected.find("\"" + blank + "}" + blank + ",\"name\"") + 1;
            expected.insert(field_end, ",\"a\":1");
            BOOST_TEST_REQUIRE(merged(stored, R"({"user_metadata":{"a":1,"b":null}})") ==
                               expected.replace(expected.find("\"b\":1,"), 6, ""));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

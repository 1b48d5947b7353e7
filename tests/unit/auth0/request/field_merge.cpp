// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/field_merge.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::every_scan;

BOOST_AUTO_TEST_SUITE(merges_of_one_field)

namespace {

/// The new document; "refused" where it may be beyond a limit, and "another way" where the field is not there once.
std::string changed(std::string_view field, std::string_view stored, std::string_view patch,
                    limits const& limited = auth0::user_metadata.limits)
{
    auto policy = auth0::user_metadata;
    policy.limits = limited;
    std::array<auth0::detail::field_rules, 1> const fields{{{field, &policy}}};
    auto const text = "{\"" + std::string(field) + "\":" + std::string(patch) + "}";
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
    auth0::detail::document_changes changes;
    changes.assign(body);
    BOOST_TEST_REQUIRE(auth0::detail::merges_one_field(changes));
    std::string first;
    for (auto const instructions : every_scan()) {
        std::string out;
        metapatch::detail::string_sink sink(out);
        auto const done = auth0::detail::merge_field(stored, changes.all().front(), changes.limits_members(),
                                                     instructions, nullptr, sink);
        BOOST_TEST((done || sink.size == 0));
        sink.keep();
        auto const made = !done ? "another way" : !*done ? "refused" : out;
        first = first.empty() ? made : first;
        BOOST_TEST(made == first);
    }
    return first;
}

std::string changed(std::string_view stored)
{
    return changed("user_metadata", stored, R"({"a":1,"b":null})");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_field_changes_where_it_stands_and_nowhere_else)
{
    BOOST_TEST(
        changed(R"({"x":{"user_metadata":{"a":0}},"user_metadata":{"b":2,"a":{"a":0}},"y":["user_metadata"]})") ==
        R"({"x":{"user_metadata":{"a":0}},"user_metadata":{"a":1},"y":["user_metadata"]})");
    BOOST_TEST(changed(R"( { "user_id":"u", "user_metadatb":{"a":0},"user\u005fmetadata" : {"a" : 0 } , "z":0 } )") ==
               R"( { "user_id":"u", "user_metadatb":{"a":0},"user\u005fmetadata" : {"a" : 1 } , "z":0 } )");
    BOOST_TEST(changed(R"({"user_metadata":{}})") == R"({"user_metadata":{"a":1}})");
    BOOST_TEST(changed(R"({"user_metadata":{"b":0}})") == R"({"user_metadata":{"a":1}})");
}

BOOST_AUTO_TEST_CASE(a_field_that_is_not_there_once_as_an_object_is_left_to_another_way)
{
    for (auto const* const stored :
         {"{}", R"({"x":1})", R"({"user_metadata":null})", R"({"user_metadata":[{}]})", R"({"user_metadata":"{}"})",
          R"({"user_metadata":{},"user_metadata":{}})", R"({"user_metadata":{},"user\u005fmetadata":1})",
          R"({"user_metadata":{)", R"({"user_metadata":)", R"({"user_metadata)", R"({"user_metadata":{"a":0]})"})
        BOOST_TEST(changed(stored) == "another way", stored);
}

BOOST_AUTO_TEST_CASE(a_field_of_any_name_is_found)
{
    for (std::string const name : {"user_metadata", "app_metadata", "client_metadata", "metadata", "m"}) {
        auto const stored = "{\"me\":{\"a\":0},\"" + name + "\":{\"a\":0},\"metadatas\":{\"a\":0}}";
        auto expected = stored;
        expected[expected.find("\"" + name + "\"") + name.size() + 8] = '1';
        BOOST_TEST(changed(name, stored, R"({"a":1})") == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_result_that_may_be_beyond_a_limit_is_told)
{
    auto const small = [](std::size_t bytes, std::size_t members) {
        auto limited = auth0::user_metadata.limits;
        limited.max_bytes = bytes;
        limited.max_members = members;
        return changed("user_metadata", R"({"user_metadata":{"a":0,"b":0}})", R"({"c":1})", limited);
    };
    BOOST_TEST(small(22, unlimited) == R"({"user_metadata":{"a":0,"b":0,"c":1}})"); // 13 and 7 bytes, and 2
    BOOST_TEST(small(21, unlimited) == "refused");
    BOOST_TEST(small(unlimited, 3) == R"({"user_metadata":{"a":0,"b":0,"c":1}})");
    BOOST_TEST(small(unlimited, 2) == "refused");
}

BOOST_AUTO_TEST_CASE(only_a_patch_of_one_field_that_keeps_something_is_one)
{
    std::array<auth0::detail::field_rules, 2> const fields{
        {{"user_metadata", &auth0::user_metadata}, {"app_metadata", &auth0::app_metadata}}};
    auto const is_one = [&](std::string_view text) {
        auth0::detail::text_body body;
        BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
        body.members().look_up(
            [](std::string_view name, std::uint64_t) { return auth0::detail::update_index.find(name); });
        auth0::detail::document_changes changes;
        changes.assign_attributes(body);
        return auth0::detail::merges_one_field(changes);
    };
    BOOST_TEST(is_one(R"({"user_metadata":{"a":1},"verify_email":true})"));
    BOOST_TEST(!is_one(R"({"user_metadata":{"a":1},"app_metadata":{"a":1}})"));
    BOOST_TEST(!is_one(R"({"user_metadata":{"a":1},"name":"n"})"));
    BOOST_TEST(!is_one(R"({"name":"n"})"));
    BOOST_TEST(!is_one(R"({"user_metadata":{}})"));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/text_merge.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(text_merge)

namespace {

struct sink {
    static constexpr bool copies = true;

    std::string text;

    void append(std::string_view piece) { text.append(piece); }
};

std::string merged(std::string_view stored, std::string_view body)
{
    text_patch patch;
    BOOST_TEST(patch.read(body, first_level).empty());
    sink out;
    member_cursor cursor(stored);
    detail::merge_text(stored, patch, cursor, out);
    return out.text;
}

} // namespace

BOOST_AUTO_TEST_CASE(commas_stand_right_whatever_is_removed)
{
    std::string_view const stored = R"({"a":1,"b":2,"c":3})";
    BOOST_TEST(merged(stored, R"({"x":null})") == stored);
    BOOST_TEST(merged(stored, R"({"a":null})") == R"({"b":2,"c":3})");
    BOOST_TEST(merged(stored, R"({"b":null})") == R"({"a":1,"c":3})");
    BOOST_TEST(merged(stored, R"({"c":null})") == R"({"a":1,"b":2})");
    BOOST_TEST(merged(stored, R"({"a":null,"b":null})") == R"({"c":3})");
    BOOST_TEST(merged(stored, R"({"a":null,"c":null})") == R"({"b":2})");
    BOOST_TEST(merged(stored, R"({"b":null,"c":null})") == R"({"a":1})");
    BOOST_TEST(merged(stored, R"({"a":null,"b":null,"c":null})") == "{}");
    BOOST_TEST(merged(stored, R"({"a":null,"b":null,"c":null,"d":4})") == R"({"d":4})");
    BOOST_TEST(merged(stored, R"({"c":null,"d":4,"a":5})") == R"({"a":5,"b":2,"d":4})");
    BOOST_TEST(merged("{}", R"({"d":4,"e":null,"f":5})") == R"({"d":4,"f":5})");
}

BOOST_AUTO_TEST_CASE(white_space_of_what_is_not_named_stays)
{
    std::string_view const stored = " {\n  \"a\": 1,\n  \"b\": [ 1.10 ],\n  \"c\": 3\n}\n";
    BOOST_TEST(merged(stored, R"({"c":4})") == " {\n  \"a\": 1,\n  \"b\": [ 1.10 ],\n  \"c\": 4\n}\n");
    BOOST_TEST(merged(stored, R"({"a":null})") == " {\n  \"b\": [ 1.10 ],\n  \"c\": 3\n}\n");
    BOOST_TEST(merged(stored, R"({"d" : 5})") == " {\n  \"a\": 1,\n  \"b\": [ 1.10 ],\n  \"c\": 3,\"d\" : 5\n}\n");
}

BOOST_AUTO_TEST_CASE(a_stored_duplicate_goes_with_its_key_and_stays_with_it)
{
    std::string_view const stored = R"({"a":1,"\u0061":2,"b":3,"a":4})";
    BOOST_TEST(merged(stored, R"({"a":null})") == R"({"b":3})");
    BOOST_TEST(merged(stored, R"({"a":5})") == R"({"a":5,"b":3})");
    BOOST_TEST(merged(stored, R"({"b":null})") == R"({"a":1,"\u0061":2,"a":4})");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_copied_in_parts_is_merged_as_one_in_one_part)
{
    for (std::size_t const spaces : {0U, 1U, 30U, 63U, 64U, 65U, 200U}) {
        std::string const space(spaces, ' ');
        for (std::size_t at = 0; at < 100; ++at) { // where the first part ends, among what is dropped and added
            std::string const pad = "{\"pad\":\"" + std::string(detail::bytes_at_once - 60 + at - spaces, 'x') + '"';
            auto const gone = space + ',' + space + "\"gone\":1" + space;
            auto const kept = ',' + space + "\"kept\":2";
            std::string const change = R"({"gone":null,"new":3})";
            BOOST_TEST_REQUIRE(merged(pad + gone + kept + space + "}", change) ==
                               pad + space + kept + ",\"new\":3" + space + "}");
            BOOST_TEST_REQUIRE(merged(pad + gone + space + "}", change) == pad + space + ",\"new\":3}");
        }
    }
}

BOOST_AUTO_TEST_CASE(many_members_of_a_patch_are_told_apart)
{
    std::string stored = "{";
    std::string patch = "{";
    std::string expected = "{";
    for (int i = 0; i < 2'000; ++i) {
        auto const key = (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":";
        stored += key + "1";
        patch += key + (i % 2 == 0 ? "null" : "2");
        if (i % 2 == 1)
            expected += (i > 1 ? ",\"" : "\"") + std::to_string(i) + "\":2";
    }
    BOOST_TEST(merged(stored + "}", patch + ",\"new\":3}") == expected + ",\"new\":3}");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/malformed_text.hpp>

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using namespace metapatch;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(malformed_text_)

namespace {

std::size_t error_in(std::string_view text)
{
    scanner scan(text);
    auto what = scan.next();
    while (what != token::end && what != token::failed)
        what = scan.next();
    BOOST_TEST((what == token::failed));
    BOOST_TEST((scan.error() == errc::malformed_json));
    return scan.offset();
}

void check(std::string_view text, malformed_cause cause)
{
    BOOST_TEST_CONTEXT("text: " << text)
    {
        BOOST_TEST(name(cause_of(text, error_in(text))) == name(cause));
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_no_json_text_at_all_is_told_by_its_first_bytes)
{
    check("", malformed_cause::empty);
    check(" \r\n\t ", malformed_cause::empty);
    check("\xEF\xBB\xBF{}", malformed_cause::byte_order_mark);
    check("\x1F\x8B\x08", malformed_cause::gzip);
    check("\x28\xB5\x2F\xFD\x04", malformed_cause::zstd);
    check("\xFF\xFE{\0}\0"sv, malformed_cause::utf16);
    check("\xFE\xFF\0{\0}"sv, malformed_cause::utf16);
    check("{\0}\0"sv, malformed_cause::utf16);
    check("\0{\0}"sv, malformed_cause::utf16);
}

BOOST_AUTO_TEST_CASE(first_bytes_explain_no_error_that_is_further_on)
{
    BOOST_TEST((cause_of("\xEF\xBB\xBF{'a':1}", 4) == malformed_cause::single_quotes) == false);
    check("{\"\0\":1}"sv, malformed_cause::control_character);
    check("(", malformed_cause::unknown);
}

BOOST_AUTO_TEST_CASE(bytes_of_another_encoding_are_told)
{
    check("{\"a\":\"\xE9\"}", malformed_cause::not_utf8); // é of Latin-1, and a quote where it should go on
    check("{\"a\":\"caf\xE9 au lait\"}", malformed_cause::not_utf8);
    check("{\"a\":\"\xFF\"}", malformed_cause::not_utf8);
    check("{\"a\":\"\x80\"}", malformed_cause::not_utf8);
    check("{\"a\":\"\xE2\x82\"}", malformed_cause::not_utf8);
    check("{\"a\":\"\xF0\x9F\x98\"}", malformed_cause::not_utf8);
    check("{\"a\":\xE9}", malformed_cause::not_utf8);
    check("{\"a\":\"\xC3\xA9\x01\"}", malformed_cause::control_character); // UTF-8 is not blamed
}

BOOST_AUTO_TEST_CASE(habits_of_other_languages_are_told)
{
    for (auto const text : {"// c\n{}", "/* c */{}", "# c\n{}", "{// c\n}", "{\"a\":1 // c\n}", "{\"a\":/**/1}",
                            "{} // c", "{\"a\":1, # c\n}"})
        check(text, malformed_cause::comment);
    for (auto const text : {"{'a':1}", "{\"a\":'b'}", "['b']", "'b'", "[1,'b']"})
        check(text, malformed_cause::single_quotes);
    for (auto const text : {"{\u201Ca\u201D:1}", "[\u201Eb\u201C]", "[\u2018b\u2019]", "[\u2019]", "[\u201D]"})
        check(text, malformed_cause::typographic_quotes);
    for (auto const text : {"{a:1}", "{\"a\":1,b :2}", "{$a_1:1}", "{ a\n: 1}", "{1:2}", "{1a:2}"})
        check(text, malformed_cause::unquoted_key);
    for (auto const text :
         {"{\"a\":True}", "[None]", "{\"a\":NaN}", "[undefined]", "[-Infinity]", "nil", "[nan]", "tRue", "{\"a\":b:1}"})
        check(text, malformed_cause::foreign_word);
}

BOOST_AUTO_TEST_CASE(commas_and_colons_are_told)
{
    for (auto const text : {"{\"a\":1,}", "[1,]", "[1 , \n]", "{\"a\":[1,],\"b\":2}", "{\"a\":\"x\", }"})
        check(text, malformed_cause::trailing_comma);
    for (auto const text : {"[,]", "{,}", "[1,,2]", "{\"a\":,}", "{\"a\":}", "[{\"a\":]", "{\"a\":1,,}", "[{},,]",
                            "{{}}", "{[]}", "{ 1}", "{-1}"})
        check(text, malformed_cause::missing_value);
    for (auto const text : {"[}", "{]", "[1}", "{\"a\":1]", "[{\"a\":1]]", "[[] }", "{\"a\":[}"})
        check(text, malformed_cause::wrong_bracket);
    for (auto const text : {"]", "}", ",", ":", "[1:2]", "[\"a\";1]"})
        check(text, malformed_cause::unknown);
    for (auto const text : {"[1 2]", "[\"a\"\"b\"]", "{\"a\":1 \"b\":2}", "[{}{}]", "[[] []]", "[1 -2]", "[true \"a\"]",
                            "[\"a\"1]", "[1\"a\"]", "[\"a\"-1]", "[null 1]"})
        check(text, malformed_cause::missing_comma);
    for (auto const text : {"{\"a\" 1}", "{\"a\"}", "{\"a\",\"b\"}", "{\"a\\\"\"=1}"})
        check(text, malformed_cause::missing_colon);
}

BOOST_AUTO_TEST_CASE(numbers_as_other_languages_write_them_are_told)
{
    for (auto const text :
         {"[01]",  "[-01]", "[00]", "[1.]",  "[1.e2]", "[+1]",    "[1,+2]", "[.5]",    "[1 .5]", "{\"a\":-}",
          "[- 1]", "[-.5]", "[1e]", "[1e+]", "[0x10]", "[1_000]", "[1-2]",  "[1.2.3]", "[12n]",  "+"})
        check(text, malformed_cause::malformed_number);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_inside_of_a_string_is_told)
{
    for (auto const text : {"{\"a\":\"b\nc\"}", "{\"a\n\":1}", "[\"\t\"]", "[\"\x01\"]", "[\"\\\"\n\"]"})
        check(text, malformed_cause::control_character);
    for (auto const text :
         {"[\"\\ud800\"]", "[\"\\uDC00\"]", "[\"\\ud83d\\u0041\"]", "[\"\\ud83dx\"]", "[\"\\ud83d\\n\"]"})
        check(text, malformed_cause::lone_surrogate);
    for (auto const text : {"[\"\\x\"]", "{\"a\\'b\":1}", "[\"\\u00g0\"]", "[\"\\u{41}\"]", "[\"\\ud83d\\ude00\\x\"]",
                            "[\"\\u0041 \\x\"]", "[\"\\\\\\x\"]", "[\"\\n\\u0041\\U0041\"]"})
        check(text, malformed_cause::unknown_escape);
    BOOST_TEST((cause_of("[\"\\n\\\\\\u0041b\"]", 12) == malformed_cause::unknown)); // where nothing is wrong
}

BOOST_AUTO_TEST_CASE(a_text_that_ends_too_early_or_too_late_is_told)
{
    for (auto const text : {"{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"abc", "[\"a", "tru", "-", "[[1]",
                            "[{\"a\":1", "{\"a\":[", "{\"a\":[1,", "[1.", "[tr"})
        check(text, text[0] == '[' && std::string_view(text) == "[[1]" ? malformed_cause::open_array
                                                                       : malformed_cause::cut_short);
    for (auto const text : {"[", " [", "[{\"a\":1}", "[{\"a\":1},", "[1", "[1 ,\n"})
        check(text, malformed_cause::open_array);
    for (auto const text : {"{} {}", "{}\n{}", "1 2", "{}x", "{}}", "[]]", "null,", "{}\xC3\xA9", "{}'"})
        check(text, malformed_cause::second_value);
}

BOOST_AUTO_TEST_CASE(of_texts_without_an_error_and_places_beyond_the_end_nothing_is_said)
{
    BOOST_TEST((cause_of("{}", 2) == malformed_cause::unknown));
    BOOST_TEST((cause_of("{}", 100) == malformed_cause::unknown));
    BOOST_TEST((cause_of("{", 100) == malformed_cause::cut_short));
    BOOST_TEST((cause_of("", 5) == malformed_cause::empty));
}

BOOST_AUTO_TEST_CASE(every_cause_has_a_name_and_a_sentence_of_its_own)
{
    std::set<std::string_view> names;
    std::set<std::string_view> sentences;
    std::size_t count = 0;
    for (; count <= static_cast<std::size_t>(malformed_cause::open_array); ++count) {
        names.insert(name(static_cast<malformed_cause>(count)));
        sentences.insert(message(static_cast<malformed_cause>(count)));
    }
    BOOST_TEST(names.size() == count);
    BOOST_TEST(sentences.size() == count);
    BOOST_TEST(name(malformed_cause::open_array) == "open_array");
    BOOST_TEST(name(static_cast<malformed_cause>(count)) == "unknown");
    BOOST_TEST(message(static_cast<malformed_cause>(count)) == message(malformed_cause::unknown));
}

BOOST_AUTO_TEST_CASE(the_words_have_line_column_byte_and_cause)
{
    BOOST_TEST(malformed_message("{\n  \"\xC3\xA9\": 1,\n}", 13) ==
               "line 3, column 1 (byte 13): a comma stands before the closing bracket");
    BOOST_TEST(malformed_message("", 0) == "line 1, column 1 (byte 0): the text is empty");
}

/// Any bytes at any place have some cause, and no valid text is read beyond.
BOOST_AUTO_TEST_CASE(any_bytes_have_a_cause)
{
    std::string const alphabet("{}[]\",:'/\\u dD8\n\xC3\xA9 1-a\xE9\0"sv);
    std::uint32_t seed = 1;
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (std::size_t size = (seed >> 8) % 9; text.size() < size;) {
            seed = seed * 1664525 + 1013904223;
            text += alphabet[(seed >> 8) % alphabet.size()];
        }
        seed = seed * 1664525 + 1013904223;
        for (std::size_t offset = 0; offset <= text.size() + 1; ++offset)
            BOOST_REQUIRE(name(cause_of(std::string(text), offset)) != "");
    }
}

BOOST_AUTO_TEST_SUITE_END()

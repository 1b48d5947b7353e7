// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/scan.hpp>

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(scan)

namespace {

using namespace std::string_view_literals;

struct outcome {
    token last;
    errc error;
    std::size_t offset;
};

outcome scanned(std::string_view text, std::size_t max_nesting = nesting_ceiling)
{
    scanner scan(text, max_nesting);
    auto what = scan.next();
    while (what != token::end && what != token::failed)
        what = scan.next();
    auto const offset = scan.offset();
    BOOST_TEST((scan.next() == what)); // the end and a failure stay
    BOOST_TEST((scan.next() == what));
    if (what == token::failed)
        BOOST_TEST(scan.offset() == offset);
    return {what, scan.error(), offset};
}

struct refusal {
    std::string_view text;
    std::size_t offset;
};

void check(std::vector<refusal> const& cases)
{
    for (auto const& each : cases) {
        auto const found = scanned(each.text);
        BOOST_TEST_CONTEXT("text: " << each.text)
        {
            BOOST_TEST((found.last == token::failed));
            BOOST_TEST((found.error == errc::malformed_json));
            BOOST_TEST(found.offset == each.offset);
        }
    }
}

std::string unescaped(std::string_view raw)
{
    std::string text = "<";
    append_unescaped(text, raw);
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(valid_texts_are_complete)
{
    for (auto const text : {"0"sv,
                            "-0"sv,
                            "1"sv,
                            "-12"sv,
                            "0.5"sv,
                            "1e5"sv,
                            "1E+5"sv,
                            "1.25e-07"sv,
                            "true"sv,
                            "false"sv,
                            "null"sv,
                            R"("")"sv,
                            "\"\x7F\""sv,
                            "{}"sv,
                            "[]"sv,
                            " \t\r\n{ \"a\" : [ 1 , { } ] } \n"sv,
                            R"("\"\\\/\b\f\n\r\t\u00aF")"sv,
                            R"("\ud83d\ude00")"sv,
                            R"("\uD7FF\uE000")"sv,
                            R"("\uDBFF\uDFFF")"sv,
                            "\"\xF4\x8F\xBF\xBF\""sv,
                            R"({"":{"":{}}})"sv,
                            R"({"a":1,"a":2})"sv,
                            "[[],[[]],{}]"sv})
        BOOST_TEST((scanned(text).last == token::end), text);
}

BOOST_AUTO_TEST_CASE(a_text_cut_short_is_refused_at_its_end)
{
    check({{"", 0},
           {"  ", 2},
           {"{", 1},
           {"{\"a", 3},
           {"{\"a\"", 4},
           {"{\"a\":", 5},
           {"{\"a\":1", 6},
           {"{\"a\":1,", 7},
           {"{\"a\":1, ", 8},
           {"[", 1},
           {"[1", 2},
           {"[1,", 3},
           {"\"", 1},
           {"\"a", 2},
           {"\"\\", 2},
           {"\"\\u", 3},
           {"\"\\u00", 5},
           {"\"\\u00e9", 7},
           {"\"\\ud83d", 7},
           {"\"\\ud83d\\", 8},
           {"\"\\ud83d\\u", 9},
           {"\"\\ud83d\\ud", 10},
           {"t", 1},
           {"tru", 3},
           {"nul", 3},
           {"fals", 4},
           {"-", 1},
           {"1.", 2},
           {"1e", 2},
           {"1e+", 3},
           {"\"\xC3", 2},
           {"\"\xE2\x82", 3},
           {"\"\xF0\x9F\x98", 4}});
}

BOOST_AUTO_TEST_CASE(structure_is_refused_at_the_byte_that_breaks_it)
{
    check({{"]", 0},
           {"}", 0},
           {",", 0},
           {"{]", 1},
           {"[}", 1},
           {"[1}", 2},
           {"{\"a\":1]", 6},
           {"{,}", 1},
           {"[,]", 1},
           {"[1,]", 3},
           {"[1,,2]", 3},
           {"{\"a\":1,}", 7},
           {"{\"a\" 1}", 5},
           {"{\"a\":}", 5},
           {"{\"a\"}", 4},
           {"{1:2}", 1},
           {"{a:1}", 1},
           {"{'a':1}", 1},
           {"[1 2]", 3},
           {"{\"a\":1 \"b\":2}", 7},
           {"{}x", 2},
           {"{} {}", 3},
           {"1 2", 2},
           {"null,", 4},
           {"[]]", 2},
           {"/**/1", 0},
           {"1//", 1},
           {"\v1", 0},
           {"\xC2\xA0"
            "1",
            0},
           {"{\"a\"::1}", 5},
           {"{\"a\":1,2}", 7},
           {"\0"sv, 0},
           {"1\0"sv, 1}});
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_refused)
{
    check({{"\xEF\xBB\xBF{}", 0}, {"\xFE\xFF", 0}, {"\xFF\xFE", 0}});
}

BOOST_AUTO_TEST_CASE(literals_are_refused_at_their_first_wrong_byte)
{
    check({{"nil", 1},
           {"True", 0},
           {"trUe", 2},
           {"nulL", 3},
           {"truee", 4},
           {"nullx", 4},
           {"NaN", 0},
           {"Infinity", 0},
           {"undefined", 0},
           {"fa\0"sv, 2},
           {"falsee", 5}});
}

BOOST_AUTO_TEST_CASE(numbers_are_refused_at_their_first_wrong_byte)
{
    check({{"01", 1},    {"-01", 2},   {"+1", 0},        {".5", 0},   {"1.e5", 2}, {"1.x", 2},   {"1ex", 2},
           {"1e+x", 3},  {"--1", 1},   {"-x", 1},        {"-.5", 1},  {"0x10", 1}, {"1_000", 1}, {"1.2.3", 3},
           {"1e5.5", 3}, {"1e5e5", 3}, {"-Infinity", 1}, {"[01]", 2}, {"00", 1},   {"1e+-2", 3}});
}

BOOST_AUTO_TEST_CASE(strings_are_refused_at_the_byte_that_no_string_can_have)
{
    check({{"\"\n\"", 1},
           {"\"a\x1F\"", 2},
           {"\"\0\""sv, 1},
           {"\"\\x\"", 2},
           {"\"\\'\"", 2},
           {"\"\\U0041\"", 2},
           {"\"\\u00g0\"", 5},
           {"\"\\u004\"", 6},
           {"\"\\\n\"", 2},
           {"{\"\t\":1}", 2},
           {"\"\\0\"", 2},
           {"\"\\u 041\"", 3}});
}

BOOST_AUTO_TEST_CASE(lone_surrogate_escapes_are_refused_where_their_partner_cannot_be)
{
    check({{R"("\udc00")", 4}, // second half first
           {R"("\uDFFF\ud83d")", 4},
           {R"("\ud83d")", 7}, // then the quote
           {R"("\ud83dx")", 7},
           {R"("\ud83d\n")", 8},
           {R"("\ud83d\u0041")", 9},
           {R"("\ud83d\ud83d")", 10}, // two first halves
           {R"("\ud83d\udbff")", 10},
           {R"("\ud83d\ude0")", 12},
           {R"("\ud83d\ude0x")", 12},
           {R"("\ud83d\uDg00")", 10}});
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_refused_at_its_first_impossible_byte)
{
    check({{"\"\x80\"", 1},
           {"\"\xC0\x80\"", 1},
           {"\"\xC1\xBF\"", 1},
           {"\"\xF5\x80\x80\x80\"", 1},
           {"\"\xFF\"", 1},
           {"\"a\xC3\"", 3},
           {"\"\xC3\x28\"", 2},
           {"\"\xE0\x9F\x80\"", 2},
           {"\"\xED\xA0\x80\"", 2},
           {"\"\xE2\x82\"", 3},
           {"\"\xE2\x28\xAC\"", 2},
           {"\"\xF0\x8F\xBF\xBF\"", 2},
           {"\"\xF4\x90\x80\x80\"", 2},
           {"\"\xF0\x9F\x98\"", 4},
           {"\"\xF0\x9F\x98\x28\"", 4},
           {"{\"\xFF\":1}", 2}});
}

BOOST_AUTO_TEST_CASE(every_cut_of_a_valid_text_is_refused_at_its_end)
{
    auto const text =
        "{\"k\\u00e9\\ud83d\\ude00\":[true,false,null,-1.5e+3,\"\xC3\xA9\xF0\x9F\x98\x80\\n\"],\"o\":{}}"sv;
    for (std::size_t length = 0; length < text.size(); ++length) {
        auto const found = scanned(text.substr(0, length));
        BOOST_TEST((found.last == token::failed));
        BOOST_TEST(found.offset == length);
    }
}

BOOST_AUTO_TEST_CASE(tokens_come_with_their_bytes_and_offsets)
{
    scanner scan(R"( {"a\n":[-1.5e3,"x",true,false,null]} )");
    struct {
        token what;
        std::string_view raw;
        std::size_t offset;
        std::size_t depth;
    } const expected[]{{token::object_begin, "{", 1, 1}, {token::key, R"(a\n)", 2, 1}, {token::array_begin, "[", 8, 2},
                       {token::number, "-1.5e3", 9, 2},  {token::string, "x", 16, 2},  {token::true_, "true", 20, 2},
                       {token::false_, "false", 25, 2},  {token::null, "null", 31, 2}, {token::array_end, "]", 35, 1},
                       {token::object_end, "}", 36, 0}};
    for (auto const& each : expected) {
        BOOST_TEST((scan.next() == each.what));
        BOOST_TEST(scan.raw() == each.raw);
        BOOST_TEST(scan.offset() == each.offset);
        BOOST_TEST(scan.depth() == each.depth);
        if (each.what == token::key)
            BOOST_TEST(scan.escaped());
        if (each.what == token::string)
            BOOST_TEST(!scan.escaped());
    }
    BOOST_TEST((scan.next() == token::end));
}

BOOST_AUTO_TEST_CASE(nesting_is_limited_on_both_sides_of_the_limit)
{
    auto const nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    for (std::size_t const limit : {1U, 2U, 63U, 64U, 65U, 512U, 1024U}) {
        BOOST_TEST((scanned(nested(limit), limit).last == token::end));
        auto const found = scanned(nested(limit + 1), limit);
        BOOST_TEST((found.error == errc::too_deep));
        BOOST_TEST(found.offset == limit);
    }
    BOOST_TEST((scanned("{}", 0).error == errc::too_deep));
    BOOST_TEST((scanned("1", 0).last == token::end));
    BOOST_TEST((scanned(nested(1025), 5000).error == errc::too_deep)); // no limit goes beyond the ceiling
    BOOST_TEST((scanned("[1,{\"a\":[]}]", 2).offset) == 8U);
    BOOST_TEST((scanned("[[],[],{},[]]", 2).last == token::end)); // siblings are no nesting
}

BOOST_AUTO_TEST_CASE(objects_and_arrays_are_told_apart_at_every_level)
{
    std::string text;
    std::string closing;
    for (std::size_t i = 0; i < nesting_ceiling; ++i) {
        bool const object = i % 3 == 1 || i % 7 == 2;
        text += object ? "{\"k\":" : "[";
        closing += object ? '}' : ']';
    }
    std::reverse(closing.begin(), closing.end());
    BOOST_TEST((scanned(text + "0" + closing).last == token::end));
    for (std::size_t i = 0; i < closing.size(); i += 61) {
        auto wrong = closing;
        wrong[i] = wrong[i] == '}' ? ']' : '}';
        BOOST_TEST(scanned(text + "0" + wrong).offset == text.size() + 1 + i);
    }
}

BOOST_AUTO_TEST_CASE(a_text_nested_a_million_deep_is_too_deep)
{
    for (auto const* opening : {"[", "{\"a\":", "[{\"\":"}) {
        std::string text;
        for (int i = 0; i < 1'000'000; ++i)
            text += opening;
        BOOST_TEST((scanned(text, 512).error == errc::too_deep));
    }
}

BOOST_AUTO_TEST_CASE(escapes_are_resolved)
{
    BOOST_TEST(unescaped("") == "<");
    BOOST_TEST(unescaped("plain") == "<plain");
    BOOST_TEST(unescaped(R"(\"\\\/\b\f\n\r\t)") == "<\"\\/\b\f\n\r\t");
    BOOST_TEST(unescaped(R"(a\u0041b\u007f)") == "<aAb\x7F");
    BOOST_TEST(unescaped(R"(\u0080\u07ff\u00E9)") == "<\xC2\x80\xDF\xBF\xC3\xA9");
    BOOST_TEST(unescaped(R"(\u0800\uFfFf\u20ac)") == "<\xE0\xA0\x80\xEF\xBF\xBF\xE2\x82\xAC");
    BOOST_TEST(unescaped(R"(\ud800\udc00\udbff\udfff\ud83d\ude00)") ==
               "<\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\xF0\x9F\x98\x80");
    BOOST_TEST((unescaped(R"(a\u0000b)") == "<a\0b"sv));
    BOOST_TEST(unescaped(R"(\\u0041)") == "<\\u0041");
}

BOOST_AUTO_TEST_SUITE_END()

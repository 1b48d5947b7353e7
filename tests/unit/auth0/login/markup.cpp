// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/markup.hpp>

#include <metapatch/json/utf8.hpp>

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace metapatch;
using auth0::without_markup;

BOOST_AUTO_TEST_SUITE(auth0_markup)

namespace {

struct example {
    std::string_view text;
    std::string_view without;
};

template<std::size_t Count>
void check(example const (&examples)[Count])
{
    for (auto const& each : examples)
        BOOST_TEST(without_markup(each.text) == each.without, each.text);
}

/// What is likely to mean something next to each other.
std::string random_html(std::mt19937_64& random)
{
    static constexpr std::array<std::string_view, 40> pieces{"<",          ">",           "</",
                                                             "<!--",       "-->",         "--!>",
                                                             "<!",         "<?",          "&",
                                                             "&lt;",       "&#60;",       "&#x3c",
                                                             "&amp;lt;",   "&#0;",        "&quot;",
                                                             "<b>",        "</b>",        "<i x='>'>",
                                                             "<a href=\"", "\"",          "'",
                                                             "=",          "/",           "<script>",
                                                             "</script>",  "</SCRIPT ",   "<svg>",
                                                             "</svg>",     "<svg/>",      "<video>",
                                                             "<textarea>", "</textarea>", "<pre>\n",
                                                             "a",          "\r\n",        " ",
                                                             "\xC3\xA9",   "\xC2\xA0",    "\xF0\x9F\x98\x80",
                                                             "\n"};
    std::string text;
    for (auto n = random() % 12; n > 0; --n)
        text += pieces[random() % pieces.size()];
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(tags_go_and_their_content_stays)
{
    check({{"hi <b>you</b>", "hi you"},
           {"a<br>b<br/>c", "abc"},
           {"<p title=\"a>b\">c", "c"},
           {"<p title='a>b'>c", "c"},
           {"<p title=a\"b>c", "c"},
           {"<p title = 'x' =y z>c", "c"},
           {"<p title  \t\n  =  \r\f  'x>y' z>c", "c"},
           {"<p title   z='>'>c", "c"},
           {"<p title=  x>c", "c"},
           {"<p title=  >c", "c"},
           {"<p title ='x>y'>c", "c"},
           {"<p title =\"x>y\">c", "c"},
           {"<p  a = >b>c", "b&gt;c"},
           {"a<B/>c</b x=\">\">d", "acd"},
           {"a</i>b", "ab"},
           {"a<my-element>b", "ab"}});
}

BOOST_AUTO_TEST_CASE(the_examples_of_the_tests_of_lock_come_out_as_there)
{
    check({{"Test <a href=\"https://www.google.co.uk\">Fake link</a>", "Test Fake link"},
           {"<img src=x onerror=alert(1)//>", ""},
           {"<p>abc<iframe//src=jAva&Tab;script:alert(3)>def</p>", "abc"},
           {"<div onclick=alert(0)><form onsubmit=alert(1)><input onfocus=alert(2) name=parentNode>123</form></div>",
            "123"}});
}

BOOST_AUTO_TEST_CASE(a_text_without_a_less_than_stays_as_it_is)
{
    using namespace std::string_view_literals;
    for (auto const text : {""sv, "a & b > c"sv, "&lt;b&gt; &amp;"sv, "a\r\nb\0c \xC2\xA0"sv, "\xFF\x80"sv})
        BOOST_TEST(without_markup(text) == text);
}

BOOST_AUTO_TEST_CASE(what_begins_no_tag_is_text)
{
    check({{"a < b", "a &lt; b"},
           {"x<", "x&lt;"},
           {"x</", "x&lt;/"},
           {"x<3 y", "x&lt;3 y"},
           {"x<<b>y", "x&lt;y"},
           {"<>", "&lt;&gt;"}});
}

BOOST_AUTO_TEST_CASE(what_is_not_closed_goes_to_its_end)
{
    check({{"x<b", "x"},
           {"x<b y", "x"},
           {"x<b y='>", "x"},
           {"x</b", "x"},
           {"<b>a<!-- un", "a"},
           {"a<script>un", "a"},
           {"a<svg>q", "a"},
           {"a<!x", "a"},
           {"x<b y  ", "x"},
           {"x<b y  =", "x"},
           {"x<b y=  ", "x"},
           {"x<b y=z", "x"},
           {"x<b  ", "x"}});
}

BOOST_AUTO_TEST_CASE(comments_doctypes_and_instructions_go)
{
    check({{"a <!-- c --> b", "a  b"},
           {"a<!--> b", "a b"},
           {"a<!---> b", "a b"},
           {"a<!-- --!> b", "a b"},
           {"a<!-- -- > - -> --> b", "a b"},
           {"a<!--->--> b", "a--&gt; b"},
           {"a<!-- x ---> b", "a b"},
           {"a<!-- x ----> b", "a b"},
           {"a<!-- x ---!> b", "a b"},
           {"a<!----> b", "a b"},
           {"a<!----!> b", "a b"},
           {"<!doctype html>x", "x"},
           {"x<!y>z", "xz"},
           {"x<?y>z", "xz"},
           {"x</ y>z", "xz"},
           {"x</>z", "xz"},
           {"a<![CDATA[x]]>b", "ab"}});
}

BOOST_AUTO_TEST_CASE(the_content_of_some_elements_goes_with_them)
{
    check({{"a<script>alert(1)</script>b", "ab"},
           {"a<script>1<b>2</scriptx>3</SCRIPT/x>b", "ab"},
           {"a<style>p > q {}</style>b", "ab"},
           {"a<TITLE>x</tItLe >b", "ab"},
           {"a<xmp>x</xmp>b<noembed>x</noembed>c<noframes>x</noframes>d", "abcd"},
           {"a<plaintext>q</plaintext>b", "a"},
           {"a<svg><text>q</text></svg>b", "ab"},
           {"a<svg><svg>q</svg>r</svg>b", "ab"},
           {"a<svg/>b<math/>c", "abc"},
           {"a<video>x<video>y</video>z</video>b", "ab"},
           {"a<math><mi>x</mi></math>b<audio>c</audio>d", "abd"},
           {"a<template>q</template>b<noscript><p>z</p></noscript>c", "abc"},
           {"a</svg>b", "ab"},
           {"a<object>q</object>b<button>r</button>c", "aqbrc"}});
}

BOOST_AUTO_TEST_CASE(the_content_of_a_textarea_is_text)
{
    check({{"<textarea><b>x</b></textarea>y", "&lt;b&gt;x&lt;/b&gt;y"},
           {"<textarea>a &amp; b", "a &amp; b"},
           {"<textarea>\nx</textarea><pre>\ny</pre>", "xy"}});
}

BOOST_AUTO_TEST_CASE(what_is_left_is_html)
{
    using namespace std::string_view_literals;
    check({{"a & b <i>", "a &amp; b "},
           {"a>b<i>", "a&gt;b"},
           {"\xC2\xA0<i>", "&nbsp;"},
           {"\xC3\xA9<i>\xC2\xA1", "\xC3\xA9\xC2\xA1"},
           {"\"q\" 's' <i>", "\"q\" 's' "},
           {"a\r\nb<i>c\rd", "a\nbc\nd"},
           {"\r\n a<i>", "\r\n a"},
           {"a\0b<i>"sv, "ab"}});
}

BOOST_AUTO_TEST_CASE(references_mean_what_they_meant)
{
    check({{"&amp; &lt; &gt; &nbsp; <i>", "&amp; &lt; &gt; &nbsp; "},
           {"&quot;&apos;<i>", "\"'"},
           {"&#60;&#x3C;&#X3c;b&#62;&#38;&#160;<i>", "&lt;&lt;&lt;b&gt;&amp;&nbsp;"},
           {"&#65;&#xe9;&#x6F22;&#128512;<i>", "A\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80"},
           {"&#65x&#x41 <i>", "AxA "},
           {"&#0;&#xD800;&#x110000;&#99999999999999999999;<i>", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
           {"& &; &# &#; &#x; &#xg; <i>", "&amp; &amp;; &amp;# &amp;#; &amp;#x; &amp;#xg; "}});
    // Here we differ from DOMPurify, which has the table of all names: both are shown the same.
    check({{"&copy; &unknown; &lt <i>", "&copy; &unknown; &amp;lt "}, {"&#128;&#x9f<i>", "&#128;&#x9f;"}});
}

BOOST_AUTO_TEST_CASE(the_result_has_no_less_than_and_a_second_time_changes_nothing)
{
    std::mt19937_64 random(20261124);
    for (int round = 0; round < 20'000; ++round) {
        auto const text = random_html(random);
        auto const without = without_markup(text);
        BOOST_TEST_REQUIRE(without.find('<') == std::string::npos, text);
        BOOST_TEST_REQUIRE(without_markup(without) == without, text);
        BOOST_TEST_REQUIRE(is_utf8(without), text);
        BOOST_TEST_REQUIRE((without == text || text.find('<') != std::string::npos), text);
    }
}

BOOST_AUTO_TEST_CASE(any_bytes_will_do)
{
    std::mt19937_64 random(5);
    for (int round = 0; round < 20'000; ++round) {
        std::string text = "<";
        for (auto n = random() % 20; n > 0; --n)
            text += random() % 2 == 0 ? static_cast<char>(random()) : "<>&;#/!-x'\" ="[random() % 13];
        BOOST_TEST_REQUIRE(without_markup(text).find('<') == std::string::npos);
    }
}

/// A sanitizer sees what is read beyond the last byte of a buffer, and no string has its zero there.
BOOST_AUTO_TEST_CASE(nothing_is_read_beyond_the_end)
{
    std::mt19937_64 random(11);
    for (int round = 0; round < 20'000; ++round) {
        auto const text = random_html(random);
        std::vector<char> const bytes(text.begin(), text.end());
        BOOST_TEST_REQUIRE(without_markup({bytes.data(), bytes.size()}) == without_markup(text), text);
        // Nor does it matter what stands there.
        auto const size = random() % (text.size() + 1);
        BOOST_TEST_REQUIRE(
            without_markup(std::string_view(text).substr(0, size)) == without_markup(text.substr(0, size)), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

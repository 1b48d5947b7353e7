// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/formats.hpp>

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(attribute_formats)

BOOST_AUTO_TEST_CASE(an_email_address_has_a_local_part_and_a_domain_with_a_top_level)
{
    for (std::string_view const fine :
         {"a@b.co", "first.last+tag@sub.example.com", "o'neil@example.org", "J\xC3\xB6rg@example.com",
          "a@xn--bcher-kva.ch", "a@b.xn--p1ai", "a@b.XN--P1AI", "x_y-z@ex-ample.museum", "\xC4\x80@example.com",
          "a@b\xC3\xBC"
          "cher.de"})
        BOOST_TEST(auth0::is_email(fine), fine);
    for (std::string_view const bad : {"",
                                       "a",
                                       "@b.co",
                                       "a@",
                                       "a@b",
                                       "a@localhost",
                                       "a b@c.de",
                                       "a@b .co",
                                       ".a@b.co",
                                       "a.@b.co",
                                       "a..b@c.de",
                                       "a@-b.co",
                                       "a@b-.co",
                                       "a@b..co",
                                       "a@b.c",
                                       "a@b.c0",
                                       "a@b.yn--p1ai",
                                       "a@b.x1--p",
                                       "a\"b@c.de",
                                       "a@b.co\n",
                                       "a,b@c.de",
                                       "nz@laminex.co.nz\xE2\x80\x8B",
                                       "a@b.co\xC2\xA0",
                                       "(a)@b.co",
                                       "a@@b.co"})
        BOOST_TEST(!auth0::is_email(bad), bad);
}

BOOST_AUTO_TEST_CASE(an_email_address_ends_at_64_bytes_before_the_sign_and_254_in_all)
{
    std::string const local(64, 'a');
    BOOST_TEST(auth0::is_email(local + "@b.co"));
    BOOST_TEST(!auth0::is_email("a" + local + "@b.co"));
    auto const label = std::string(62, 'b') + ".";
    auto const domain = label + label + label;                              // 189 bytes
    BOOST_TEST(auth0::is_email(local.substr(0, 62) + "@" + domain + "cc")); // 254
    BOOST_TEST(!auth0::is_email(local.substr(0, 63) + "@" + domain + "cc"));
    BOOST_TEST(auth0::is_email("a@" + std::string(63, 'b') + ".co"));
    BOOST_TEST(!auth0::is_email("a@" + std::string(64, 'b') + ".co"));
}

BOOST_AUTO_TEST_CASE(a_phone_number_is_a_plus_and_up_to_15_digits)
{
    for (std::string_view const fine : {"+1", "+000000000000000", "+49301234567"})
        BOOST_TEST(auth0::is_phone_number(fine), fine);
    for (std::string_view const bad : {"", "+", "1", "+1234567890123456", "+1 2", "+1a", " +1", "+1\n", "++1"})
        BOOST_TEST(!auth0::is_phone_number(bad), bad);
}

BOOST_AUTO_TEST_CASE(a_picture_is_a_url_of_the_web_with_a_host)
{
    for (std::string_view const fine :
         {"https://example.com/a.png", "http://example.com", "HTTPS://EXAMPLE.COM/A", "ftp://files.example.com/x",
          "example.com/a.png", "//example.com/a.png", "https://127.0.0.1/a", "https://example.com:8080/a?b=c#d",
          "https://u:p@example.com/", "https://s.gravatar.com/avatar/0?d=https%3A%2F%2Fcdn.example.com%2Fa.png",
          "example.com/?next=https://example.org/"})
        BOOST_TEST(auth0::is_picture_url(fine), fine);
    for (std::string_view const bad :
         {"", "picture", "https://", "https:///a", "https://localhost/a", "javascript://example.com/%0aalert(1)",
          "data:image/png;base64,AA==", "file://example.com/a", "https://exa mple.com/", "https://example.com/<a>",
          "https://example.com:99999999/", "https://example.com:/", "https://example.com:8a/", "https://256.0.0.1/",
          "https://1.2.3/", "mailto:a@b.co:1", "https://-a.com/"})
        BOOST_TEST(!auth0::is_picture_url(bad), bad);
    auto const long_path = "https://example.com/" + std::string(2062, 'a');
    BOOST_TEST(auth0::is_picture_url(long_path));
    BOOST_TEST(!auth0::is_picture_url(long_path + "a"));
}

BOOST_AUTO_TEST_SUITE_END()

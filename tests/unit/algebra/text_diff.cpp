// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/text_diff.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/splice/splice.hpp>

using namespace metapatch;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(text_differences)

namespace {

using text = std::optional<std::string_view>;

std::string told(report const& found)
{
    return test::told(found) + (found.front().text ? " in the " + std::string(name(*found.front().text)) : "");
}

template<class Policy>
std::string sent(text from, text to, Policy const& policy, presence how = presence::exact)
{
    auto const bodies = diff(from, to, policy, how);
    return bodies ? shown(bodies->in_turn) : told(bodies.error());
}

constexpr std::string_view long_integer = R"({"id":123456789012345678901234567890})";
constexpr std::string_view its_neighbour = R"({"id":123456789012345678901234567891})";

} // namespace

BOOST_AUTO_TEST_CASE(of_equal_texts_there_is_nothing_to_send)
{
    auto const same = diff(R"({"a":1.0,"b":[2]})", R"({ "b" : [2e0], "a" : 1 })", first_level).value();
    BOOST_TEST(same.nothing_to_send());
    BOOST_TEST(same.is_atomic());
    BOOST_TEST(diff(text(), text(), first_level)->nothing_to_send());
    BOOST_TEST(!diff("{}", R"({"a":1})", first_level)->nothing_to_send());
    BOOST_TEST(diff(text(), "{}", replace, presence::either)->nothing_to_send());
}

BOOST_AUTO_TEST_CASE(numbers_that_a_DOM_rounds_to_the_same_differ)
{
    BOOST_TEST(diff(read_state(long_integer).value(), read_state(its_neighbour).value(), first_level)->is_untouched());
    BOOST_TEST(sent(long_integer, its_neighbour, first_level) == its_neighbour);
    BOOST_TEST(sent(R"({"a":1e400})", R"({"a":1e401,"b":2})", first_level) == R"({"a":1e401,"b":2})");
}

BOOST_AUTO_TEST_CASE(numbers_are_sent_as_the_target_writes_them)
{
    BOOST_TEST(sent(R"({"a":2.00})", R"({"b":1.10,"c":[2.0, 2]})", first_level) ==
               R"({"a":null,"b":1.10,"c":[2.0,2]})");
    BOOST_TEST(sent(text(), R"({"a":1E+2})", replace) == R"({"a":1E+2})");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_text_tells_which_it_is)
{
    BOOST_TEST(sent(R"({"a":01})", "{}", first_level) == "malformed_json '' offset 6 in the state to start from");
    BOOST_TEST(sent("{}", R"({"a":01})", first_level) == "malformed_json '' offset 6 in the state to reach");
    BOOST_TEST(sent("[01]", "[01]", first_level) == "malformed_json '' offset 2 in the state to start from");
    BOOST_TEST(sent("[]", "{}", first_level) == "expected_object '' in the state to start from");
    BOOST_TEST(sent("{}", "null", first_level) == "expected_object '' in the state to reach");
    auto strict = first_level;
    strict.read.duplicates = duplicate_keys::rejected;
    BOOST_TEST(sent("{}", R"({"a":{"b":1,"b":1}})", strict) == "duplicate_key '/a/b' in the state to reach");
    auto shallow = first_level;
    shallow.read.max_nesting = 1;
    BOOST_TEST(sent(R"({"a":[]})", "{}", shallow) == "too_deep '' limit 1 offset 5 in the state to start from");
}

BOOST_AUTO_TEST_CASE(what_no_body_reaches_is_said_as_of_states)
{
    BOOST_TEST(sent("{}", text(), auth0::user_metadata) == "unreachable_state ''");
    BOOST_TEST(sent("{}", R"({"a":null})", first_level) == "unreachable_null '/a'");
    BOOST_TEST(sent("{}", R"({"a.b":1})", auth0::user_metadata) == "invalid_key_character '/a.b'");
    BOOST_TEST(sent(text(), R"({"a":1})", auth0::client_metadata) == "invalid_value_type '/a'");
}

BOOST_AUTO_TEST_CASE(limits_split_what_is_sent)
{
    constexpr policy two_members{any_key{}, {}, {.max_members = 2}};
    auto const made = diff(R"({"a":1,"b":2})", R"({"c":3,"d":4})", two_members).value();
    BOOST_TEST(shown(made.in_turn) == R"({"a":null,"b":null} {"c":3,"d":4})");
    BOOST_TEST(!made.is_atomic());
}

BOOST_AUTO_TEST_CASE(a_stored_key_that_no_null_removes_goes_by_a_clear)
{
    BOOST_TEST(sent(R"({"a.b":1,"c":2.50})", R"({"c":2.50})", auth0::user_metadata) == R"({} {"c":2.50})");
}

BOOST_AUTO_TEST_CASE(a_size_is_that_of_the_texts)
{
    auto const of_size = [](std::size_t most) { return policy{any_key{}, {}, {.max_bytes = most}}; };
    // {"a":1.000,"b":2}, and a DOM would have {"a":1E0,"b":2}
    BOOST_TEST(sent(R"({"a":1.000})", R"({"b":2,"a":1.000})", of_size(17)) == R"({"b":2})");
    BOOST_TEST(sent(R"({"a":1.000})", R"({"b":2,"a":1.000})", of_size(16)) == "too_large '' limit 16 actual 17");
    BOOST_TEST(sent(R"({ "a" : 1.000 })", R"({"a":1.0001})", of_size(12)) == R"({"a":1.0001})");
    BOOST_TEST(sent(R"({ "a" : 1.000 })", R"({"a":1.0001})", of_size(11)) == "too_large '' limit 11 actual 12");
    BOOST_TEST(sent(text(), R"({"a":1})", of_size(7)) == R"({"a":1})");
    BOOST_TEST(sent(text(), R"({"a":1})", of_size(6)) == "too_large '' limit 6 actual 7");
    // What is stored in more than three ways is measured as it stands.
    BOOST_TEST(sent(R"({"a":1,"b":1.0,"c":1.00,"d":1.000})", R"({"a":1,"b":1.0,"c":1.00,"d":1.000,"e":2})",
                    of_size(40)) == R"({"e":2})");
    BOOST_TEST(sent(R"({"a":1,"b":1.0,"c":1.00,"d":1.000})", R"({"a":1,"b":1.0,"c":1.00,"d":1.000,"e":2})",
                    of_size(35)) == "too_large '' limit 35 actual 40");
}

BOOST_AUTO_TEST_CASE(a_clear_goes_first_where_a_state_between_would_be_too_large)
{
    auto const narrow = [](std::size_t most) { return policy{any_key{}, {}, {.max_members = 2, .max_bytes = most}}; };
    // The first of two bodies adds before the second one shrinks: {"x":"1234567890","b":2,"c":3} lies between.
    constexpr auto from = R"({"x":"1234567890","y":1})";
    constexpr auto to = R"({"b":2,"c":3})";
    BOOST_TEST(sent(from, to, narrow(24)) == R"({"x":null,"y":null} {"b":2,"c":3})");
    constexpr auto shrunk = R"({"b":2,"x":[1]})";
    BOOST_TEST(sent(R"({"y":1,"x":"1234567890"})", shrunk, narrow(26)) == R"({"y":null,"b":2} {"x":[1]})");
    BOOST_TEST(sent(R"({"y":1,"x":"1234567890"})", shrunk, narrow(23)) == R"({} {"x":[1],"b":2})");
    BOOST_TEST(sent(R"({"y":1,"x":"1234567890"})", shrunk, narrow(14)) == "too_large '' limit 14 actual 24");
}

BOOST_AUTO_TEST_CASE(the_bodies_make_of_one_text_the_other)
{
    constexpr std::string_view from = R"({"keep":1e400,"drop":1,"n":0.10})";
    constexpr std::string_view to = R"({"keep":1e400,"n":0.100000000000000000000001,"new":{"x":null}})";
    std::optional<std::string> now(from);
    auto const made = diff(from, to, auth0::app_metadata).value();
    for (auto const& body : made.in_turn)
        now = spliced(now, body, auth0::app_metadata).value();
    BOOST_TEST(*now == to);
}

BOOST_AUTO_TEST_SUITE_END()

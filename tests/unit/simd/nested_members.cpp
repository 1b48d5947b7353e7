// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/nested_members.hpp>

#include "../../support.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(members_of_two_levels)

namespace {

template<class Cursor>
std::string told(Cursor& cursor, std::string_view text)
{
    using event = typename Cursor::event;
    std::string all;
    while (cursor.search()) {
        for (auto what = cursor.next_found(); what != event::none; what = cursor.next_found()) {
            if (what == event::enter)
                all.append(cursor.raw_key()) += '(';
            else if (what == event::inner)
                all.append(cursor.raw_key())
                    .append("=")
                    .append(text.substr(value_begin(text, cursor.member()),
                                        value_end(text, cursor.member()) - value_begin(text, cursor.member())))
                    .append(" ");
            else
                all.append(std::to_string(cursor.inner_commas()))
                    .append(")")
                    .append(std::to_string(cursor.end_of_member())) += ' ';
        }
    }
    return all + (cursor.fine() ? std::to_string(cursor.members()) + "@" + std::to_string(cursor.end()) : "no JSON");
}

constexpr std::array<std::string_view, 2> outer{"meta", "other"};
constexpr std::array<std::string_view, 2> inner{"aa", "bb"};

void check(std::string_view text, std::string const& expected)
{
    auto const wanted = wanted_keys::of(outer);
    auto const inside = wanted_keys::of(inner);
    for (auto const instructions : test::every_scan()) {
        // Without the instruction that looks up pairs every key is told, as anybody must expect.
        bool const tells_all = instructions == scan_with::portable || instructions == scan_with::sse2;
        detail::checked_nested_cursor checked(text, wanted, inside, instructions);
        auto const by_check = told(checked, text);
        if (!tells_all)
            BOOST_TEST(by_check == expected);
        if (by_check.ends_with("no JSON"))
            continue;
        detail::trusted_nested_cursor trusted(text, wanted, inside, instructions);
        BOOST_TEST(told(trusted, text) == by_check);
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(wanted_members_are_entered_and_the_wanted_ones_inside_told)
{
    check("{}", "0@1");
    check(R"({"x":1,"meta":{"aa":1,"c":[1,2],"bb" : {"aa":2} },"y":{"aa":1}})", "meta(aa=1 bb={\"aa\":2} 2)49 3@62");
    check(R"( {"meta":{},"other":{ "aa":"}" }} )", "meta(0)11 other(aa=\"}\" 0)32 2@32");
    check(R"({"meta":5,"other":"aa"})", "meta(0)9 other(0)22 2@22");
    check(R"({"me\u0074a":{"a\u0061":1}})", "me\\u0074a(a\\u0061=1 0)26 1@26");
}

BOOST_AUTO_TEST_CASE(what_is_inside_of_an_array_is_told_too)
{
    check(R"({"meta":["x","aa","bb"]})", "meta(aa= bb= 2)23 1@23");
}

BOOST_AUTO_TEST_CASE(members_go_across_blocks_and_steps)
{
    for (std::size_t const size : {40U, 61U, 62U, 63U, 64U, 65U, 200U, 16'300U, 16'384U, 40'000U}) {
        std::string const filler(size, 'x');
        std::string const deep = "{\"aa\":[" + std::string(100, '[') + std::string(100, ']') + "]}";
        std::string const text = "{\"f\":\"" + filler + "\",\"meta\":{\"aa\":1,\"g\":\"" + filler + "\",\"h\":" + deep +
                                 ",\"bb\":\"" + filler + "\"},\"z\":\"" + filler + "\",\"other\":{\"bb\":2}}";
        auto const first_end = text.find(",\"z\"");
        auto const end = text.size() - 1;
        check(text, "meta(aa=1 bb=\"" + filler + "\" 3)" + std::to_string(first_end) + " other(bb=2 0)" +
                        std::to_string(end) + " 4@" + std::to_string(end));
    }
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_json_is_told_by_the_checked_cursor)
{
    for (auto const* const text : {"{\"meta\":{\"aa\":1}", "{\"meta\":{\"aa\":01}}", "{\"meta\":{\"aa\":1]}",
                                   "{\"meta\":{,}}", "{\"meta\":{}}x", "{\"a\":1,}"}) {
        detail::checked_nested_cursor cursor(text, every_key, every_key, fastest_scan());
        BOOST_TEST(told(cursor, text).ends_with("no JSON"), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

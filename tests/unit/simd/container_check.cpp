// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/container_check.hpp>

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using detail::container_check;

BOOST_AUTO_TEST_SUITE(container_check_)

namespace {

/// Of brackets, `o` in front of one that is told to stand in an object, `a` in an array.
bool fits(std::string_view told, std::size_t max_nesting = nesting_ceiling)
{
    container_check::memory room;
    container_check check(max_nesting, room);
    std::uint64_t marks = 0;
    for (char const c : told) {
        if (c == 'o' || c == 'a') {
            marks ^= c == 'o' ? container_check::in_object : container_check::in_array;
            continue;
        }
        if (!check.take(static_cast<std::uint8_t>(c) ^ marks))
            return false;
        marks = 0;
    }
    return check.fine() && check.complete();
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_told_goes_on_to_the_next_bracket_and_no_further)
{
    detail::told_brackets told;
    BOOST_TEST(told.of(0b0000'0001, 0b0001'0100) == 0b0000'0100U);
    BOOST_TEST(told.of(0b0000'0100, 0b0001'0100) == 0b0000'0100U);
    BOOST_TEST(told.of(0b0000'1001, 0b0001'0100) == 0b0001'0100U);
    BOOST_TEST(!told.wait());
    BOOST_TEST(told.of(0b0010'0000, 0b0001'0100) == 0U);
    BOOST_TEST(told.wait());
    BOOST_TEST(told.of(0, 0) == 0U); // nor in a block without any
    BOOST_TEST(told.wait());
    BOOST_TEST(told.of(0, 1) == 1U);
    BOOST_TEST(!told.wait());
    BOOST_TEST(told.of(std::uint64_t{1} << 63, 0) == 0U);
    BOOST_TEST(told.of(0, 0b0001'0100) == 0b0000'0100U);
    BOOST_TEST(!told.wait());
}

BOOST_AUTO_TEST_CASE(brackets_match)
{
    for (auto const* const fine : {"", "{}", "[]", "[{}[]]", "{[]{}}[]"})
        BOOST_TEST(fits(fine), fine);
    for (auto const* const wrong : {"{", "}", "]", "[", "{]", "[}", "[{]}", "{}}", "[[]"})
        BOOST_TEST(!fits(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(what_is_told_is_of_the_container_around_the_bracket)
{
    for (auto const* const fine : {"{o}", "[a]", "{o[]o}", "[a{}a]", "{[a]o}", "[{o}a]", "{o{o}}"})
        BOOST_TEST(fits(fine), fine);
    for (auto const* const wrong : {"{a}", "[o]", "o{}", "a{}", "o[]", "a[]", "{}a[]", "{}o[]", "{a[]}", "[o{}]",
                                    "{[o]}", "[{a}]", "{oa}", "[oa]", "{[]a}"})
        BOOST_TEST(!fits(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(kinds_are_kept_over_pages_of_levels)
{
    for (std::size_t const levels : {63U, 64U, 65U, 128U, 129U}) {
        std::string const begin(levels, '[');
        std::string const end(levels, ']');
        BOOST_TEST(fits("{" + begin + "{}{o}" + end + "o}"));
        BOOST_TEST(!fits("{" + begin + end + "a}"));
        BOOST_TEST(!fits("{" + begin + end + "]"));
        BOOST_TEST(fits("{" + begin + end + "o" + begin + end + "}", levels + 1));
        BOOST_TEST(!fits("{" + begin + end + "}", levels));
    }
}

BOOST_AUTO_TEST_SUITE_END()

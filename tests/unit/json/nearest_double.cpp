// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/nearest_double.hpp>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(nearest_double)

namespace {

std::string without_point(std::string_view number)
{
    return metapatch::detail::number_without_point(number).c_str();
}

/// By what every standard library has.
double read_without_point(std::string_view number)
{
    return std::strtod(without_point(number).c_str(), nullptr);
}

/// Halfway between 1 and the double above it.
std::string const halfway = "1.00000000000000011102230246251565404236316680908203125";

} // namespace

BOOST_AUTO_TEST_CASE(a_number_is_written_without_its_point)
{
    BOOST_TEST(without_point("1") == "1e0");
    BOOST_TEST(without_point("-12.50") == "-1250e-2");
    BOOST_TEST(without_point("0.00120e3") == "120e-2");
    BOOST_TEST(without_point("0") == "0");
    BOOST_TEST(without_point("-0.00e9") == "-0");
    BOOST_TEST(without_point("10.0E+7") == "100e6");
    BOOST_TEST(without_point("1e-007") == "1e-7");
}

BOOST_AUTO_TEST_CASE(an_exponent_beyond_all_stays_beyond_all)
{
    for (auto const* large : {"1e10000", "1e99999999999999999999", "1e9223372036854775807", "0.1e4611686018427387905"})
        BOOST_TEST(without_point(large).substr(1) == "e9999", large);
    for (auto const* small : {"1e-10000", "1e-99999999999999999999", "1.0e-9223372036854775808"})
        BOOST_TEST(without_point(small).substr(without_point(small).find('e')) == "e-9999", small);
}

BOOST_AUTO_TEST_CASE(of_the_digits_behind_the_first_800_only_whether_they_are_zero_is_kept)
{
    std::string const zeros(800, '0');
    std::string const nines(800, '9');
    BOOST_TEST(without_point(nines) == nines + "e0");
    BOOST_TEST(without_point(nines + "0") == nines + "e1");
    BOOST_TEST(without_point(nines + "07") == nines + "1e1");
    BOOST_TEST(without_point("-" + nines + ".00") == "-" + nines + "e0");
    BOOST_TEST(without_point("0.0" + nines + "007e5") == nines + "1e-797");
    BOOST_TEST(read_without_point(halfway + zeros) == 1.0);
    BOOST_TEST(read_without_point(halfway + zeros + "1") == std::nextafter(1.0, 2.0));
    BOOST_TEST(metapatch::detail::nearest_double(halfway + zeros + "1") == std::nextafter(1.0, 2.0));
}

BOOST_AUTO_TEST_CASE(both_ways_give_the_nearest_double)
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        auto const number = std::to_string(random()) + "." + std::to_string(random()) + "e" +
                            std::to_string(static_cast<int>(random() % 700) - 360);
        auto const nearest = std::strtod(number.c_str(), nullptr);
        BOOST_REQUIRE_MESSAGE(read_without_point(number) == nearest, number);
        BOOST_REQUIRE_MESSAGE(metapatch::detail::nearest_double(number) == nearest, number);
    }
}

BOOST_AUTO_TEST_SUITE_END()

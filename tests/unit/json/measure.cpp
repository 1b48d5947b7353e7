// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/measure.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <random>

using namespace metapatch;
using metapatch::test::json;

BOOST_AUTO_TEST_SUITE(measure)

namespace {

/// Any value, with every kind of scalar and strings that need escapes.
boost::json::value random_value(std::mt19937_64& random, int levels)
{
    switch (random() % (levels > 0 ? 9 : 7)) {
    case 0:
        return nullptr;
    case 1:
        return random() % 2 == 0;
    case 2:
        return static_cast<std::int64_t>(random()) >> random() % 64;
    case 3:
        return static_cast<std::uint64_t>(random());
    case 4:
        return std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 2000) - 1064);
    case 5:
        return static_cast<double>(static_cast<std::int64_t>(random()) >> random() % 64) / 8;
    case 6: {
        boost::json::string text;
        for (auto n = random() % 12; n > 0; --n)
            text.push_back(static_cast<char>(random() % 0x80));
        return text;
    }
    case 7: {
        boost::json::array elements;
        for (auto n = random() % 5; n > 0; --n)
            elements.push_back(random_value(random, levels - 1));
        return elements;
    }
    default: {
        boost::json::object members;
        for (auto n = random() % 5; n > 0; --n)
            members[std::string(random() % 3, static_cast<char>(random() % 0x80))] = random_value(random, levels - 1);
        return members;
    }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(sizes_are_those_counted_by_hand)
{
    std::pair<char const*, std::size_t> const cases[]{{"null", 4},
                                                      {"true", 4},
                                                      {"false", 5},
                                                      {"0", 1},
                                                      {"-1", 2},
                                                      {"10", 2},
                                                      {"{}", 2},
                                                      {"[]", 2},
                                                      {"[1]", 3},
                                                      {"[1,2]", 5},
                                                      {R"({"a":1})", 7},
                                                      {R"({"a":1,"b":[]})", 14},
                                                      {R"("")", 2},
                                                      {R"("\u00e9")", 4},
                                                      {R"("\u0000")", 8},
                                                      {R"("\n\"\\")", 8},
                                                      {R"("\/")", 3},
                                                      {R"("\u001f\u007f")", 9},
                                                      {"[[],{}]", 7},
                                                      {R"({"\n":""})", 9},
                                                      {"9223372036854775807", 19},
                                                      {"-9223372036854775808", 20},
                                                      {"18446744073709551615", 20}};
    for (auto const& [text, size] : cases)
        BOOST_TEST(serialized_size(json(text)) == size, text);
}

BOOST_AUTO_TEST_CASE(sizes_are_those_of_serialize_for_random_values)
{
    std::mt19937_64 random(20261122);
    for (int i = 0; i < 20'000; ++i) {
        auto const value = random_value(random, 4);
        auto const text = boost::json::serialize(value);
        BOOST_REQUIRE_MESSAGE(serialized_size(value) == text.size(), text);
        if (value.is_object())
            BOOST_REQUIRE_MESSAGE(serialized_size(value.get_object()) == text.size(), text);
    }
}

BOOST_AUTO_TEST_CASE(every_power_of_ten_and_its_neighbours_are_measured)
{
    for (std::uint64_t power = 1; power != 0; power = power > UINT64_MAX / 10 ? 0 : power * 10) {
        for (auto const number : {power - 1, power, power + 1}) {
            BOOST_TEST(serialized_size(boost::json::value(number)) == std::to_string(number).size());
            auto const negative = -static_cast<std::int64_t>(number / 2);
            BOOST_TEST(serialized_size(boost::json::value(negative)) == std::to_string(negative).size());
        }
    }
}

BOOST_AUTO_TEST_CASE(every_byte_of_a_string_is_measured)
{
    for (int c = 0; c < 0x80; ++c) {
        std::string const text(1, static_cast<char>(c));
        BOOST_TEST(serialized_string_size(text) == boost::json::serialize(boost::json::value(text)).size(), c);
    }
    BOOST_TEST(serialized_string_size("\xF0\x9F\x98\x80") == 6U);
}

BOOST_AUTO_TEST_CASE(an_escape_is_counted_wherever_it_stands_and_nothing_else_is)
{
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string around(size + 32, 'x'); // what stands there is not of the text
            auto const text = std::string_view(around).substr(16, size);
            for (char const c : {'"', '\\', '\n', '\x1f', '\0'}) {
                around[16 + at] = c;
                auto const cost = c == '\x1f' || c == '\0' ? 5U : 1U;
                BOOST_TEST(serialized_string_size(text) == size + 2 + cost, size << " " << at);
            }
            for (char const c : {' ', '!', '#', '[', ']', '\x7f', '\x80', '\xa2', '\xdc', '\xff'}) {
                around[16 + at] = c;
                BOOST_TEST(serialized_string_size(text) == size + 2, size << " " << at);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(commas_stand_between_members)
{
    static_assert(separators_size(0) == 0 && separators_size(1) == 0 && separators_size(2) == 1);
    BOOST_TEST(separators_size(10) == 9U);
}

BOOST_AUTO_TEST_CASE(nesting_counts_containers)
{
    std::pair<char const*, std::size_t> const cases[]{{"1", 0},           {"{}", 1},
                                                      {"[]", 1},          {R"({"a":1})", 1},
                                                      {R"({"a":[]})", 2}, {R"({"a":{},"b":[[0]],"c":1})", 3},
                                                      {"[[[1],2],3]", 3}};
    for (auto const& [text, levels] : cases)
        BOOST_TEST(nesting(json(text)) == levels, text);
}

BOOST_AUTO_TEST_CASE(a_value_nested_a_million_deep_is_measured_without_recursion)
{
    // In a monotonic resource nothing is destroyed, or Boost.JSON's own destructor would overflow the stack.
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    boost::json::value deep(1, storage);
    for (std::size_t i = 0; i < 1'000'000; ++i) {
        boost::json::array around(storage);
        around.push_back(std::move(deep));
        deep = std::move(around);
    }
    BOOST_TEST(serialized_size(deep) == 2'000'001U);
    BOOST_TEST(nesting(deep) == 1'000'000U);
}

BOOST_AUTO_TEST_SUITE_END()

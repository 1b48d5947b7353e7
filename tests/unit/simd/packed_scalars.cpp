// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/packed_scalars.hpp>

#include "../../laws/random.hpp"
#include "packing_bytes.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/simd/scalars.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(packed_scalars)

namespace {

/// Whether all of them are numbers and literals; of none that is longer than a block.
bool checked(std::vector<std::string> const& scalars, std::string_view ends)
{
    std::string packed;
    for (std::size_t i = 0; i < scalars.size(); ++i)
        packed += scalars[i] + ends[i % ends.size()];
    auto const size = packed.size();
    packed += std::string(64, 't') + "rue,"; // what must not count
    detail::packed_scalars check;
    for (std::size_t at = 0; at < size;) {
        auto const taken = check.take<test::packing_bytes>(packed.data() + at, size - at);
        BOOST_TEST_REQUIRE(taken > 0U);
        at += taken;
        BOOST_TEST_REQUIRE(at <= size);
    }
    return check.fine();
}

bool is_one(std::string const& scalar)
{
    return detail::is_scalar(scalar.data(), scalar.data() + scalar.size());
}

} // namespace

BOOST_AUTO_TEST_CASE(every_scalar_of_a_few_bytes_is_told_as_by_itself)
{
    constexpr std::string_view alphabet = "0192-+.eEtrufalsnx";
    for (std::string_view const start : {"", "12", "-1", "1.5", "1e", "tru", "nul", "fals", "1234567", "0.123456"}) {
        for (std::size_t i = 0; i < alphabet.size() * alphabet.size() * alphabet.size(); ++i) {
            auto const n = alphabet.size();
            auto const scalar = std::string(start) + alphabet[i / n / n] + alphabet[i / n % n] + alphabet[i % n];
            BOOST_TEST_REQUIRE(checked({scalar}, ",") == is_one(scalar), scalar);
        }
    }
    for (std::string const scalar : {"0", "-", "1", "t", "true", "false", "null", "-0", "1.", "\x01", "\xC3", "\xFB"})
        BOOST_TEST(checked({scalar}, "]") == is_one(scalar), scalar);
}

BOOST_AUTO_TEST_CASE(one_that_is_none_is_told_among_many_wherever_it_stands)
{
    std::string const fine[] = {"0",   "1",  "true", "false", "null", "-0.5e+7", "12345678901234567890",
                                "1E5", "-7", "3.25"};
    std::string const faulty[] = {"01",  "tru",    "truee", "nulll", "-",     "1.",    ".5",   "1e",
                                  "1e+", "--1",    "1-1",   "1.5.5", "1e5e5", "1e5.5", "+1",   "x",
                                  "1x",  "falsee", "0x1",   "1+1",   "e5",    "-e5",   "\x7F", "1\xC3"};
    for (std::uint64_t seed = 0; seed < 30'000; ++seed) {
        model::generator random(seed);
        std::vector<std::string> scalars;
        for (auto left = 1 + random.below(40); left > 0; --left)
            scalars.push_back(fine[random.below(std::size(fine))]);
        bool const damaged = random.one_in(2);
        if (damaged)
            scalars[random.below(scalars.size())] = faulty[random.below(std::size(faulty))];
        std::string ends;
        for (auto left = 1 + random.below(5); left > 0; --left)
            ends += ",]} \n\t\r:{[\""[random.below(11)];
        std::string told;
        for (auto const& each : scalars)
            told += each + " ";
        BOOST_TEST_REQUIRE(checked(scalars, ends) == !damaged, told);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_complete_in_a_block_is_left)
{
    for (std::size_t digits = 1; digits < 140; ++digits) {
        auto const number = std::string(digits, '7') + std::string(140, ',');
        detail::packed_scalars check;
        auto const taken = check.take<test::packing_bytes>(number.data(), digits + 1);
        BOOST_TEST(taken == (digits < 64 ? digits + 1 : 0));
        BOOST_TEST(check.fine());
        auto const behind = "true," + number;
        detail::packed_scalars next;
        auto const first = next.take<test::packing_bytes>(behind.data(), digits + 5);
        BOOST_TEST(first == 5U);
        auto const all = next.take<test::packing_bytes>(behind.data() + first, digits + 1);
        BOOST_TEST(all == (digits < 64 ? digits + 1 : 0));
    }
}

BOOST_AUTO_TEST_SUITE_END()

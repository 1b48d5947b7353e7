// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/token_order.hpp>

#include "../../laws/random.hpp"
#include "packing_bytes.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(orders_of_tokens)

namespace {

/// Whether tokens are in order, each of which is told by its first byte.
bool in_order(std::string const& tokens, std::size_t max_nesting)
{
    detail::token_order::memory room;
    room.fill(true); // whatever is there
    detail::token_order order(max_nesting, room);
    auto const all = ":" + tokens + std::string(66, ',');
    for (std::size_t at = 0; at <= tokens.size(); at += 64) {
        auto const which = ~std::uint64_t{0} >> (64 - std::min<std::size_t>(tokens.size() + 1 - at, 64));
        if (!order.take<test::packing_bytes>(all.data() + at, which))
            return false;
    }
    return order.fine() && order.complete();
}

/// The same as a text, says the scanner.
bool scanned(std::string const& tokens, std::size_t max_nesting)
{
    std::string text;
    for (char const c : tokens)
        text += c == '"' ? std::string("\"a\"") : c == '1' ? std::string(" 1") : std::string(1, c);
    scanner scan(text, max_nesting);
    auto what = scan.next();
    while (what != token::end && what != token::failed)
        what = scan.next();
    return what == token::end;
}

void append_value(std::string& tokens, model::generator& random, int depth)
{
    auto const kind = random.below(depth > 0 ? 6 : 2);
    if (kind < 2) {
        tokens += kind == 0 ? '"' : '1';
        return;
    }
    bool const object = kind < 4;
    tokens += object ? '{' : '[';
    for (auto left = random.below(5); left > 0; --left) {
        if (object)
            tokens += "\":";
        append_value(tokens, random, depth - 1);
        tokens += left > 1 ? "," : "";
    }
    tokens += object ? '}' : ']';
}

} // namespace

BOOST_AUTO_TEST_CASE(every_few_tokens_are_in_order_if_the_scanner_takes_them)
{
    constexpr std::string_view kinds = "{}[],:\"1";
    int fine = 0;
    for (unsigned size = 1; size <= 6; ++size) {
        for (unsigned long n = 0; n < 1UL << (3 * size); ++n) {
            std::string tokens;
            for (unsigned i = 0; i < size; ++i)
                tokens += kinds[n >> (3 * i) & 7];
            bool const expected = scanned(tokens, nesting_ceiling);
            fine += expected ? 1 : 0;
            if (in_order(tokens, nesting_ceiling) != expected)
                BOOST_TEST_REQUIRE(false, tokens << " is " << expected);
        }
    }
    BOOST_TEST(fine == 28);
}

BOOST_AUTO_TEST_CASE(many_tokens_are_in_order_if_the_scanner_takes_them)
{
    constexpr std::string_view kinds = "{}[],:\"1";
    int fine = 0;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        model::generator random(seed);
        std::string tokens;
        auto const around = random.one_in(4) ? random.below(70) : 0; // so that levels are reached that matter later
        tokens.append(around, '[');
        append_value(tokens, random, static_cast<int>(random.below(7)));
        tokens.append(around, ']');
        for (auto left = random.below(3); left > 0; --left)
            tokens[random.below(tokens.size())] = kinds[random.below(kinds.size())];
        auto const limit = random.one_in(4) ? random.below(80) : nesting_ceiling;
        bool const expected = scanned(tokens, limit);
        fine += expected ? 1 : 0;
        BOOST_TEST_REQUIRE(in_order(tokens, limit) == expected, tokens << " is " << expected << " down to " << limit);
    }
    BOOST_TEST(fine > 4'000);
    BOOST_TEST(fine < 16'000);
}

BOOST_AUTO_TEST_CASE(containers_nest_up_to_the_limit_and_no_deeper_than_the_ceiling)
{
    for (std::size_t const levels : {1U, 63U, 64U, 65U, 127U, 128U, 1'023U, 1'024U, 1'025U, 1'200U}) {
        auto const tokens = std::string(levels, '[') + std::string(levels, ']');
        BOOST_TEST(in_order(tokens, levels) == (levels <= nesting_ceiling));
        BOOST_TEST(!in_order(tokens, levels - 1));
        BOOST_TEST(!in_order(tokens + "]", levels));
        BOOST_TEST(!in_order("]" + tokens, levels));
        BOOST_TEST(!in_order(tokens.substr(1), levels));
        BOOST_TEST(!in_order(tokens.substr(0, tokens.size() - 1), levels));
    }
}

BOOST_AUTO_TEST_SUITE_END()

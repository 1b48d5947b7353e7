// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/key_places.hpp>

#include "../../support.hpp"
#include "random_object.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/json/scan.hpp>
#include <metapatch/simd/is_json.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(places_of_keys)

namespace {

using keys = std::vector<std::string_view>;

bool can_read(scan_with instructions)
{
    return instructions == scan_with::avx2 || instructions == scan_with::avx512;
}

/// The places of the wanted keys on a level, between two places; it may tell others.
std::string told(detail::key_places& places, std::string_view text, keys const& wanted, std::size_t begin,
                 std::size_t end, std::size_t level)
{
    std::string all;
    for (auto at = places.next(begin, end, level); at != end; at = places.next(at + 1, end, level)) {
        auto const key = text.substr(at + 1, text.find('"', at + 1) - at - 1);
        if (std::find(wanted.begin(), wanted.end(), key) != wanted.end())
            all += std::string(key) + "@" + std::to_string(at) + " ";
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_of_each_level_are_told_where_they_are_asked_for)
{
    std::string_view const text = R"({"a":{"b":1,"a":{"b":2}},"x":["b",{"b":3}],"b":"a","c":0})";
    keys const wanted{"a", "b"};
    auto const any = wanted_keys::of(wanted);
    for (auto const instructions : test::every_scan()) {
        detail::key_places places;
        BOOST_TEST(places.read(text, 1, any, instructions, nullptr) == can_read(instructions));
        if (!can_read(instructions))
            continue;
        auto const end = places.object_end();
        BOOST_TEST(end == text.size() - 1);
        BOOST_TEST(places.next(1, end, 1) == 1U);
        auto const inner_end = places.close_of(6, 2);
        BOOST_TEST(inner_end == 23U);
        BOOST_TEST(told(places, text, wanted, 4, inner_end, 2) == "b@6 a@12 ");
        BOOST_TEST(told(places, text, wanted, inner_end + 1, end, 1) == "b@43 ");
        BOOST_TEST(places.next(end, text.size(), 1) == text.size());
    }
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_or_has_too_many_keys_is_not_read)
{
    auto const any = wanted_keys::of(keys{"plan"});
    for (auto const instructions : test::every_scan()) {
        auto const reads = [&](std::string const& text) {
            auto const places = std::make_unique<detail::key_places>();
            return places->read(text, 1, any, instructions, nullptr) == can_read(instructions);
        };
        for (std::size_t const size : {4'000U, 4'095U, 4'096U})
            BOOST_TEST(reads("{\"plan\":\"" + std::string(size - 11, 'x') + "\"}"));
        BOOST_TEST((!reads("{\"plan\":\"" + std::string(4'097 - 11, 'x') + "\"}") || !can_read(instructions)));
        for (std::size_t const count : {1U, 63U, 64U, 65U}) {
            std::string text = "{\"x\":0";
            for (std::size_t i = 0; i < count; ++i)
                text += ",\"plan\":1";
            BOOST_TEST((reads(text + "}") || !can_read(instructions)) == (count <= 64 || !can_read(instructions)));
        }
        detail::key_places nothing;
        BOOST_TEST(!nothing.read("", 0, any, instructions, nullptr));
        BOOST_TEST(!nothing.read("{", 1, any, instructions, nullptr));
    }
}

BOOST_AUTO_TEST_CASE(random_objects_are_told_as_they_are_read_token_by_token)
{
    keys const wanted{"aa", "b"};
    auto const any = wanted_keys::of(wanted);
    for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
        model::generator random(seed);
        auto const text = test::random_keyed_object(random);
        auto const parts = test::read_parts(text);
        BOOST_TEST_REQUIRE(is_json(text), text);
        for (auto const instructions : test::every_scan()) {
            if (!can_read(instructions))
                continue;
            auto const memory = std::make_unique<detail::check_memory>();
            BOOST_TEST_REQUIRE(detail::is_json(text, nesting_ceiling, instructions, *memory));
            for (auto const* const known : {static_cast<detail::read_block const*>(nullptr), memory->blocks_of(text)}) {
                auto const places = std::make_unique<detail::key_places>();
                BOOST_TEST_REQUIRE(places->read(text, 1, any, instructions, known));
                for (std::size_t at = 0; at < text.size(); ++at) {
                    for (auto const& part : parts) {
                        if (part.begin != at)
                            continue;
                        if (part.key.empty())
                            BOOST_TEST_REQUIRE(places->close_of(at + 1, part.level) == part.end, text);
                        else if (part.key != "other")
                            BOOST_TEST_REQUIRE(places->next(at, at + 1, part.level) == at, text);
                    }
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(of_any_bytes_all_places_are_within_the_text)
{
    static constexpr std::string_view bytes = "{}[],:\"\\a p";
    auto const any = wanted_keys::of(keys{"a", "p"});
    for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
        model::generator random(seed);
        std::string text = "{";
        for (auto left = random.below(300); left > 0; --left)
            text += random.one_in(5) ? std::string("\"a\":") : std::string(1, bytes[random.below(bytes.size())]);
        for (auto const instructions : test::every_scan()) {
            detail::key_places places;
            if (!places.read(text, 1, any, instructions, nullptr))
                continue;
            std::size_t at = 1;
            for (std::size_t const level : {1U, 2U, 70U, 3U, 1U}) {
                auto const next = places.next(at, text.size(), level);
                BOOST_TEST_REQUIRE((at <= next && next <= text.size()), text);
                auto const close = places.close_of(at, level);
                BOOST_TEST_REQUIRE((at <= close && close <= text.size()), text);
                at = next;
            }
            BOOST_TEST_REQUIRE(places.object_end() <= text.size());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

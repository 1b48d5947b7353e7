// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/member_search.hpp>

#include "../../laws/random.hpp"
#include "../../support.hpp"
#include "random_object.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(member_search)

namespace {

struct outcome {
    std::vector<std::size_t> places{};
    detail::members_found found{};
};

outcome searched(std::string_view text, wanted_keys const& wanted, scan_with instructions, bool counts = true)
{
    detail::block_room room;
    detail::search_run<detail::member_search> run(
        {.text = text, .begin = 1, .wanted = &wanted, .last_blocks = &room, .counts = counts});
    auto const find = detail::place_finder<detail::member_search>(instructions);
    outcome all;
    while (!run.so_far().done) {
        std::array<std::size_t, detail::places_at_once> places;
        auto const found = find(run, places.data());
        all.places.insert(all.places.end(), places.data(), places.data() + found);
    }
    all.found = run.so_far();
    return all;
}

/// An object of other ones.
std::string random_outer_object(model::generator& random)
{
    static constexpr std::array<std::string_view, 3> names{"aa", "b", "other"};
    std::string text = "{";
    for (auto left = random.below(8); left > 0; --left) {
        text += text.size() > 1 ? "," : "";
        text += '"' + std::string(names[random.below(names.size())]) + "\":";
        text += random.one_in(3) ? "\"aa\"" : test::random_keyed_object(random);
    }
    return text + '}';
}

} // namespace

BOOST_AUTO_TEST_CASE(a_member_is_the_quote_that_begins_its_key_and_what_ends_it)
{
    std::string_view const text = R"({"a":1, "b" : {"c":[2,"d"],"e":{}} ,"f":"g,}"})";
    for (auto const instructions : test::every_scan()) {
        auto const all = searched(text, every_key, instructions);
        BOOST_TEST(all.places == (std::vector<std::size_t>{1, 6, 8, 35, 36, 45}), boost::test_tools::per_element());
        BOOST_TEST(all.found.commas == 2U);
        BOOST_TEST(all.found.end == text.size() - 1);
        auto const none = searched(text, no_key, instructions);
        BOOST_TEST((none.places.empty() || instructions < scan_with::avx2));
        BOOST_TEST(none.found.commas == 2U);
        BOOST_TEST(none.found.end == text.size() - 1);
    }
}

BOOST_AUTO_TEST_CASE(wanted_members_are_found_as_byte_by_byte_whether_others_count_or_not)
{
    std::vector<std::vector<std::string_view>> const sets{{"aa"}, {"b"}, {"aa", "b"}, {"missing"}};
    std::size_t members = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        model::generator random(seed);
        auto const text = random_outer_object(random);
        auto const parts = test::read_parts(text);
        for (auto const& keys : sets) {
            std::vector<std::size_t> expected;
            std::size_t all = 0;
            for (auto const& part : parts) {
                bool const is_member = part.level == 1 && text[part.begin] == '"';
                all += is_member ? 1 : 0;
                if (is_member && std::find(keys.begin(), keys.end(), part.key) != keys.end())
                    expected.insert(expected.end(), {part.begin, part.end});
            }
            members += expected.size() / 2;
            auto const wanted = wanted_keys::of(keys);
            for (auto const instructions : test::every_scan()) {
                for (bool const counts : {true, false}) {
                    auto const found = searched(text, wanted, instructions, counts);
                    std::vector<std::size_t> places; // of those: others may seem to be wanted
                    for (std::size_t i = 0; i + 1 < found.places.size(); i += 2) {
                        auto const key =
                            text.substr(found.places[i] + 1, text.find('"', found.places[i] + 1) - found.places[i] - 1);
                        if (std::find(keys.begin(), keys.end(), key) != keys.end())
                            places.insert(places.end(), {found.places[i], found.places[i + 1]});
                    }
                    BOOST_TEST_REQUIRE(places == expected, boost::test_tools::per_element());
                    BOOST_TEST_REQUIRE(found.found.end == text.size() - 1);
                    if (counts)
                        BOOST_TEST_REQUIRE(found.found.commas == (all == 0 ? 0 : all - 1));
                }
            }
        }
    }
    BOOST_TEST(members > 1'500U);
}

BOOST_AUTO_TEST_CASE(values_of_any_depth_and_length_are_passed)
{
    for (std::size_t const depth : {0U, 1U, 2U, 30U, 62U, 63U, 64U, 65U, 66U, 200U, 1'000U, 100'000U}) {
        std::string const value = std::string(depth, '[') + "1" + std::string(depth, ']');
        std::string const text = "{\"a\":" + value + ",\"b\":" + value + "} ";
        for (auto const instructions : test::every_scan()) {
            auto const all = searched(text, every_key, instructions);
            BOOST_TEST(all.places == (std::vector<std::size_t>{1, 5 + value.size(), 6 + value.size(), text.size() - 2}),
                       boost::test_tools::per_element());
            BOOST_TEST(all.found.end == text.size() - 2);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_long_text_is_searched_in_parts_that_are_near)
{
    std::string const text = "{\"a\":\"" + std::string(100'000, 'x') + "\"}";
    for (auto const instructions : test::every_scan()) {
        detail::block_room room;
        detail::search_run<detail::member_search> run({text, 1, &every_key, &room});
        auto const find = detail::place_finder<detail::member_search>(instructions);
        std::array<std::size_t, detail::places_at_once> places;
        std::size_t passed = 1;
        while (!run.so_far().done) {
            find(run, places.data());
            BOOST_TEST(run.so_far().passed - passed <= detail::bytes_at_once);
            passed = run.so_far().passed;
        }
        BOOST_TEST(passed == text.size());
    }
}

BOOST_AUTO_TEST_CASE(what_is_passed_is_copied_where_all_that_is_left_has_room)
{
    std::string text = "{\"a\":[";
    for (std::size_t i = 0; text.size() < 20'000; ++i)
        text += "{\"b\":\"" + std::string(i % 61, 'c') + "\"},";
    text += "0],\"wanted\":1,\"d\":\"" + std::string(10'000, 'e') + "\"}";
    auto const wanted = wanted_keys::of(std::array<std::string_view, 1>{"wanted"});
    auto const place = text.find("\"wanted\"");
    for (auto const instructions : test::every_scan()) {
        bool const copies = instructions == scan_with::avx2 || instructions == scan_with::avx512;
        for (std::size_t const missing : {0U, 1U}) {
            detail::block_room room;
            detail::search_run<detail::member_search> run({text, 1, &wanted, &room});
            auto const find = detail::place_finder<detail::member_search>(instructions);
            std::string bytes(text.size(), '?');
            std::size_t at = 1;
            std::size_t found = 0;
            std::size_t behind_member = 0;
            while (!run.so_far().done) {
                run.copy_to({bytes.data() + at, bytes.size() - at - missing});
                std::array<std::size_t, detail::places_at_once> places;
                found += find(run, places.data());
                auto const copied = run.so_far().copied;
                BOOST_TEST((bytes.compare(at, copied, text, at, copied) == 0));
                auto const written =
                    copied == 0 ? 0 : std::min(copied + 64, bytes.size() - at); // a block more, at most
                bytes.replace(at, written, written, '?');
                BOOST_TEST((bytes == std::string(text.size(), '?')));
                if (!copies || missing > 0)
                    BOOST_TEST(copied == 0U);
                else if (found == 0 || behind_member == 0)
                    BOOST_TEST(copied == run.so_far().passed - at);
                at = run.so_far().passed;
                if (found > 0 && behind_member == 0)
                    behind_member = at;
            }
            BOOST_TEST(found == 2U);
            BOOST_TEST((!copies || missing > 0 || behind_member - place < 128));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

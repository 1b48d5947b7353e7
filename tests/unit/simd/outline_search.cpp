// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/outline_search.hpp>

#include "../../support.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <string>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(outline_search_)

namespace {

std::vector<std::size_t> found_in(std::string_view text, scan_with instructions)
{
    detail::block_room room;
    detail::search_run<detail::outline_search> search({text, &room});
    auto const find = detail::place_finder<detail::outline_search>(instructions);
    std::array<std::size_t, detail::places_at_once> places;
    std::vector<std::size_t> all;
    while (!search.so_far().done) {
        auto const found = find(search, places.data());
        all.insert(all.end(), places.begin(), places.begin() + static_cast<std::ptrdiff_t>(found));
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(strings_colons_and_brackets_are_found_in_their_order)
{
    std::string const inside = R"("a\"{:}[" : [1, {"\\":"}"}, []])";
    for (std::size_t shift = 0; shift < 140; ++shift) {
        std::string text(shift, ' ');
        text += '{' + inside + std::string(shift % 7, ' ');
        for (std::size_t i = 0; i < shift / 10; ++i)
            text += ',' + inside;
        text += '}';
        std::vector<std::size_t> expected;
        bool in_string = false;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (in_string && text[at] == '\\') {
                ++at;
            } else if (text[at] == '"') {
                in_string = !in_string;
                if (in_string)
                    expected.push_back(at);
            } else if (!in_string && std::string_view("{}[]:").find(text[at]) != std::string_view::npos) {
                expected.push_back(at);
            }
        }
        for (auto const instructions : test::every_scan())
            BOOST_TEST_REQUIRE(found_in(text, instructions) == expected, text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

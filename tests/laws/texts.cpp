// SPDX-License-Identifier: BSL-1.0
#include "../support.hpp"
#include "random.hpp"

#include <algorithm>
#include <boost/json/stream_parser.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <metapatch/equal.hpp>
#include <metapatch/text.hpp>
#include <optional>

using namespace metapatch;
using metapatch::test::shown;
using metapatch::test::told;

namespace {

/// A valid text, broken in a few places: bytes changed, dropped or put in.
std::string broken_text(model::generator& random)
{
    static constexpr std::string_view alphabet =
        "{}[],:\"\\u0123dDcCeE+-. \ntfnrlas\x01\x7F\x80\xBF\xC0\xC3\xE2\xED\xF0\xF4\xFF";
    auto text = shown(model::random_value(random, {4, 6, false}, 4));
    if (random.one_in(3))
        text.insert(text.size() / 2, R"("\ud83d\ude00\u00e9")");
    for (auto n = random.below(4); n > 0 && !text.empty(); --n) {
        auto const at = random.below(text.size());
        char const byte = alphabet[random.below(alphabet.size())];
        switch (random.below(3)) {
        case 0:
            text[at] = byte;
            break;
        case 1:
            text.erase(at, 1 + random.below(3));
            break;
        default:
            text.insert(at, 1, byte);
        }
    }
    return text;
}

/// Whether Boost.JSON reads the text.
bool readable(std::string const& text)
{
    boost::json::stream_parser parser;
    boost::system::error_code error;
    parser.write(text, error);
    if (!error)
        parser.finish(error);
    return !error;
}

/// As equal, but for doubles: the nearest one is promised here, and not by Boost.JSON.
bool alike(boost::json::value const& ours, boost::json::value const& theirs)
{
    if (ours.is_double() && theirs.is_double())
        return std::fabs(ours.get_double() - theirs.get_double()) <= std::fabs(ours.get_double()) * 1e-14;
    if (ours.is_array() && theirs.is_array()) {
        auto const& x = ours.get_array();
        auto const& y = theirs.get_array();
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), alike);
    }
    if (ours.is_object() && theirs.is_object()) {
        auto const& x = ours.get_object();
        auto const& y = theirs.get_object();
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](auto const& left, auto const& right) {
            return left.key() == right.key() && alike(left.value(), right.value());
        });
    }
    return equal(ours, theirs);
}

/// Where a text is refused; nothing where it is not.
std::optional<std::size_t> offset_of(std::string_view text)
{
    scanner scan(text);
    auto what = scan.next();
    while (what != token::end && what != token::failed)
        what = scan.next();
    return what == token::end ? std::nullopt : std::optional(scan.offset());
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_texts)

BOOST_AUTO_TEST_CASE(a_text_is_read_exactly_where_boost_json_reads_it_and_to_the_same_value)
{
    std::size_t valid = 0;
    for (std::uint64_t seed = 0; seed < 100'000; ++seed) {
        model::generator random(seed);
        auto const text = broken_text(random);
        auto const value = read_value(text);
        bool const agreed = value.has_value() == readable(text) || told(value).starts_with("number_out_of_range");
        BOOST_REQUIRE_MESSAGE(agreed, "seed " << seed << ", text " << text << ", " << told(value));
        if (value) {
            ++valid;
            BOOST_REQUIRE_MESSAGE(alike(*value, boost::json::parse(text)), "seed " << seed << ", text " << text);
        }
    }
    BOOST_TEST(valid > 20'000U);
    BOOST_TEST(valid < 80'000U);
}

BOOST_AUTO_TEST_CASE(an_error_stands_at_the_end_of_the_longest_prefix_that_could_go_on)
{
    for (std::uint64_t seed = 0; seed < 100'000; ++seed) {
        model::generator random(seed);
        auto const text = broken_text(random);
        auto const offset = offset_of(text);
        if (!offset)
            continue;
        auto const words = [&] { return "seed " + std::to_string(seed) + ", text " + text; };
        BOOST_REQUIRE_MESSAGE(*offset <= text.size(), words());
        // What stands before it is whole, or lacks something at its end.
        BOOST_REQUIRE_MESSAGE(offset_of(text.substr(0, *offset)).value_or(*offset) == *offset, words());
        // And whatever follows, it is the byte there that is refused.
        if (*offset < text.size())
            BOOST_REQUIRE_MESSAGE(offset_of(text.substr(0, *offset + 1)) == offset, words());
    }
}

BOOST_AUTO_TEST_CASE(the_compact_size_of_a_serialized_value_is_its_length_however_it_is_spaced)
{
    for (std::uint64_t seed = 0; seed < 30'000; ++seed) {
        model::generator random(seed);
        auto const compact = shown(model::random_value(random, {5, 6, false}, 4));
        std::string spaced;
        bool inside_string = false;
        for (std::size_t i = 0; i < compact.size(); ++i) {
            bool const escaped = inside_string && compact[i] == '\\';
            if (!inside_string && std::string_view("{}[],:").find(compact[i]) != std::string_view::npos)
                spaced += std::string_view(" \t\r\n").substr(random.below(5));
            spaced += compact[i];
            if (escaped)
                spaced += compact[++i];
            else if (compact[i] == '"')
                inside_string = !inside_string;
        }
        auto const size = compact_size(spaced);
        BOOST_REQUIRE_MESSAGE(size && *size == compact.size(), "seed " << seed << ", text " << spaced);
    }
}

BOOST_AUTO_TEST_CASE(of_duplicate_keys_the_last_wins_in_the_place_of_the_first)
{
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        model::generator random(seed);
        std::string text = "{";
        std::vector<std::pair<std::string, std::size_t>> expected;
        bool duplicate = false;
        for (auto n = random.below(40), i = std::size_t{0}; i < n; ++i) {
            auto const key = "k" + std::to_string(random.below(30));
            text += (i > 0 ? ",\"" : "\"") + key + "\":" + std::to_string(i);
            auto const place =
                std::find_if(expected.begin(), expected.end(), [&](auto const& each) { return each.first == key; });
            duplicate = duplicate || place != expected.end();
            if (place != expected.end())
                place->second = i;
            else
                expected.emplace_back(key, i);
        }
        text += "}";
        boost::json::object winners;
        for (auto const& [key, value] : expected)
            winners[key] = value;
        auto const value = read_value(text);
        BOOST_REQUIRE_MESSAGE(value && shown(*value) == shown(winners), "seed " << seed << ", text " << text);
        BOOST_REQUIRE_MESSAGE(*compact_size(text) == shown(winners).size(), "seed " << seed << ", text " << text);
        auto const strict = read_value(text, {.duplicates = duplicate_keys::rejected});
        BOOST_REQUIRE_MESSAGE(strict.has_value() == !duplicate, "seed " << seed << ", text " << text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

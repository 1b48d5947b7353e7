// SPDX-License-Identifier: BSL-1.0
#include "random.hpp"
#include "text_laws.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <metapatch/json/compact_size.hpp>

using namespace metapatch;
using metapatch::test::shown;

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

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_texts)

BOOST_AUTO_TEST_CASE(a_text_is_read_or_refused_as_the_grammar_and_boost_json_say)
{
    std::size_t valid = 0;
    for (std::uint64_t seed = 0; seed < 100'000; ++seed) {
        model::generator random(seed);
        auto const text = broken_text(random);
        laws::check_text(text);
        valid += laws::fault_by_scanner(text, nesting_ceiling) ? 0 : 1;
    }
    BOOST_TEST(valid > 20'000U);
    BOOST_TEST(valid < 80'000U);
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

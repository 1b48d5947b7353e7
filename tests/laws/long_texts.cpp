// SPDX-License-Identifier: BSL-1.0
// Texts of several steps: that of bytes that are passed at a time, and that of places that are found at a time. What is of
// interest lies where a step ends, give or take a few bytes.
#include "marked_text.hpp"
#include "widened_laws.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

namespace {

/// How long what stands for the marks is: mostly as short as can be, so that the text is dense.
laws::widening::lengths random_lengths(model::generator& random)
{
    laws::widening::lengths bytes{};
    for (auto& each : bytes) {
        if (random.one_in(3))
            each = random.below(random.one_in(40) ? 20'000 : random.one_in(6) ? 1'500 : 150);
    }
    return bytes;
}

/// A widening that lets a byte of the text land near the end of a step: directly there, or within a block or so.
laws::widening random_widening(model::generator& random, std::string_view text, std::size_t at)
{
    auto const seed = random.next();
    auto const lengths = random_lengths(random);
    laws::widening const first(lengths, seed);
    auto const steps = random.one_in(12) ? 2 + random.below(8) : 1;
    std::size_t const near = random.one_in(2) ? 3 : 70;
    auto const place = steps * detail::bytes_at_once + random.below(2 * near + 1) - near;
    auto const mark = random.below(64);
    auto made = first.landing(text, at, place, mark);
    if (made == lengths) // no mark stands before it
        made = first.landing(text, text.size(), place, mark);
    return laws::widening(made, seed);
}

/// A body; mostly of plain values, as those that are written anew cost most of the time and are not passed in steps.
std::string random_patch(model::generator& random, bool marks)
{
    laws::marked_writer write(random, marks);
    if (random.one_in(30))
        return write.value(2);
    if (random.one_in(15))
        return "{}";
    auto patch = write.object(random.one_in(4) ? 4 : 1);
    if (random.one_in(12))
        write.damage(patch);
    return patch;
}

/// @return whether the stored text is longer than a step
template<key_rule Keys>
bool check_one(model::generator& random, policy<Keys> const& policy)
{
    laws::marked_writer write(random);
    auto stored = write.object();
    auto at = random.one_in(4) ? stored.rfind('}') : random.below(stored.size() + 1);
    if (random.one_in(3))
        at = write.damage(stored);
    bool const long_patch = random.one_in(8);
    auto const patch = random_patch(random, long_patch || random.one_in(6));
    auto const wide = long_patch ? random_widening(random, patch, random.below(patch.size() + 1))
                                 : random_widening(random, stored, at);
    if (random.one_in(20))
        laws::check_widened_splice(std::nullopt, patch, policy, wide);
    else
        laws::check_widened_splice(stored, patch, policy, wide);
    return wide.place(stored, stored.size()) > detail::bytes_at_once;
}

/// An object of many members, so that what is found at a time ends at any of them; some names occur twice.
std::string many_members(model::generator& random, std::size_t members)
{
    static constexpr std::array<std::string_view, 6> values{"0",    "\"\"",          "\"v,\\\"\"",
                                                            "null", "[{\"k1\":[]}]", "{\"k2\":\"}\"}"};
    auto const spaces = random.below(3) * random.below(100);
    bool const dense = random.one_in(3); // as many places in a block as can be
    std::string out = "{";
    for (std::size_t i = 0; i < members; ++i) {
        out += i > 0 ? "," : "";
        if (dense && !random.one_in(10)) {
            out += "\"\":0";
            continue;
        }
        if (random.one_in(30))
            out.append(random.below(spaces + 1), ' ');
        out += (random.one_in(50) ? "\"\\u006b" : "\"k") + std::to_string(random.below(2 * members)) + "\":";
        out += values[random.below(values.size())];
    }
    return out + "}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_long_texts)

BOOST_AUTO_TEST_CASE(rules_for_keys_admit_what_stands_for_a_mark_if_they_admit_the_mark)
{
    for (auto const& each : laws::stand_ins) {
        std::string longer(each.head);
        longer += each.filler;
        for (auto const unit : each.units)
            longer += unit;
        longer += each.tail;
        for (auto const& rule : {auth0::detail::without_dot_and_dollar, auth0::detail::client_characters})
            BOOST_TEST(rule(longer).admits() == rule(each.mark).admits(), longer);
    }
}

BOOST_AUTO_TEST_CASE(a_long_text_is_spliced_as_the_short_one_that_it_was_made_of)
{
    std::size_t long_ones = 0;
    for (std::uint64_t seed = 0; seed < 1'200; ++seed) {
        model::generator random(seed);
        try {
            bool is_long = false;
            if (random.one_in(4))
                is_long = check_one(random, auth0::profiles[random.below(auth0::profiles.size())].policy);
            else if (random.one_in(3))
                is_long = check_one(random, model::random_policy(random, any_key()));
            else
                is_long = check_one(random, random.one_in(3) ? rfc7396 : first_level);
            long_ones += is_long ? 1 : 0;
        } catch (laws::broken_law const& why) {
            BOOST_FAIL("seed " << seed << ": " << why.what());
        }
    }
    BOOST_TEST(long_ones > 800U); // the others hold no mark
}

BOOST_AUTO_TEST_CASE(no_tokens_may_follow_each_other_across_the_end_of_a_step_that_may_not_elsewhere)
{
    static constexpr std::array<std::string_view, 9> tokens{"", "{", "}", "[", "]", ",", ":", "\"s\"", "1"};
    std::size_t valid = 0;
    for (std::size_t chosen = 0; chosen < tokens.size() * tokens.size() * tokens.size(); ++chosen) {
        model::generator random(chosen);
        for (std::string_view const brackets : {"{}", "[]"}) {
            std::string text = "[\"\x7F\",";
            text += brackets[0];
            std::vector<std::size_t> ends{text.size()};
            for (auto left = chosen; left > 0; left /= tokens.size()) {
                text += tokens[left % tokens.size()];
                ends.push_back(text.size());
            }
            auto const step = ends[random.below(ends.size())];
            (text += brackets[1]) += ']';
            auto const spaces = random.one_in(3) ? 1 + random.below(100) : 0;
            text.insert(step, spaces > 0 ? "\r" : "");
            laws::widening const first({spaces}, chosen);
            auto const end = detail::bytes_at_once - random.below(spaces + 1);
            laws::widening const wide(first.landing(text, step, end, 0), chosen);
            laws::check_widened_text(text, nesting_ceiling, wide);
            valid += is_json(text) ? 1 : 0;
        }
    }
    BOOST_TEST(valid > 20U);
}

BOOST_AUTO_TEST_CASE(a_text_of_many_members_is_spliced_as_its_dom_is_patched)
{
    std::size_t valid = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        model::generator random(seed);
        auto stored = many_members(random, 800 + random.below(random.one_in(10) ? 8'000 : 800));
        auto const patch = many_members(random, 1 + random.below(random.one_in(3) ? 600 : 8));
        if (random.one_in(6))
            stored[random.below(stored.size())] = "\"}{,\xC3\\"[random.below(6)];
        try {
            laws::check_splice(stored, patch, first_level);
        } catch (laws::broken_law const& why) {
            BOOST_FAIL("seed " << seed << ": " << why.what());
        }
        valid += is_json(stored) ? 1 : 0;
    }
    BOOST_TEST(valid > 10U);
}

BOOST_AUTO_TEST_SUITE_END()

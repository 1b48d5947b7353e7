// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_RANDOM_HPP
#define METAPATCH_TESTS_LAWS_RANDOM_HPP

#include <array>
#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <metapatch/policy/policy.hpp>
#include <string>

namespace metapatch::model {

/// SplitMix64: the same sequence on every platform, which the standard's distributions do not promise.
class generator {
public:
    explicit generator(std::uint64_t seed) noexcept : state_(seed) {}

    std::size_t below(std::size_t limit) noexcept { return static_cast<std::size_t>(next() % limit); }
    bool one_in(std::size_t odds) noexcept { return below(odds) == 0; }

    std::uint64_t next() noexcept
    {
        auto z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t state_;
};

/// Few keys, so that states and patches meet; what rules refuse is rare, so that most patches are accepted.
inline std::string random_key(generator& random, bool bad_too)
{
    static constexpr std::array<char const*, 10> good{"a",   "b",   "c",  "d",        "e/f",
                                                      "g~h", "i\"", "\n", "\xC3\xA9", "a key that is longer than most"};
    static constexpr std::array<char const*, 4> bad{"id", "", "a.b", "."};
    if (bad_too && random.one_in(40))
        return bad[random.below(bad.size())];
    if (random.one_in(4))
        return "k" + std::to_string(random.below(30)); // beyond the size where Boost.JSON starts to hash
    return good[random.below(good.size())];
}

struct shape {
    std::size_t most_members;
    std::size_t null_odds; ///< of a member: one in so many
    bool bad_too;          ///< keys and numbers that are refused
};

inline boost::json::object random_object(generator& random, shape const& how, std::size_t levels);

inline boost::json::value random_value(generator& random, shape const& how, std::size_t levels)
{
    if (random.one_in(how.null_odds))
        return nullptr;
    switch (random.below(levels > 1 ? 9 : 6)) {
    case 0:
        return random.one_in(2);
    case 1:
        return static_cast<std::int64_t>(random.next()) >> random.below(64);
    case 2:
        if (how.bad_too && random.one_in(60))
            return std::numeric_limits<double>::infinity();
        return static_cast<double>(random.below(1000)) / 8;
    case 3:
    case 4:
    case 5: {
        static constexpr std::array<char const*, 6> pieces{"x", "yz", "\"", "\xC3\xA9", "\xF0\x9F\x98\x80", "\x01"};
        boost::json::string text;
        for (auto n = random.below(8); n > 0; --n)
            text += pieces[random.below(pieces.size())];
        return text;
    }
    case 6: {
        boost::json::array elements;
        for (auto n = random.below(4); n > 0; --n)
            elements.push_back(random_value(random, how, levels - 1));
        return elements;
    }
    default:
        return random_object(random, {4, how.null_odds, how.bad_too}, levels - 1);
    }
}

inline boost::json::object random_object(generator& random, shape const& how, std::size_t levels)
{
    boost::json::object made;
    for (auto n = random.below(how.most_members + 1); n > 0; --n)
        made[random_key(random, how.bad_too)] = random_value(random, how, levels);
    return made;
}

inline state random_state(generator& random)
{
    if (random.one_in(8))
        return {};
    return random_object(random, {random.one_in(10) ? 60U : 8U, 12, false}, 4);
}

inline boost::json::value random_body(generator& random)
{
    if (random.one_in(30))
        return random_value(random, {3, 2, false}, 2);
    if (random.one_in(40)) { // many removals at once
        boost::json::object body;
        for (auto n = random.below(30); n > 0; --n)
            body["k" + std::to_string(random.below(30))] = nullptr;
        return body;
    }
    // In steps: the order in which arguments are evaluated is the compiler's.
    auto const levels = random.below(5) + 1;
    shape const how{random.one_in(10) ? 30U : 6U, 3, random.one_in(4)};
    return random_object(random, how, levels);
}

/// The rules that vary; those for keys are of a fixed type.
template<key_rule Keys>
policy<Keys> random_policy(generator& random, Keys keys)
{
    static constexpr std::array<std::size_t, 8> depths{0, 1, 1, 1, 2, 3, 7, unlimited};
    policy<Keys> made{keys, {}, {}, {}};
    made.merge = {depths[random.below(depths.size())], random.one_in(3) ? empty_body::merges : empty_body::clears,
                  random.one_in(2) ? null_body::clears : null_body::rejected,
                  random.one_in(2) ? cleared_field::absent : cleared_field::empty};
    if (random.one_in(4))
        made.limits.max_members = random.below(12);
    if (random.one_in(6))
        made.limits.max_key_code_points = random.below(5);
    if (random.one_in(8))
        made.limits.values = random.one_in(2) ? value_types::string : value_types::string_or_null;
    if (random.one_in(6))
        made.limits.max_value_code_points = random.below(12);
    if (random.one_in(2))
        made.limits.max_bytes = random.below(random.one_in(3) ? 60 : 4000);
    if (random.one_in(6))
        made.read.max_nesting = 1 + random.below(5);
    return made;
}

} // namespace metapatch::model

#endif

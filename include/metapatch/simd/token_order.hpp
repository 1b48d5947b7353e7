// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_TOKEN_ORDER_HPP
#define METAPATCH_SIMD_TOKEN_ORDER_HPP

#include <metapatch/json/walk.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// A table for the low six bits of the first bytes of tokens, which are others for each kind of them.
/// @param each  of `{[}],:"`, and of what is none of them: a number or a literal
constexpr std::array<char, 64> by_token(std::array<unsigned, 8> const& each) noexcept
{
    std::array<char, 64> table{};
    table.fill(static_cast<char>(each[7]));
    constexpr std::string_view bytes = "{[}],:\"";
    for (std::size_t i = 0; i < bytes.size(); ++i)
        table[static_cast<unsigned>(bytes[i]) % 64] = static_cast<char>(each[i]);
    return table;
}

/// The kind of a token, a bit for each.
inline constexpr auto token_kinds = by_token({1, 2, 4, 8, 16, 32, 64, 128});

/// The kinds that may follow one.
inline constexpr auto kinds_behind = [] {
    constexpr unsigned end_of_object = 4;
    constexpr unsigned end_of_array = 8;
    constexpr unsigned comma = 16;
    constexpr unsigned colon = 32;
    constexpr unsigned string = 64;
    constexpr unsigned value = 1 | 2 | string | 128;
    constexpr unsigned behind_value = end_of_object | end_of_array | comma;
    return by_token({string | end_of_object, value | end_of_array, behind_value, behind_value, value, value,
                     behind_value | colon, behind_value});
}();

/// Checks 64 tokens of a JSON text at a time, of each of which there is the first byte: whether each may be followed by
/// the next, and whether containers match and nest no deeper than is allowed.
///
/// The first is a question about two tokens, but for keys: a colon stands two tokens behind a comma, or behind the
/// brace that opens an object. So it is known of each comma in which kind of container it must stand. That is asked
/// level by level: a bit added where an object opens goes through all that is in it, and comes out where it is closed.
class token_order {
public:
    /// Whether the container that is open on each level is an object.
    using memory = std::array<bool, nesting_ceiling + 1>;

    /// @param room  beside the check, which so can be kept in registers; left uninitialised
    token_order(std::size_t max_nesting, memory& room) noexcept
        : max_nesting_(static_cast<std::ptrdiff_t>(std::min(max_nesting, nesting_ceiling))), are_objects_(room.data())
    {
    }

    /// @param tokens  64, and the two that follow them
    /// @param which   of the 64 count: all, or the first ones
    /// @return        whether they may stand there, as far as `fine` is not asked
    template<class Bytes>
    [[gnu::always_inline]] bool take(char const* tokens, std::uint64_t which) noexcept
    {
        auto const commas = Bytes::equal(tokens, ',') & which;
        auto const braces = Bytes::equal(tokens, '{') & which;
        auto const with_key = Bytes::equal(tokens + 2, ':') & which;
        bad_ |= Bytes::disjoint(kinds_behind, token_kinds, tokens) & which;
        bad_ |= with_key & ~(commas | braces);
        bad_ |= braces & ~(with_key | Bytes::equal(tokens + 1, '}'));

        auto const opens = Bytes::equal_with_bit5(tokens, '{') & which;
        auto const closes = Bytes::equal_with_bit5(tokens, '}') & which;
        auto const ends = Bytes::equal(tokens, '}') & which;
        members const here{braces, closes, ends | (commas & with_key), (closes ^ ends) | (commas & ~with_key)};
        typename Bytes::level_finder const levels(opens, closes);
        // A lower level is there only if a container of this one is closed, and a higher one only if one is opened.
        for (int level = 0;; --level) {
            auto const at = levels.at(level);
            if (depth_ + level == 0) { // inside of nothing
                bad_ |= at & (here.of_objects | here.of_arrays);
                if ((at & closes) != 0)
                    return false;
                break;
            }
            check(here, at, depth_ + level, are_objects_[depth_ + level]);
            if ((at & closes) == 0)
                break;
        }
        for (int level = 1;; ++level) {
            auto const at = levels.at(level);
            if ((at & opens) == 0)
                break;
            if (depth_ + level > max_nesting_) [[unlikely]]
                return false;
            check(here, at, depth_ + level, false);
        }
        depth_ += static_cast<int>(Bytes::count(opens)) - static_cast<int>(Bytes::count(closes));
        return true;
    }

    bool fine() const noexcept { return bad_ == 0; }

    /// Whether all that was opened is closed.
    bool complete() const noexcept { return depth_ == 0; }

private:
    struct members {
        std::uint64_t braces; ///< that open objects
        std::uint64_t closes;
        std::uint64_t of_objects; ///< the brackets that close objects, and the commas that must be in one
        std::uint64_t of_arrays;
    };

    /// @param at         the tokens of a level
    /// @param in_object  whether an object is open there in front of the tokens
    [[gnu::always_inline]] void check(members const& here, std::uint64_t at, std::ptrdiff_t level,
                                      bool in_object) noexcept
    {
        auto const others = ~(here.closes & at);
        auto const sum = ((here.braces & at) | static_cast<std::uint64_t>(in_object)) + others;
        auto const objects = sum ^ others; // from where each begins to the bracket that closes it
        bad_ |= at & ((here.of_objects & ~objects) | (here.of_arrays & objects));
        are_objects_[level] = sum < others;
    }

    std::ptrdiff_t max_nesting_;
    std::ptrdiff_t depth_ = 0;
    std::uint64_t bad_ = 0;
    bool* are_objects_;
};

} // namespace metapatch::detail

#endif

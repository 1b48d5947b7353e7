// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_WANTED_KEYS_HPP
#define METAPATCH_SIMD_WANTED_KEYS_HPP

#include <metapatch/json/words.hpp>
#include <metapatch/simd/bytes64.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch {

namespace detail {

/// Of any two bytes of which one is a backslash: it may stand for anything, with any byte behind it, or behind the
/// first byte of any key.
inline constexpr pair_tables pairs_of_escapes = [] {
    constexpr char of_escapes = -128;
    constexpr char any = -1;
    pair_tables made{};
    made.second.low.fill(of_escapes);
    made.second.high.fill(of_escapes);
    made.first.allow('\\', of_escapes);
    made.second.allow('\\', any);
    return made;
}();

} // namespace detail

/// Which keys are looked for, as far as two neighbouring bytes of them tell: of most others no more than that is read.
/// Of the rest four bytes tell more.
///
/// They are the first ones, the quote behind a key being one; or where all keys are longer, those at the end of the
/// shortest one, and of each other key those at the same place: longer keys of one object often begin alike, and are
/// seldom of one length.
class wanted_keys {
public:
    constexpr wanted_keys() noexcept {} ///< no key; the tables are left uninitialised until keys are assigned

    static constexpr wanted_keys every() noexcept { return wanted_keys(detail::pair_tables{}, true); }
    static constexpr wanted_keys none() noexcept { return wanted_keys(detail::pair_tables{}, false); }

    struct of_no_text {
        constexpr bool operator()(auto const&) const noexcept { return false; }
    };

    /// Want these keys and no others.
    /// @param key_of   gives of each what it means, not how it is written
    /// @param in_text  whether it stands in a text as a member's key, so that three bytes behind it can be read
    template<class Keys, class KeyOf, class InText = of_no_text>
    constexpr void assign(Keys const& keys, KeyOf key_of, InText in_text = {}) noexcept
    {
        assign_for<true>(keys, key_of, in_text);
    }

    /// The same for `tells` alone.
    template<class Keys, class KeyOf>
    constexpr void assign_told(Keys const& keys, KeyOf key_of) noexcept
    {
        assign_for<false>(keys, key_of, of_no_text());
    }

    /// These keys and no others. They are read once, and may die then.
    template<class Keys>
    static constexpr wanted_keys of(Keys const& keys) noexcept
    {
        auto made = none();
        made.assign(keys, [](std::string_view key) { return key; });
        return made;
    }

    bool are_all() const noexcept { return are_all_; }

    /// Whether they are so few that most texts hold hardly another string that may be one of them.
    bool are_few() const noexcept { return are_few_; }

    /// Finds wanted keys in many blocks: what that takes is made ready once.
    template<class Bytes>
    class finder {
    public:
        [[gnu::always_inline]] explicit finder(wanted_keys const& keys) noexcept
            : place_(keys.place_), looks_(keys.are_all_      ? look::nothing_for_all
                                          : !keys.are_any_   ? look::nothing_for_none
                                          : keys.place_ == 0 ? look::at_front
                                                             : look::behind)
        {
            if (looks_ == look::at_front || looks_ == look::behind)
                pairs_.assign(keys.pairs_);
        }

        /// Those of the strings that may be wanted keys, as far as can be told.
        /// @param begins   the quotes that begin strings in the 64 bytes from `bytes` on, of which 81 are read
        /// @param escaped  the bytes that a backslash escapes, of these 64 or of more
        [[gnu::always_inline]] std::uint64_t among(std::uint64_t begins, char const* bytes,
                                                   std::uint64_t escaped) const noexcept
        {
            if (looks_ == look::at_front) [[likely]]
                return begins & pairs_.among(bytes + 1);
            if (looks_ != look::behind) [[unlikely]]
                return looks_ == look::nothing_for_none ? 0 : begins;
            auto found = pairs_.among(bytes + 1 + place_);
            // A backslash may stand for anything. Of one before the last 47 bytes the escaped byte is in the 64.
            auto const behind = Bytes::equal(bytes + 17, '\\');
            if ((escaped | behind) != 0) [[unlikely]]
                found |= before_escapes(Bytes::equal(bytes, '\\'), behind >> 47);
            return begins & found;
        }

    private:
        /// What it looks at to tell a wanted key: nothing, for it takes none for one, or each; its first two bytes; or
        /// two that are farther behind.
        enum class look : std::uint8_t { nothing_for_none, nothing_for_all, at_front, behind };

        /// The bytes that have an escape not farther behind than the bytes of a key that are looked at.
        /// @param escapes  in a block
        /// @param behind   in the 17 bytes behind that
        std::uint64_t before_escapes(std::uint64_t escapes, std::uint64_t behind) const noexcept
        {
            std::uint64_t found = 0;
            for (std::size_t i = 1; i <= place_ + 2; ++i)
                found |= escapes >> i | behind << (64 - i);
            return found;
        }

        typename Bytes::pair_finder pairs_; // left uninitialised where all are wanted, or none
        std::size_t place_;
        look looks_;
    };

    /// Whether one of those is still likely to be a wanted key.
    /// @param key  behind the quote that begins it; 16 bytes are read
    [[gnu::always_inline]] bool tells(char const* key) const noexcept
    {
        using namespace detail;
        auto const backslashes = bytes_equal(eight_bytes(key), '\\') | bytes_equal(eight_bytes(key + 8), '\\');
        return tells_unescaped(key) | (backslashes != 0);
    }

    /// The same of a key without escapes.
    [[gnu::always_inline]] bool tells_unescaped(char const* key) const noexcept
    {
        auto const bytes = static_cast<std::uint32_t>(detail::four_bytes(key + first_told()));
        return (((told_ >> told_bit(bytes)) & 1) != 0) | are_all_;
    }

private:
    /// @return whether there is anything that tells them from others
    template<class Keys, class KeyOf>
    constexpr bool assign_place(Keys const& keys, KeyOf key_of) noexcept
    {
        are_any_ = !keys.empty();
        are_few_ = keys.size() <= few;
        std::size_t shortest = farthest + 1;
        for (auto const& each : keys)
            shortest = std::min(shortest, key_of(each).size());
        are_all_ = shortest == 0;
        if (!are_any_ || are_all_) [[unlikely]]
            return false;
        place_ = shortest < long_enough ? 0 : shortest - 1;
        told_bytes_ = shortest >= 3 ? 0xFFFFFFFF : 0xFFFFFFFF >> (24 - 8 * shortest);
        return true;
    }

    template<bool Found, class Keys, class KeyOf, class InText>
    [[gnu::always_inline]] constexpr void assign_for(Keys const& keys, KeyOf key_of, InText in_text) noexcept
    {
        if (!assign_place(keys, key_of)) [[unlikely]]
            return;
        if constexpr (Found && detail::may_tell_pairs) {
            pairs_ = place_ == 0 ? detail::pairs_of_escapes : detail::pair_tables{};
        }
        auto const first = first_told();
        unsigned const behind_first = place_ == 0 ? 0 : 16;
        unsigned shift = 0;
        std::uint64_t told = 0;
        for (auto const& each : keys) {
            auto const bytes = bytes_of(key_of(each), first, in_text(each));
            if constexpr (Found && detail::may_tell_pairs) {
                auto const bit = static_cast<char>(1 << shift);
                shift = shift == 6 ? 0 : shift + 1; // keys that share a bit may let pass others
                auto const pair = bytes >> behind_first;
                pairs_.first.allow(static_cast<char>(pair), bit);
                pairs_.second.allow(static_cast<char>(pair >> 8), bit);
            }
            told |= std::uint64_t{1} << told_bit(bytes);
        }
        told_ = told;
    }

    static constexpr std::size_t few = 8;

    /// Of the bytes of a key, only those up to here are looked at, and the next.
    static constexpr std::size_t farthest = 14;

    /// So long must the shortest key be for the place not to be at the front of it.
    static constexpr std::size_t long_enough = 6;

    /// Where the four bytes are in a key.
    constexpr std::size_t first_told() const noexcept { return place_ == 0 ? 0 : place_ - 2; }

    /// Those of a key that is wanted, with the quote behind it.
    static constexpr std::uint32_t bytes_of(std::string_view key, std::size_t first, bool in_text) noexcept
    {
        using namespace detail;
        auto const left = key.size() - first;
        if (in_text || left >= 4) [[likely]]
            return static_cast<std::uint32_t>(four_bytes(key.data() + first));
        return static_cast<std::uint32_t>(few_bytes(key.substr(first)) | one_byte('"') << (8 * left));
    }

    constexpr unsigned told_bit(std::uint32_t bytes) const noexcept
    {
        return ((bytes & told_bytes_) * 0x9E3779B1U) >> 26;
    }

    constexpr wanted_keys(detail::pair_tables const& pairs, bool all) noexcept : pairs_(pairs), are_all_(all) {}

    detail::pair_tables pairs_;    // of no meaning where all are wanted, or none
    std::size_t place_ = 0;        // in a key, of the first of the two bytes
    std::uint64_t told_ = 0;       // a bit of 64 for the four bytes of each key
    std::uint32_t told_bytes_ = 0; // those of the four that all keys have
    bool are_all_ = false;
    bool are_any_ = false;
    bool are_few_ = false;
};

/// All members are looked for.
inline constexpr wanted_keys every_key = wanted_keys::every();

/// No member is looked for.
inline constexpr wanted_keys no_key = wanted_keys::none();

} // namespace metapatch

#endif

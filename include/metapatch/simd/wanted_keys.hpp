// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_WANTED_KEYS_HPP
#define METAPATCH_SIMD_WANTED_KEYS_HPP

#include <metapatch/simd/bytes64.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch {

/// Which keys are looked for, as far as their first two bytes tell: of most others no more than that is read.
class wanted_keys {
public:
    constexpr wanted_keys() noexcept {} ///< no key; the tables are left uninitialised until keys are assigned

    static constexpr wanted_keys every() noexcept { return wanted_keys(detail::pair_tables{}, true); }
    static constexpr wanted_keys none() noexcept { return wanted_keys(detail::pair_tables{}, false); }

    /// Want these keys and no others.
    /// @param key_of  gives of each what it means, not how it is written
    template<class Keys, class KeyOf>
    constexpr void assign(Keys const& keys, KeyOf key_of) noexcept
    {
        are_all_ = false;
        are_any_ = !keys.empty();
        if (keys.empty())
            return;
        auto& [first, second] = pairs_;
        first.low.fill(0);
        first.high.fill(0);
        second.low.fill(of_escapes);
        second.high.fill(of_escapes);
        // A backslash may stand for anything: with any byte behind it, or behind the first byte of any key.
        allow(first, '\\', of_escapes);
        allow(second, '\\', any);
        unsigned shift = 0;
        for (auto const& each : keys) {
            std::string_view const key = key_of(each);
            if (key.empty()) {
                are_all_ = true;
                return;
            }
            auto const bit = static_cast<char>(1 << shift);
            shift = shift < 6 ? shift + 1 : 0; // keys that share a bit may let pass others
            allow(first, key[0], bit);
            allow(second, key.size() > 1 ? key[1] : '"', bit);
        }
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

    /// Those of the strings that may be wanted keys, as far as can be told.
    /// @param begins  the quotes that begin strings in the 64 bytes from `bytes` on, of which 66 are read
    template<class Bytes>
    [[gnu::always_inline]] std::uint64_t among(std::uint64_t begins, char const* bytes) const noexcept
    {
        if (are_all_ || !are_any_) [[unlikely]]
            return are_all_ ? begins : 0;
        return begins & Bytes::pairs(bytes + 1, pairs_);
    }

private:
    static constexpr char of_escapes = -128;
    static constexpr char any = -1;

    static constexpr void allow(detail::pair_tables::table& table, char c, char bits) noexcept
    {
        auto const byte = static_cast<std::uint8_t>(c);
        table.low[byte % 16] = static_cast<char>(table.low[byte % 16] | bits);
        table.high[byte / 16] = static_cast<char>(table.high[byte / 16] | bits);
    }

    constexpr wanted_keys(detail::pair_tables const& pairs, bool all) noexcept : pairs_(pairs), are_all_(all) {}

    detail::pair_tables pairs_; // of no meaning where all are wanted, or none
    bool are_all_ = false;
    bool are_any_ = false;
};

inline constexpr wanted_keys every_key = wanted_keys::every();
inline constexpr wanted_keys no_key = wanted_keys::none();

} // namespace metapatch

#endif

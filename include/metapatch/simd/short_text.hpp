// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_SHORT_TEXT_HPP
#define METAPATCH_SIMD_SHORT_TEXT_HPP

#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/scalars.hpp>
#include <metapatch/simd/utf8_blocks.hpp>
#include <metapatch/simd/vectors64.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace metapatch::detail {

/// Whether vectors write the places of all of 64 bytes at once.
template<class Bytes>
concept packs_places = requires(std::uint16_t* out)
{
    Bytes::pack_places(0, 0, out);
};

/// A text of a few kilobytes, with room behind it, and where its strings begin and end.
///
/// Of such a text it is worth while to know all quotes before the first token is looked at: no string is searched for
/// its end then, so that no branch depends on how long strings are, and hardly any on where the text ends.
class short_text {
public:
    static constexpr std::size_t most = 4096; ///< bytes

    short_text() noexcept {} // not `= default`: the room is left uninitialised also by `short_text x{}`

    /// Find the strings of a text, no longer than `most`.
    /// @param suspects  bytes whose places are remembered
    /// @return whether they are strings of JSON, and UTF-8; outside of them anything may be
    [[gnu::always_inline]] bool read(std::string_view text, std::array<char, 2> suspects,
                                     scan_with instructions) noexcept
    {
        size_ = text.size();
        suspects_ = suspects;
        return find_with(instructions)(*this, text.data());
    }

    /// The bytes of the text, and NULs behind them.
    char const* bytes() const noexcept { return bytes_.data(); }

    /// Of the quotes that begin and end strings, alternately, one behind the other.
    std::uint16_t const* quotes() const noexcept { return quotes_.data(); }

    /// Whether an escape is in any string.
    bool has_escapes() const noexcept { return has_escapes_; }

    /// Whether an escape may be in a string, or, where that is asked for, a suspect.
    bool may_be_odd(bool by_suspects) const noexcept { return has_escapes_ | (has_suspects_ & by_suspects); }

    /// Whether an escape or a suspect may be in a part of the text that is in a string.
    bool may_be_odd(std::size_t begin, std::size_t end) const noexcept
    {
        return has_escapes_ || may_hold_suspects(begin, end);
    }

    /// Whether a suspect is in a part of the text that is in a string; of a long part, perhaps not.
    bool may_hold_suspects(std::size_t begin, std::size_t end) const noexcept
    {
        if (!has_suspects_) [[likely]]
            return false;
        auto const* const block = places_of_suspects_.data() + begin / 64;
        auto const bits = block[0] >> (begin % 64) | block[1] << 1 << (63 - begin % 64);
        auto const size = end - begin;
        return size >= 64 || (bits & ((std::uint64_t{1} << size) - 1)) != 0;
    }

private:
    using finder = bool (*)(short_text& here, char const* text) noexcept;

    /// How much of the room behind the text may be written.
    static constexpr std::size_t behind = 128;

    template<class Bytes>
    [[gnu::always_inline]] bool find(char const* text) noexcept
    {
        block_carry carry;
        utf8_blocks utf8;
        escape_check escapes({text, size_});
        std::uint64_t bad = 0;
        std::uint64_t suspicious = 0;
        has_escapes_ = false;
        auto* out = quotes_.data();
        auto* places_of_suspects = places_of_suspects_.data();
        for (std::size_t base = 0; base <= size_; base += 64) { // something follows every token
            auto* const copy = bytes_.data() + base;
            auto const left = size_ - base;
            if (left >= 64)
                std::memcpy(copy, text + base, 64);
            else
                Bytes::copy_padded(copy, text + base, left, '\0');
            // What is copied only now is not yet where it can be read fast.
            auto const* const bytes = left >= 64 ? text + base : copy;
            auto const strings = strings_of<Bytes>(bytes, carry);
            utf8.check<Bytes>(bytes, Bytes::with_bit(bytes, 7));
            bad |= Bytes::controls(bytes) & strings.inside;
            if (auto bits = strings.escaped & strings.inside; bits != 0) [[unlikely]] {
                has_escapes_ = true;
                for (; bits != 0; bits &= bits - 1) {
                    if (!escapes.check(base + static_cast<std::size_t>(std::countr_zero(bits)))) [[unlikely]]
                        return false;
                }
            }
            out = write_quotes<Bytes>(strings.quotes, base, out);
            auto const suspects = (Bytes::equal(bytes, suspects_[0]) | Bytes::equal(bytes, suspects_[1])) &
                                  strings.inside & ~strings.quotes;
            *places_of_suspects++ = suspects;
            suspicious |= suspects;
        }
        has_suspects_ = suspicious != 0;
        *places_of_suspects = 0;
        return (bad | carry.inside_string) == 0 && utf8.fine() && escapes.complete();
    }

    template<class Bytes>
    [[gnu::always_inline]] static std::uint16_t* write_quotes(std::uint64_t quotes, std::size_t base,
                                                              std::uint16_t* out) noexcept
    {
        auto const take = [base, &quotes] {
            auto const place = base + static_cast<std::size_t>(std::countr_zero(quotes));
            quotes &= quotes - 1;
            return static_cast<std::uint16_t>(place);
        };
        auto* const end = out + Bytes::count(quotes);
        if constexpr (packs_places<Bytes>) {
            Bytes::pack_places(quotes, static_cast<std::uint16_t>(base), out);
            return end;
        }
        // More than there are is written, rather than to branch on how many there are.
        while (out < end) {
            out[0] = take();
            out[1] = take();
            out[2] = take();
            out[3] = take();
            out[4] = take();
            out[5] = take();
            out[6] = take();
            out[7] = take();
            out += at_once;
        }
        return end;
    }

    template<class Bytes>
    static bool find_strings(short_text& here, char const* text) noexcept
    {
        return here.find<Bytes>(text);
    }

#if defined(__x86_64__) && defined(__GNUC__)
    [[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] static bool find_avx2(short_text& here,
                                                                                  char const* text) noexcept
    {
        return here.find<avx2_bytes>(text);
    }

    [[gnu::target("avx512bw,avx512vbmi2,bmi,popcnt,pclmul"), gnu::flatten]] static bool
    find_avx512(short_text& here, char const* text) noexcept
    {
        return here.find<avx512_bytes>(text);
    }
#endif

    static finder find_with(scan_with instructions) noexcept
    {
#if defined(__x86_64__) && defined(__GNUC__)
        if (instructions == scan_with::avx512)
            return find_avx512;
        if (instructions == scan_with::avx2)
            return find_avx2;
        if (instructions == scan_with::sse2)
            return find_strings<sse2_bytes>;
#endif
        static_cast<void>(instructions);
        return find_strings<baseline_bytes>;
    }

    static constexpr std::size_t at_once = 8;

    std::size_t size_ = 0;
    std::array<char, 2> suspects_{};
    bool has_escapes_ = false;
    bool has_suspects_ = false;
    std::array<std::uint64_t, most / 64 + 2> places_of_suspects_; // a bit for each byte
    std::array<std::uint16_t, most + places_of_a_block> quotes_;
    std::array<char, most + behind> bytes_;
};

} // namespace metapatch::detail

#endif

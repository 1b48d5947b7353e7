// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_UTF8_BLOCKS_HPP
#define METAPATCH_SIMD_UTF8_BLOCKS_HPP

#include <metapatch/simd/bytes64.hpp>

#include <cstdint>

namespace metapatch::detail {

/// Checks UTF-8 64 bytes at a time.
///
/// The idea: each of the eight bits of a byte is a word here, a bit for each of 64 bytes. What a lead byte wants of
/// those behind it is then a shift, and each rule of the table of RFC 3629 §4 is asked of 64 bytes at once.
class utf8_blocks {
public:
    /// @param not_ascii  the bytes of this block that are no ASCII
    template<class Bytes>
    [[gnu::always_inline]] void check(char const* bytes, std::uint64_t not_ascii) noexcept
    {
        if ((not_ascii | wanted_) != 0) [[unlikely]]
            check_all<Bytes>(bytes, not_ascii);
    }

    /// Pass blocks of nothing but ASCII.
    void pass_ascii() noexcept
    {
        bad_ |= wanted_;
        wanted_ = 0;
        before_ = {};
    }

    /// Whether all that was seen is UTF-8, and complete where the last block ends.
    bool fine() const noexcept { return (bad_ | wanted_) == 0; }

private:
    template<class Bytes>
    [[gnu::always_inline]] void check_all(char const* bytes, std::uint64_t b7) noexcept
    {
        auto const b6 = Bytes::with_bit(bytes, 6);
        auto const b5 = Bytes::with_bit(bytes, 5);
        auto const lead = b7 & b6;
        auto const tail = b7 & ~b6;
        if ((lead & b5) == 0 && wanted_ <= 1) { // two bytes each, as of most letters that are no ASCII
            // INVARIANT: `before_` is empty, for it is of leads that want more than one.
            bad_ |= tail ^ (wanted_ | lead << 1);
            auto const overlong =
                Bytes::equal(bytes, static_cast<char>(0xC0)) | Bytes::equal(bytes, static_cast<char>(0xC1));
            bad_ |= overlong;
            wanted_ = lead >> 63;
            return;
        }
        auto const b4 = Bytes::with_bit(bytes, 4);
        auto const b3 = Bytes::with_bit(bytes, 3);
        auto const b2 = Bytes::with_bit(bytes, 2);
        auto const b1 = Bytes::with_bit(bytes, 1);
        auto const b0 = Bytes::with_bit(bytes, 0);
        auto const lead_of_3 = lead & b5 & ~b4;
        auto const lead_of_4 = lead & b5 & b4 & ~b3;
        auto const lead_of_more = lead & b5;

        // Every tail is wanted, and what is wanted is a tail.
        bad_ |= tail ^ (wanted_ | lead << 1 | lead_of_more << 2 | lead_of_4 << 3);
        wanted_ = lead >> 63 | lead_of_more >> 62 | lead_of_4 >> 61;

        bad_ |= lead & b5 & b4 & b3;                      // F8 to FF
        bad_ |= lead & ~b5 & ~b4 & ~b3 & ~b2 & ~b1;       // C0, C1: overlong
        bad_ |= lead_of_4 & b2 & (b1 | b0);               // F5 to F7
        auto const e0 = lead_of_3 & ~(b3 | b2 | b1 | b0); // then A0 to BF, else overlong
        auto const ed = lead_of_3 & b3 & b2 & ~b1 & b0;   // then 80 to 9F, else a surrogate
        auto const f0 = lead_of_4 & ~(b2 | b1 | b0);      // then 90 to BF, else overlong
        auto const f4 = lead_of_4 & b2;                   // then 80 to 8F, else beyond U+10FFFF
        bad_ |= behind(e0, before_.e0) & ~b5;
        bad_ |= behind(ed, before_.ed) & b5;
        bad_ |= behind(f0, before_.f0) & ~(b5 | b4);
        bad_ |= behind(f4, before_.f4) & (b5 | b4);
    }

    /// The bytes behind these; `carry` is of the block before.
    static std::uint64_t behind(std::uint64_t bits, std::uint64_t& carry) noexcept
    {
        auto const result = bits << 1 | carry;
        carry = bits >> 63;
        return result;
    }

    struct {
        std::uint64_t e0 = 0;
        std::uint64_t ed = 0;
        std::uint64_t f0 = 0;
        std::uint64_t f4 = 0;
    } before_;
    std::uint64_t wanted_ = 0; // the first bytes of the next block that must be tails
    std::uint64_t bad_ = 0;
};

} // namespace metapatch::detail

#endif

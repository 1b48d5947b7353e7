// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_PACKED_CHECK_HPP
#define METAPATCH_SIMD_PACKED_CHECK_HPP

#include <metapatch/simd/check_memory.hpp>
#include <metapatch/simd/packed_scalars.hpp>
#include <metapatch/simd/scalars.hpp>
#include <metapatch/simd/token_order.hpp>
#include <metapatch/simd/utf8_blocks.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace metapatch::detail {

/// What may stand behind a backslash, but for `u`, and for `b`, which has the low six bits of a quote.
inline constexpr auto simple_escapes = by_six_bits("\"\\/fnrt");

/// Checks a JSON text as `json_check` does, with vectors that can pack bytes: put those of 64 that are asked for one
/// behind the other.
///
/// The idea: the first bytes of all tokens are packed, and all bytes of numbers and literals. Whether tokens may follow
/// each other, and whether those are numbers and literals, are questions about 64 of these then, which many more bytes
/// of text have given; and how many of them a block had, and of which kind, needs no branch.
class packed_check {
    static constexpr std::size_t bytes_at_once = check_memory::bytes_at_once;

public:
    packed_check(std::string_view text, std::size_t max_nesting, check_memory& room) noexcept
        : text_(text), feed_(text, room.last_blocks), room_(&room), order_(max_nesting, room.are_objects),
          escape_check_(text), keeps_blocks_(room.blocks_of(text) != nullptr)
    {
        room_->tokens[0] = ':'; // something that a value must follow
    }

    /// Whether the text is JSON.
    template<class Bytes>
    [[gnu::always_inline]] bool run() noexcept
    {
        for (bool done = false; !done; base_ += passed_) {
            packed_ = escapes_ = not_ascii_ = 0;
            for (passed_ = 0; passed_ < bytes_at_once && !done; passed_ += 64) {
                done = feed_.left() < 64; // the last block is never full, so that something follows every token
                read<Bytes>(feed_.template next<Bytes>(), room_->blocks[passed_ / 64]);
            }
            for (std::size_t i = 0; i < passed_ / 64; ++i)
                pack<Bytes>(room_->blocks[i]);
            check_utf8<Bytes>();
            if (bad_ != 0 || !check_escapes() || !check_scalars<Bytes>() || !check_order<Bytes>(done)) [[unlikely]]
                return false;
        }
        bool const strings_end = carry_.inside_string == 0;
        return strings_end && order_.complete() && utf8_.fine() && escape_check_.complete();
    }

private:
    template<class Bytes>
    [[gnu::always_inline]] void read(char const* bytes, read_block& here) noexcept
    {
        auto const [quotes, inside, escaped] = strings_of<Bytes>(bytes, carry_);
        here.bytes = bytes;
        here.quotes = quotes;
        here.inside = inside;
        here.escaped = escaped;
        bad_ |= Bytes::controls(bytes) & inside;
        not_ascii_ |= std::uint64_t{Bytes::with_bit(bytes, 7) != 0} << (passed_ / 64);
        if ((escaped & inside) != 0) [[unlikely]] {
            auto const simple = Bytes::equal_in(simple_escapes, bytes) | Bytes::equal(bytes, 'b');
            escapes_ += write_places<Bytes>(escaped & inside & ~simple, passed_, &room_->escapes[escapes_]);
        }
    }

    template<class Bytes>
    [[gnu::always_inline]] void pack(read_block& here) noexcept
    {
        auto const* const bytes = here.bytes;
        auto const inside = here.inside;
        auto const quotes = here.quotes;
        if (keeps_blocks_) [[likely]] {
            here.opens = Bytes::equal_with_bit5(bytes, '{') & ~inside;
            here.closes = Bytes::equal_with_bit5(bytes, '}') & ~inside;
        }
        // What is nothing but the inside of a string is packed like all else: of a text that is not known by heart a
        // branch on it costs more.

        // Control characters that are no white space are scalars, which are none then.
        auto const outside = ~(inside | Bytes::controls(bytes) | Bytes::equal(bytes, ' '));
        auto const scalars = ~(inside | Bytes::equal_in(no_scalar_bytes, bytes));
        auto const behind_scalars = scalars << 1 | in_scalar_;
        in_scalar_ = scalars >> 63;
        Bytes::pack(bytes, scalars | behind_scalars, &room_->scalars[packed_]);
        packed_ += Bytes::count(scalars | behind_scalars);
        // Of a string it is the first quote, which is inside, and not the last.
        auto const tokens = (outside ^ quotes) & ~(scalars & behind_scalars);
        Bytes::pack(bytes, tokens, &room_->tokens[tokens_]);
        tokens_ += Bytes::count(tokens);
    }

    template<class Bytes>
    [[gnu::always_inline]] void check_utf8() noexcept
    {
        for (; not_ascii_ != 0; not_ascii_ &= not_ascii_ - 1) {
            auto const block = static_cast<unsigned>(std::countr_zero(not_ascii_));
            auto const* const bytes = room_->blocks[block].bytes;
            auto const at = base_ + std::size_t{64} * block;
            if (at != utf8_end_)
                utf8_.pass_ascii();
            utf8_.check<Bytes>(bytes, Bytes::with_bit(bytes, 7));
            utf8_end_ = at + 64;
        }
    }

    bool check_escapes() noexcept
    {
        for (std::size_t i = 0; i < escapes_; ++i) {
            if (!escape_check_.check(base_ + room_->escapes[i]))
                return false;
        }
        return true;
    }

    template<class Bytes>
    [[gnu::always_inline]] bool check_scalars() noexcept
    {
        auto const* const bytes = room_->scalars.data();
        std::size_t at = 0;
        auto const pass = [this, bytes, &at] { // to behind what stands behind the scalar
            while (at < packed_ && (Bytes::equal_in(no_scalar_bytes, bytes + at) & 1) == 0)
                ++at;
            passes_scalar_ = at == packed_;
            ++at;
        };
        if (passes_scalar_) [[unlikely]]
            pass();
        while (at < packed_) {
            auto const taken = scalars_.take<Bytes>(bytes + at, packed_ - at);
            if (taken == 0) [[unlikely]] { // a long one, or one that goes on behind these blocks
                auto const size = packed_ - at;
                auto const* const begin = bytes + at;
                pass();
                bool const here = !passes_scalar_;
                auto const* const end = here ? bytes + packed_ : text_.data() + text_.size();
                if (!is_scalar(here ? begin : text_.data() + base_ + passed_ - size, end))
                    return false;
            }
            at += taken;
        }
        return scalars_.fine();
    }

    template<class Bytes>
    [[gnu::always_inline]] bool check_order(bool done) noexcept
    {
        auto* const tokens = room_->tokens.data();
        std::size_t at = 0;
        for (; tokens_ - at >= 64 + 2; at += 64) {
            if (!order_.take<Bytes>(tokens + at, ~std::uint64_t{0})) [[unlikely]]
                return false;
        }
        if (!done) [[unlikely]] { // the others are looked at with those that follow them
            tokens_ -= at;
            std::copy_n(tokens + at, 64 + 2, tokens);
            return order_.fine();
        }
        std::memset(tokens + tokens_, ',', 2); // something that may follow any value
        for (; at < tokens_; at += 64) {
            auto const which = ~std::uint64_t{0} >> (64 - std::min<std::size_t>(tokens_ - at, 64));
            if (!order_.take<Bytes>(tokens + at, which)) [[unlikely]]
                return false;
        }
        return order_.fine();
    }

    std::string_view text_;
    block_feed feed_;
    check_memory* room_;
    std::size_t base_ = 0;   // of the first byte that notes are of
    std::size_t passed_ = 0; // bytes since
    std::size_t tokens_ = 1; // of which the order is not known yet
    std::size_t packed_ = 0; // bytes of scalars
    std::size_t escapes_ = 0;
    std::size_t not_ascii_ = 0;   // blocks
    std::size_t utf8_end_ = 0;    // of the last of them
    std::uint64_t in_scalar_ = 0; // 1 where the first byte may go on with one
    bool passes_scalar_ = false;  // one that is checked already goes on
    std::uint64_t bad_ = 0;
    block_carry carry_;
    token_order order_;
    packed_scalars scalars_;
    utf8_blocks utf8_;
    escape_check escape_check_;
    bool keeps_blocks_; // somebody may ask for them
};

} // namespace metapatch::detail

#endif

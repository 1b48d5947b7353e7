// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_JSON_CHECK_HPP
#define METAPATCH_SIMD_JSON_CHECK_HPP

#include <metapatch/simd/check_memory.hpp>
#include <metapatch/simd/scalars.hpp>
#include <metapatch/simd/utf8_blocks.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Checks a JSON text 64 bytes at a time, without a look at most of them.
///
/// The idea: whether a token may stand where it stands depends on the one before it, and that is a question about bits:
/// of all tokens of a kind at once the bits are moved to what follows them, and must meet what may follow. A colon that
/// is the first separator behind a comma, or behind the bracket that opens a container, says that it stands in an
/// object, and anything else there that it stands in an array: what is said goes on to the next bracket.
///
/// Those brackets, and the numbers, literals and escapes, are not bits alone. They are noted, and looked at when some
/// thousand bytes are passed: how many of them a block has cannot be foreseen, and a branch on it in each block costs
/// more than to look at them.
class json_check {
    static constexpr std::size_t bytes_noted = check_memory::bytes_at_once;

public:
    json_check(std::string_view text, std::size_t max_nesting, check_memory& room) noexcept
        : text_(text), feed_(text, room.last_blocks), room_(&room), containers_(max_nesting, room.containers),
          escape_check_(text)
    {
        after_comma_or_colon_.expect();
    }

    /// Whether the text is JSON.
    template<class Bytes>
    [[gnu::always_inline]] bool run() noexcept
    {
        for (bool done = false; !done; base_ += passed_) {
            brackets_ = scalars_ = escapes_ = 0;
            for (passed_ = 0; passed_ < bytes_noted && !done; passed_ += 64) {
                done = feed_.left() < 64; // the last block is never full, so that something follows every token
                read<Bytes>(feed_.template next<Bytes>(), room_->blocks[passed_ / 64], room_->others[passed_ / 64]);
            }
            auto const end = passed_;
            for (passed_ = 0; passed_ < end; passed_ += 64)
                look_at<Bytes>(room_->blocks[passed_ / 64], room_->others[passed_ / 64]);
            if (bad_ != 0 || !check_noted<Bytes>())
                return false;
        }
        // No comma is behind the last bracket: the last one would wait for a separator, or be told by a colon.
        bool const separated = next_separator_.wait() || told_object_.wait();
        return (after_string_.wait() || after_value_.wait()) && !separated && containers_.complete() && utf8_.fine() &&
               escape_check_.complete();
    }

private:
    static constexpr std::uint64_t all = ~std::uint64_t{0};

    /// Ask what can be asked of single bytes.
    template<class Bytes>
    [[gnu::always_inline]] void read(char const* bytes, read_block& here, check_memory::other_bits& others) noexcept
    {
        auto const strings = strings_of<Bytes>(bytes, carry_);
        auto const outside = ~strings.inside;
        here.bytes = bytes;
        here.quotes = strings.quotes;
        here.inside = strings.inside;
        here.escaped = strings.escaped;
        others.controls = Bytes::controls(bytes);
        others.spaces = Bytes::equal(bytes, ' ');
        here.opens = Bytes::equal_with_bit5(bytes, '{') & outside;
        here.closes = Bytes::equal_with_bit5(bytes, '}') & outside;
        others.commas = Bytes::equal(bytes, ',') & outside;
        others.colons = Bytes::equal(bytes, ':') & outside;
        utf8_.check<Bytes>(bytes, Bytes::with_bit(bytes, 7));
    }

    /// Whether each token meets what may follow it, and what is to be noted.
    template<class Bytes>
    [[gnu::always_inline]] void look_at(read_block const& here, check_memory::other_bits const& others) noexcept
    {
        auto const* const bytes = here.bytes;
        auto const inside = here.inside;
        auto const outside = ~inside;
        bad_ |= others.controls & inside;
        if ((here.escaped & inside) != 0)
            escapes_ += write_places<Bytes>(here.escaped & inside, passed_, &room_->escapes[escapes_]);
        if (outside == 0 && here.quotes == 0)
            return; // nothing but the inside of a string

        auto spaces = others.spaces;
        if ((others.controls & outside) != 0)
            spaces |= Bytes::equal(bytes, '\n') | Bytes::equal(bytes, '\r') | Bytes::equal(bytes, '\t');
        spaces &= outside;
        auto const opens = here.opens;
        auto const closes = here.closes;
        auto const commas = others.commas;
        auto const colons = others.colons;
        auto const string_begins = here.quotes & inside;
        auto const string_ends = here.quotes & outside;
        auto const brackets = opens | closes;
        auto const separators = brackets | commas | colons;
        auto const scalars = outside & ~(string_ends | spaces | separators);
        auto const behind_scalars = scalars << 1 | in_scalar_;
        auto const scalar_begins = scalars & ~behind_scalars;
        in_scalar_ = scalars >> 63;

        // Each token meets what may follow it.
        auto const begins = string_begins | scalar_begins | opens;
        auto const after_open = after_open_.of(opens, spaces);
        auto const after_comma_or_colon = after_comma_or_colon_.of(commas | colons, spaces);
        auto const after_string = after_string_.of(string_ends, spaces);
        auto const after_value = after_value_.past(closes << 1 | (behind_scalars & ~scalars), closes >> 63, spaces);
        bad_ |= after_open & ~(begins | closes);
        bad_ |= after_comma_or_colon & ~begins;
        bad_ |= after_string & ~(commas | colons | closes);
        bad_ |= after_value & ~(commas | closes);

        // So values and separators take turns now, and before a colon is a string. Is it a key?
        auto const next_separator = next_separator_.of(opens | commas, ~separators);
        bad_ |= colons & ~next_separator;
        auto const in_object = told_object_.of(next_separator & colons, brackets);
        auto const in_array = told_array_.of(next_separator & ~colons & ~(after_open & closes), brackets);
        if (brackets != 0)
            brackets_ += write_marked<Bytes>(bytes, brackets, in_object, in_array, &room_->brackets[brackets_]);
        if (scalar_begins != 0)
            note_scalars<Bytes>(bytes, scalar_begins, scalars);
    }

    /// Write the brackets of a block, marked.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] static std::size_t write_marked(char const* bytes, std::uint64_t brackets,
                                                           std::uint64_t in_object, std::uint64_t in_array,
                                                           char* out) noexcept
    {
        std::size_t const count = Bytes::count(brackets);
        char const* const enough = out + count;
        do { // more than there are, rather than to branch on how many there are
            for (unsigned i = 0; i < 4; ++i, brackets &= brackets - 1) {
                auto const at = static_cast<unsigned>(std::countr_zero(brackets)) % 64;
                auto const marks = (in_object >> at & 1) * container_check::in_object +
                                   (in_array >> at & 1) * container_check::in_array;
                out[i] = static_cast<char>(bytes[at] ^ static_cast<char>(marks));
            }
            out += 4;
        } while (out < enough);
        return count;
    }

    /// Note where numbers and literals begin, but for whole numbers, of which more need not be known.
    template<class Bytes>
    [[gnu::always_inline]] void note_scalars(char const* bytes, std::uint64_t begins, std::uint64_t scalars) noexcept
    {
        // A whole number is a run of digits: a bit added at its begin comes out behind it. Where that is still inside
        // of the scalar, or is in the next block, it is looked at, and so is what begins otherwise.
        auto const digits = Bytes::digits(bytes) & scalars;
        bad_ |= Bytes::equal(bytes, '0') & begins & digits >> 1;
        auto const sum = (begins & digits) + digits;
        auto const ends = sum & ~digits;
        auto found = begins & ~digits;
        auto* out = &room_->scalar_places[scalars_];
        found |= (ends & scalars) | (sum < digits ? last_bit(all) : 0);
        scalars_ += Bytes::count(found);
        for (auto const* const enough = &room_->scalar_places[scalars_]; out < enough; out += 4) {
            for (unsigned i = 0; i < 4; ++i, found &= found - 1) {
                // Of one that was found by its end the begin is the last in front of that.
                auto const begin = begins & (found ^ (found - 1));
                out[i] = static_cast<std::uint16_t>(passed_ + 63 - static_cast<unsigned>(std::countl_zero(begin | 1)));
            }
        }
    }

    /// The highest of some bits.
    static std::uint64_t last_bit(std::uint64_t bits) noexcept
    {
        return std::uint64_t{1} << (63 - static_cast<unsigned>(std::countl_zero(bits)));
    }

    template<class Bytes>
    [[gnu::always_inline]] bool check_noted() noexcept
    {
        for (std::size_t i = 0; i < brackets_; ++i) {
            if (!containers_.take(static_cast<std::uint8_t>(room_->brackets[i])))
                return false;
        }
        auto const* const begin = text_.data() + base_;
        auto const* const end = text_.data() + text_.size();
        for (std::size_t i = 0; i < scalars_; ++i) {
            auto const* const at = begin + room_->scalar_places[i];
            bool const is_near_end = static_cast<std::size_t>(end - at) < read_of_short_scalar;
            if (is_near_end || !is_short_scalar(at)) {
                if (!is_scalar(at, end))
                    return false;
            }
        }
        for (std::size_t i = 0; i < escapes_; ++i) {
            if (!escape_check_.check(base_ + room_->escapes[i]))
                return false;
        }
        return containers_.fine();
    }

    std::string_view text_;
    block_feed feed_;
    check_memory* room_;
    std::size_t base_ = 0;   // of the first byte that notes are of
    std::size_t passed_ = 0; // bytes since
    std::size_t brackets_ = 0;
    std::size_t scalars_ = 0;
    std::size_t escapes_ = 0;
    std::uint64_t bad_ = 0;
    std::uint64_t in_scalar_ = 0; // 1 where the first byte may go on with one
    block_carry carry_;
    followers after_open_;
    followers after_comma_or_colon_;
    followers after_string_;
    followers after_value_; // but for strings
    followers next_separator_;
    told_brackets told_object_;
    told_brackets told_array_;
    utf8_blocks utf8_;
    container_check containers_;
    escape_check escape_check_;
};

} // namespace metapatch::detail

#endif

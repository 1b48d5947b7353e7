// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_SHORT_SEARCH_HPP
#define METAPATCH_SIMD_SHORT_SEARCH_HPP

#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/search_run.hpp>
#include <metapatch/simd/wanted_keys.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Finds in a text of a few kilobytes what `member_search_of` finds, all of it at once, for whoever does not count.
///
/// All strings, brackets and likely keys are found before the first key is looked at, which takes no branch on what is
/// in the text: while a text is new to a processor, a branch that goes an unexpected way costs as much as a block of 64
/// bytes. How deep a key lies is then a count of brackets in its block.
///
/// @tparam Levels  1 or 2
template<std::size_t Levels>
class short_search {
public:
    static constexpr std::size_t most = 4096; ///< bytes

    /// @param text     no more than `most` bytes
    /// @param begin    of what is behind the bracket that opens the object
    /// @param wanted   the keys that are looked for, on all levels
    /// @param outside  those of the first level, and the next one those inside of the members that have them; of one
    ///                 level all three are the same
    /// @param known    the blocks of the whole text, where it was read before; else nullptr
    short_search(std::string_view text, std::size_t begin, wanted_keys const& wanted, wanted_keys const& outside,
                 wanted_keys const& inside, read_block const* known) noexcept
        : text_(text), begin_(begin), wanted_(wanted), outside_(outside), inside_(inside), known_(known),
          first_(known == nullptr ? begin : 0)
    {
    }

    /// Write all places to `out`.
    /// @return how many, or `too_many_places`
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        if ((known_ == nullptr ? read<Bytes>() : take_known<Bytes>()) > places_at_once)
            return too_many_places;
        std::size_t found = 0;
        std::size_t end = 0; // of the member that was found last
        bool open = false;   // its end is not written yet, of two levels
        for (auto blocks = with_keys_; blocks != 0; blocks &= blocks - 1) {
            auto const at = static_cast<std::size_t>(std::countr_zero(blocks));
            for (auto left = blocks_[at].maybe; left != 0; left &= left - 1) {
                auto const key = left & (0 - left);
                auto const place = place_of(at, key);
                if (open && place > end) {
                    found += write_end(end, out + found);
                    open = false;
                }
                if (!is_key<Bytes>(at, key, open ? 2 : 1, open ? inside_ : outside_))
                    continue;
                auto const behind = end_behind<Bytes>(at, key, open ? 2 : 1);
                if (behind == text_.size()) { // of no JSON: it has no end
                    if (!open)
                        out[found++] = place;
                    return found;
                }
                out[found++] = place;
                if (Levels == 1 || open) {
                    out[found++] = behind;
                } else {
                    open = true;
                    end = behind;
                }
            }
        }
        return found + (open ? write_end(end, out + found) : 0);
    }

    /// Of the bracket that closes the object, which is the last of the text; where there is none, of its end.
    std::size_t object_end() const noexcept
    {
        auto const last = place_before(text_.data(), begin_, text_.size());
        return last >= begin_ && last < text_.size() && text_[last] == '}' ? last : text_.size();
    }

private:
    struct block {
        char const* bytes;
        std::uint64_t maybe;  ///< the strings that may be wanted keys
        std::uint64_t inside; ///< of strings
        std::uint64_t opens;
        std::uint64_t closes;
        std::size_t depth; ///< how many containers are open in front of it
    };

    /// Find where all is.
    /// @return how many places that may come to
    template<class Bytes>
    [[gnu::always_inline]] std::size_t read() noexcept
    {
        wanted_keys::finder<Bytes> const wanted(wanted_);
        block_feed feed({text_.data() + begin_, text_.size() - begin_}, last_blocks_);
        feed.template prepare<Bytes>();
        block_carry carry;
        std::size_t depth = 1;
        std::size_t keys = 0;
        for (size_ = 0; feed.left() > 0; ++size_) {
            auto const* const bytes = feed.template next<Bytes>();
            auto const strings = strings_of<Bytes>(bytes, carry);
            auto const opens = Bytes::equal_with_bit5(bytes, '{') & ~strings.inside;
            auto const closes = Bytes::equal_with_bit5(bytes, '}') & ~strings.inside;
            keys += add<Bytes>(bytes, strings, opens, closes, wanted, depth);
        }
        return (Levels + 1) * keys;
    }

    /// The same where that is known.
    template<class Bytes>
    [[gnu::always_inline]] std::size_t take_known() noexcept
    {
        wanted_keys::finder<Bytes> const wanted(wanted_);
        std::size_t depth = 0;
        std::size_t keys = 0;
        for (size_ = 0; 64 * size_ < text_.size(); ++size_) {
            auto const& here = known_[size_];
            keys += add<Bytes>(here.bytes, {here.quotes, here.inside, here.escaped}, here.opens, here.closes, wanted,
                               depth);
        }
        return (Levels + 1) * keys;
    }

    /// Add the next block.
    /// @return how many keys may be in it
    template<class Bytes>
    [[gnu::always_inline]] std::size_t add(char const* bytes, string_bits strings, std::uint64_t opens,
                                           std::uint64_t closes, wanted_keys::finder<Bytes> const& wanted,
                                           std::size_t& depth) noexcept
    {
        auto const maybe = wanted.among(strings.quotes & strings.inside, bytes, strings.escaped);
        blocks_[size_] = {bytes, maybe, strings.inside, opens, closes, depth};
        with_keys_ |= static_cast<std::uint64_t>(maybe != 0) << size_;
        std::size_t const closed = Bytes::count(closes);
        lowest_[size_] = static_cast<std::int16_t>(depth - closed);
        depth += Bytes::count(opens) - closed;
        return Bytes::count(maybe);
    }

    /// The place in the text of the lowest of the bits of a block.
    std::size_t place_of(std::size_t at, std::uint64_t bits) const noexcept
    {
        return first_ + 64 * at + static_cast<std::size_t>(std::countr_zero(bits));
    }

    static std::size_t write_end(std::size_t end, std::size_t* out) noexcept
    {
        out[0] = end;
        out[1] = 0; // commas, which do not count
        return 2;
    }

    /// Whether a string that may be wanted is a key on that level; in an array it may seem to be one.
    template<class Bytes>
    [[gnu::always_inline]] bool is_key(std::size_t at, std::uint64_t bit, std::size_t level,
                                       wanted_keys const& wanted) const noexcept
    {
        auto const& here = blocks_[at];
        auto const depth = here.depth + Bytes::count(here.opens & (bit - 1)) - Bytes::count(here.closes & (bit - 1));
        bool const likely = wanted.tells(here.bytes + std::countr_zero(bit) + 1);
        if (!(likely & (depth == level))) // one branch for both
            return false;
        auto const before = place_before(text_.data(), begin_, place_of(at, bit));
        return before < begin_ || text_[before] == ',' || text_[before] == '{';
    }

    /// The comma or bracket behind the member whose key that is; the end of the text where there is none.
    /// @param level  of the key
    template<class Bytes>
    [[gnu::always_inline]] std::size_t end_behind(std::size_t at, std::uint64_t key, std::size_t level) const noexcept
    {
        auto left = 0 - (key << 1);
        auto depth = level;
        for (;;) {
            auto const& here = blocks_[at];
            auto const opens = here.opens & left;
            auto const closes = here.closes & left;
            auto const commas = Bytes::equal(here.bytes, ',') & ~here.inside & left;
            auto ends = depth == level ? commas | closes : 0;
            if (depth > level || (opens & ((ends & (0 - ends)) - 1)) != 0) { // the value is a container
                auto const levels = Bytes::levels(opens, closes, depth - level + 1);
                ends = (commas & levels.first) | (levels.none & (0 - levels.none));
            }
            if (ends != 0)
                return place_of(at, ends);
            do {
                if (++at == size_)
                    return text_.size();
            } while (lowest_[at] > static_cast<int>(level));
            left = ~std::uint64_t{0};
            depth = blocks_[at].depth;
        }
    }

    std::string_view text_;
    std::size_t begin_;
    wanted_keys const& wanted_;
    wanted_keys const& outside_;
    wanted_keys const& inside_;
    read_block const* known_;
    std::size_t first_; // of the first block
    std::size_t size_ = 0;
    std::uint64_t with_keys_ = 0;                // the blocks that may have any
    block_room last_blocks_;                     // left uninitialised until the text is read, as the blocks
    std::array<block, most / 64> blocks_;        // what stands behind a bracket has no more
    std::array<std::int16_t, most / 64> lowest_; // how many containers are open in a block at least
};

} // namespace metapatch::detail

#endif

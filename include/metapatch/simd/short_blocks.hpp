// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_SHORT_BLOCKS_HPP
#define METAPATCH_SIMD_SHORT_BLOCKS_HPP

#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/wanted_keys.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// A text of a few kilobytes in blocks, with its strings, brackets and likely keys: all of them are known before the
/// first key is looked at.
///
/// That takes no branch on what is in the text: while a text is new to a processor, a branch that goes an unexpected
/// way costs as much as a block of 64 bytes. How deep a key lies is then a count of brackets in its block.
class short_blocks {
public:
    static constexpr std::size_t most = 4096; ///< bytes

    short_blocks() noexcept {} // not `= default`: the room is left uninitialised also by `short_blocks x{}`

    /// Find where all is.
    /// @param text   an object, no longer than `most`, with at least its bracket
    /// @param begin  of what is behind the bracket that opens it
    /// @param known  the blocks of the whole text, where it was read before; else nullptr
    template<class Bytes>
    [[gnu::always_inline]] void read(std::string_view text, std::size_t begin, wanted_keys const& wanted,
                                     read_block const* known) noexcept
    {
        text_ = text;
        begin_ = begin;
        first_ = known == nullptr ? begin : 0;
        wanted_keys::finder<Bytes> const finder(wanted);
        if (known == nullptr)
            read_text<Bytes>(finder);
        else
            take_known<Bytes>(finder, known);
    }

    /// The blocks that may have keys, a bit for each; and of one of them which strings may be. If they are few, all
    /// count: how many that are a processor foresees, and of some of them it does not.
    std::uint64_t with_keys() const noexcept { return size_ > few ? with_keys_ : (std::uint64_t{1} << size_) - 1; }
    std::uint64_t maybe(std::size_t at) const noexcept { return blocks_[at].maybe; }

    /// The place in the text of the lowest of the bits of a block.
    std::size_t place_of(std::size_t at, std::uint64_t bits) const noexcept
    {
        return first_ + 64 * at + static_cast<std::size_t>(std::countr_zero(bits));
    }

    /// How many containers are open at a string that may be a key.
    template<class Bytes>
    [[gnu::always_inline]] std::size_t depth_at(std::size_t at, std::uint64_t bit) const noexcept
    {
        auto const& here = blocks_[at];
        return here.depth + Bytes::count(here.opens & (bit - 1)) - Bytes::count(here.closes & (bit - 1));
    }

    /// Whether that string is likely to be one of some keys.
    [[gnu::always_inline]] bool is_likely(std::size_t at, std::uint64_t bit, wanted_keys const& wanted) const noexcept
    {
        auto const* const bytes = blocks_[at].bytes + std::countr_zero(bit) + 1; // of which 17 can be read, or more
        if (wanted.tells_unescaped(bytes))
            return true;
        if (has_escapes_) [[unlikely]]
            return wanted.tells(bytes);
        return false;
    }

    /// Whether a string is a key; in an array it may seem to be one.
    bool is_key(std::size_t place) const noexcept
    {
        auto const before = place_before(text_.data(), begin_, place);
        return before < begin_ || text_[before] == ',' || text_[before] == '{';
    }

    /// Of the bracket that closes the object, which is the last of the text; where there is none, of its end.
    std::size_t object_end() const noexcept
    {
        auto const last = place_before(text_.data(), begin_, text_.size());
        return last >= begin_ && last < text_.size() && text_[last] == '}' ? last : text_.size();
    }

    /// The comma or bracket behind the member whose key that is; the end of the text where there is none.
    /// @param level  how many containers are open at the key
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
            if (ends != 0) [[likely]]
                return place_of(at, ends);
            at = next_with<Bytes>(at, level);
            if (at == size_) [[unlikely]]
                return text_.size();
            left = ~std::uint64_t{0};
            depth = blocks_[at].depth;
        }
    }

    /// The bracket that closes a container; the end of the text where there is none.
    /// @param begin  behind the bracket that opens it, in the text
    /// @param level  how many containers are open there, with it
    template<class Bytes>
    [[gnu::always_inline]] std::size_t close_of(std::size_t begin, std::size_t level) const noexcept
    {
        auto at = (begin - first_) / 64;
        auto left = ~std::uint64_t{0} << ((begin - first_) % 64);
        auto depth = level;
        while (at < size_) {
            auto const& here = blocks_[at];
            auto const closes = here.closes & left;
            if (depth - level < Bytes::count(closes)) {
                auto const none = Bytes::levels(here.opens & left, closes, depth - level + 1).none;
                if (none != 0)
                    return place_of(at, none);
            }
            at = next_with<Bytes>(at, level - 1);
            left = ~std::uint64_t{0};
            depth = at < size_ ? blocks_[at].depth : 0;
        }
        return text_.size();
    }

private:
    static constexpr std::size_t few = 8;

    struct alignas(64) block { // so that where the next one is takes no multiplication
        char const* bytes;
        std::uint64_t maybe;  ///< the strings that may be wanted keys
        std::uint64_t inside; ///< of strings
        std::uint64_t opens;
        std::uint64_t closes;
        std::size_t depth; ///< how many containers are open in front of it
    };

    /// What is kept in registers while blocks are added.
    struct reading {
        std::size_t size = 0;
        std::size_t depth = 0;
        std::uint64_t with_keys = 0;
        std::uint64_t escaped = 0;
    };

    template<class Bytes>
    [[gnu::always_inline]] void read_text(wanted_keys::finder<Bytes> const& wanted) noexcept
    {
        block_feed feed({text_.data() + begin_, text_.size() - begin_}, last_blocks_);
        feed.template prepare<Bytes>();
        block_carry carry;
        reading now{.depth = 1};
        while (feed.left() > 0) {
            auto const* const bytes = feed.template next<Bytes>();
            auto const strings = strings_of<Bytes>(bytes, carry);
            auto const opens = Bytes::number(Bytes::equal_with_bit5(bytes, '{')) & ~strings.inside;
            auto const closes = Bytes::number(Bytes::equal_with_bit5(bytes, '}')) & ~strings.inside;
            add<Bytes>(bytes, strings, opens, closes, wanted, now);
        }
        finish(now);
    }

    template<class Bytes>
    [[gnu::always_inline]] void take_known(wanted_keys::finder<Bytes> const& wanted, read_block const* known) noexcept
    {
        reading now;
        auto const blocks = (text_.size() + 63) / 64;
        while (now.size < blocks) {
            auto const& here = known[now.size];
            add<Bytes>(here.bytes, {here.quotes, here.inside, here.escaped}, here.opens, here.closes, wanted, now);
        }
        finish(now);
    }

    /// Add the next block.
    template<class Bytes>
    [[gnu::always_inline]] void add(char const* bytes, string_bits strings, std::uint64_t opens, std::uint64_t closes,
                                    wanted_keys::finder<Bytes> const& wanted, reading& now) noexcept
    {
        auto const maybe = wanted.among(strings.quotes & strings.inside, bytes, strings.escaped);
        blocks_[now.size] = {bytes, maybe, strings.inside, opens, closes, now.depth};
        now.with_keys |= static_cast<std::uint64_t>(maybe != 0) << now.size;
        now.escaped |= strings.escaped;
        now.depth += Bytes::count(opens);
        now.depth -= Bytes::count(closes);
        ++now.size;
    }

    void finish(reading const& done) noexcept
    {
        size_ = done.size;
        with_keys_ = done.with_keys;
        has_escapes_ = done.escaped != 0;
    }

    /// The next block behind one in which no more containers may be open somewhere; `size_` where there is none.
    template<class Bytes>
    [[gnu::always_inline]] std::size_t next_with(std::size_t at, std::size_t level) const noexcept
    {
        do
            ++at;
        while (at < size_ && blocks_[at].depth > level + Bytes::count(blocks_[at].closes));
        return at;
    }

    std::string_view text_;
    std::size_t begin_;
    std::size_t first_; // of the first block
    std::size_t size_ = 0;
    std::uint64_t with_keys_ = 0;
    bool has_escapes_ = false;
    block_room last_blocks_;
    std::array<block, most / 64> blocks_; // what stands behind a bracket has no more
};

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_PACKED_KEYS_HPP
#define METAPATCH_SIMD_PACKED_KEYS_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/is_json.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// The keys of a text of a few kilobytes that was found to be JSON: those of its own members with their places, of all
/// others only that nothing is odd about them.
///
/// The idea: where strings begin, colons and brackets are packed, 64 of them are asked at once how deep they stand, and
/// the containers are numbered. Of each key its fingerprint and the number of its object become one of 16 bits, and all
/// of these are compared with all, 32 at a time. What comes next in the text is no branch.
class packed_keys {
public:
    static constexpr std::size_t most = check_memory::bytes_at_once - 1; ///< bytes of the text

    /// A key of the outermost object.
    struct key {
        std::size_t begin; ///< of the quote in front of it
        std::size_t colon; ///< directly behind the quote behind it
        std::uint64_t print;
    };

    packed_keys() noexcept {} // not `= default`: the room is left uninitialised also by `packed_keys x{}`

    /// @param text      an object
    /// @param blocks    of the text
    /// @param suspects  bytes that no key may hold
    /// @return  whether all is as it mostly is: no key holds an escape or a suspect, none is there twice in its object,
    ///          each has its colon directly behind it, and none is far from the outermost level
    template<class Bytes>
    [[gnu::always_inline]] bool read(std::string_view text, read_block const* blocks,
                                     std::array<char, 2> suspects) noexcept
    {
        if (!pack_tokens<Bytes>(text, blocks, suspects) || !pack_keys<Bytes>())
            return false;
        make_tags(text, blocks);
        return differ<Bytes>();
    }

    std::size_t size() const noexcept { return own_; }
    key operator[](std::size_t index) const noexcept
    {
        auto const at = own_keys_[index];
        return {begins_[at], colons_[at], prints_[at]};
    }

    /// Of the bracket that closes the object.
    std::size_t end() const noexcept { return end_; }

private:
    static constexpr std::size_t deepest = 63;
    static constexpr std::size_t few = 4; // keys of which others have the tags; of so many that is chance
    static constexpr std::size_t most_keys = most / 5 + 1; // `"":1,`

    /// Pack the tokens that are looked at.
    /// @return whether no key holds anything odd, and all have their colons directly behind them
    template<class Bytes>
    [[gnu::always_inline]] bool pack_tokens(std::string_view text, read_block const* blocks,
                                            std::array<char, 2> suspects) noexcept
    {
        std::size_t size = 0;
        std::uint64_t bad = 0;
        std::uint64_t in_odd_string = 0;
        std::uint64_t behind_string = 0; // 1 where the first byte is, and nothing is odd in that
        auto const count = text.size() / 64 + 1;
        for (std::size_t i = 0; i < count; ++i) {
            auto const& here = blocks[i];
            auto const* const bytes = here.bytes;
            auto const odd =
                (Bytes::equal(bytes, '\\') | Bytes::equal(bytes, suspects[0]) | Bytes::equal(bytes, suspects[1])) &
                here.inside & ~here.quotes;
            auto const fine_ends = here.quotes & ~here.inside & ~ends_of(odd, here.inside, in_odd_string);
            auto const colons = Bytes::equal(bytes, ':') & ~here.inside;
            bad |= colons & ~(fine_ends << 1 | behind_string);
            behind_string = fine_ends >> 63;
            auto const tokens = (here.quotes & here.inside) | colons | here.opens | here.closes;
            Bytes::pack(bytes, tokens, &kinds_[size]);
            Bytes::pack_places(tokens, static_cast<std::uint16_t>(64 * i), &places_[size + 1]);
            size += Bytes::count(tokens);
        }
        size_ = size;
        return bad == 0;
    }

    /// Of the tokens, pack the keys.
    /// @return whether none is too deep
    template<class Bytes>
    [[gnu::always_inline]] bool pack_keys() noexcept
    {
        std::array<char, 64> numbers{}; // of the container that is open on each level
        std::array<char, 64> depths;
        std::size_t keys = 0;
        std::size_t own = 0;
        std::size_t depth = 0;
        std::uint8_t number = 0; // where two have the same, so may their keys be that are not
        for (std::size_t base = 0; base < size_; base += 64) {
            if (depth > deepest) [[unlikely]]
                return false;
            auto const left = size_ - base;
            auto const here = left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
            auto const* const kinds = &kinds_[base];
            auto const opens = Bytes::equal_with_bit5(kinds, '{') & here;
            auto const closes = Bytes::equal_with_bit5(kinds, '}') & here;
            auto const colons = Bytes::equal(kinds, ':') & here;
            typename Bytes::container_numbers of(opens, closes, depth, numbers, depths);
            for (auto rest = Bytes::equal(kinds, '{') & here; rest != 0; rest &= rest - 1) {
                auto const token = static_cast<unsigned>(std::countr_zero(rest));
                auto const level = static_cast<std::size_t>(depths[token]);
                if (level > deepest) [[unlikely]]
                    return false;
                numbers[level] = static_cast<char>(++number);
                of.set(level, token, numbers[level]);
            }
            of.pack(colons, &numbers_[keys]);
            Bytes::pack_words(&places_[base], colons, &begins_[keys]); // a colon is the token behind its key
            Bytes::pack_words(&places_[base + 1], colons, &colons_[keys]);
            auto const own_here = Bytes::gathered(of.at(1), colons);
            Bytes::pack_places(own_here, static_cast<std::uint16_t>(keys), &own_keys_[own]);
            own += Bytes::count(own_here);
            keys += Bytes::count(colons);
            depth += Bytes::count(opens);
            depth -= Bytes::count(closes);
        }
        end_ = places_[size_];
        keys_ = keys;
        own_ = own;
        return true;
    }

    [[gnu::always_inline]] void make_tags(std::string_view text, read_block const* blocks) noexcept
    {
        // Near its end the text cannot be read beyond, but its last blocks can.
        auto near_end = keys_;
        while (near_end > 0 && begins_[near_end - 1] + std::size_t{1} + look_ahead > text.size())
            --near_end;
        auto const last = text.size() / 64;
        make_tags(text.data(), 0, 0, near_end);
        make_tags(blocks[last].bytes, 64 * last, near_end, keys_);
    }

    /// @param base  the place of the first of the bytes
    [[gnu::always_inline]] void make_tags(char const* bytes, std::size_t base, std::size_t begin,
                                          std::size_t end) noexcept
    {
        for (auto i = begin; i < end; ++i) {
            std::size_t const quote = begins_[i];
            auto const at = static_cast<std::ptrdiff_t>(quote + 1) - static_cast<std::ptrdiff_t>(base);
            auto const print = readable_fingerprint(bytes + at, colons_[i] - quote - 2);
            prints_[i] = print;
            tags_[i] =
                static_cast<std::uint16_t>((spread(print) >> 48) + 257U * static_cast<std::uint8_t>(numbers_[i]));
        }
    }

    /// Whether no key is there twice in its object.
    template<class Bytes>
    [[gnu::always_inline]] bool differ() const noexcept
    {
        std::size_t asked = 0;
        for (std::size_t base = 0; base < keys_; base += 32) {
            for (auto again = Bytes::repeated(&tags_[base], keys_ - base); again != 0; again &= again - 1) {
                if (++asked > few || is_repeated(base + static_cast<unsigned>(std::countr_zero(again)))) [[unlikely]]
                    return false;
            }
        }
        return true;
    }

    /// Whether a key behind that one seems the same.
    [[gnu::noinline, gnu::cold]] bool is_repeated(std::size_t asked) const noexcept
    {
        bool found = false;
        for (auto i = asked + 1; i < keys_; ++i)
            found = found || (prints_[i] == prints_[asked] && numbers_[i] == numbers_[asked]);
        return found;
    }

    std::size_t size_ = 0; // tokens
    std::size_t keys_ = 0;
    std::size_t own_ = 0; // keys of the outermost object
    std::size_t end_ = 0;
    std::array<char, most + 1 + places_of_a_block> kinds_;            // the tokens' first bytes
    std::array<std::uint16_t, most + 2 + places_of_a_block> places_;  // of the token before the first, and of all
    std::array<std::uint16_t, most_keys + places_of_a_block> begins_; // of keys, as all that follows
    std::array<std::uint16_t, most_keys + places_of_a_block> colons_;
    std::array<char, most_keys + places_of_a_block> numbers_;           // of their objects
    std::array<std::uint16_t, most_keys + places_of_a_block> own_keys_; // which are the outermost object's
    std::array<std::uint64_t, most_keys> prints_;
    std::array<std::uint16_t, most_keys + places_of_a_block> tags_;
};

#if defined(__x86_64__) && defined(__GNUC__)

/// @param text  an object, no longer than `packed_keys::most`
/// @param read  when it was found to be JSON
[[gnu::target("avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,pclmul"), gnu::flatten]] inline bool
read_packed_keys(packed_keys& keys, std::string_view text, check_memory const& read,
                 std::array<char, 2> suspects) noexcept
{
    return keys.read<avx512_bytes>(text, read.blocks_of(text), suspects);
}

/// What a text is found to be by a look at all its tokens at once.
enum class packed_outline : std::uint8_t { told, no_json, odd };

/// Tells of an object what `read_outline` tells a visitor that takes its members and asks for no more.
/// @param begin  of its bracket
/// @return whether it was told; where the text is JSON and something in it is odd, nothing was
template<class Visitor>
[[gnu::noinline]] packed_outline read_packed_outline(std::string_view text, std::size_t begin, std::size_t max_nesting,
                                                     Visitor& visitor)
{
    check_memory read;
    if (!is_json(text, max_nesting, scan_with::avx512, read)) [[unlikely]]
        return packed_outline::no_json;
    packed_keys keys;
    if (!read_packed_keys(keys, text, read, visitor.suspects())) [[unlikely]]
        return packed_outline::odd;
    visitor.open(begin, 1);
    auto& taker = *visitor.takes_members(1);
    auto const* const bytes = text.data();
    auto behind = begin + 1;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        auto const key = keys[i];
        auto const next = i + 1 < keys.size() ? place_before(bytes, begin, keys[i + 1].begin) : keys.end();
        behind = before_space(text, begin, next);
        taker.add_member(text, key.begin, key.colon - 1, behind_space(bytes, key.colon + 1), behind, key.print);
    }
    visitor.close(keys.end(), behind, 1, false);
    return packed_outline::told;
}

#endif

} // namespace metapatch::detail

#endif

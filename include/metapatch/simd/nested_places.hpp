// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_NESTED_PLACES_HPP
#define METAPATCH_SIMD_NESTED_PLACES_HPP

#include <metapatch/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace metapatch::detail {

/// Tells where members of the outermost object are, and inside of each of them the members one level below.
///
/// The places of a text follow one grammar, so that nobody needs to know on which level one is:
/// `(key (inner-key inner-end)* end commas)*`. A key is the quote in front of it, an end the comma or bracket behind a
/// member, and `commas` no place, but how many commas there are directly inside of the member's value.
class nested_places {
public:
    /// How many places a block of any bytes may give: two for each byte that ends a member.
    static constexpr std::size_t most_of_a_block = 128;

    /// The bytes of a block that may be such places.
    struct block {
        std::uint64_t keys;
        std::uint64_t ends;
        std::uint64_t inner_keys;
        std::uint64_t inner_ends;
        std::uint64_t inner_commas;
    };

    /// Whether no member is open.
    bool outside() const noexcept { return state_ == state::outside; }

    /// Pass a block that holds no key but inside of a member, and the end of none, where nothing in it is a place.
    /// @return whether it was passed
    template<class Bytes>
    [[gnu::always_inline]] bool passes(block const& here) noexcept
    {
        if (state_ == state::outside)
            return true;
        if (state_ == state::in_inner || here.inner_keys != 0)
            return false;
        commas_ += Bytes::count(here.inner_commas);
        return true;
    }

    /// Write the places of the next block to `out`.
    /// @param is_key  says of a place that may be a key whether it is
    /// @return        how many
    template<class Bytes, class IsKey>
    [[gnu::always_inline]] std::size_t write(block const& here, std::size_t base, std::size_t* out,
                                             IsKey is_key) noexcept
    {
        std::size_t found = 0;
        std::uint64_t left = ~std::uint64_t{0};      // what is not passed yet
        std::uint64_t inside = outside() ? 0 : left; // of the member that is open
        for (;;) {
            auto const next = left & (state_ == state::outside     ? here.keys
                                      : state_ == state::in_member ? here.inner_keys | here.ends
                                                                   : here.inner_ends);
            if (next == 0)
                break;
            auto const bit = next & (0 - next);
            auto const place = base + static_cast<std::size_t>(std::countr_zero(bit));
            left = ~(bit | (bit - 1));
            if (state_ == state::in_inner) {
                out[found++] = place;
                state_ = state::in_member;
            } else if (state_ == state::in_member && (bit & here.ends) != 0) {
                out[found++] = place;
                out[found++] = commas_ + Bytes::count(here.inner_commas & inside & (bit - 1));
                commas_ = 0;
                inside = 0;
                state_ = state::outside;
            } else if (is_key(place)) {
                out[found++] = place;
                if (state_ == state::outside)
                    inside = left;
                state_ = state_ == state::outside ? state::in_member : state::in_inner;
            }
        }
        if (inside != 0)
            commas_ += Bytes::count(here.inner_commas & inside);
        return found;
    }

private:
    enum class state : std::uint8_t { outside, in_member, in_inner };

    state state_ = state::outside;
    std::size_t commas_ = 0;
};

} // namespace metapatch::detail

#endif

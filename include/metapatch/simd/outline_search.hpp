// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_OUTLINE_SEARCH_HPP
#define METAPATCH_SIMD_OUTLINE_SEARCH_HPP

#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/search_run.hpp>

#include <cstddef>
#include <string_view>

namespace metapatch::detail {

/// Finds where the strings of a JSON text begin, its colons and its brackets.
class outline_search {
public:
    struct task {
        std::string_view text;
        block_room* last_blocks;
    };

    struct findings {
        bool done = false; ///< nothing is left to find
    };

    explicit outline_search(task const& given) noexcept
        : feed_(given.text, *given.last_blocks), size_(given.text.size())
    {
    }

    /// Write the next places to `out`.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        std::size_t found = 0;
        while (found + places_of_a_block <= places_at_once && feed_.left() != 0) {
            auto const base = size_ - feed_.left();
            auto const* const bytes = feed_.template next<Bytes>();
            auto const strings = strings_of<Bytes>(bytes, carry_);
            auto const others =
                Bytes::equal_with_bit5(bytes, '{') | Bytes::equal_with_bit5(bytes, '}') | Bytes::equal(bytes, ':');
            auto const places = (strings.quotes & strings.inside) | (others & ~strings.inside);
            found += places == 0 ? 0 : write_places<Bytes>(places, base, out + found);
        }
        return found;
    }

    findings so_far() const noexcept { return {feed_.left() == 0}; }

private:
    block_feed feed_;
    std::size_t size_;
    block_carry carry_;
};

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE place_function<outline_search> place_finder<outline_search>(scan_with) noexcept;
#endif

} // namespace metapatch::detail

#endif

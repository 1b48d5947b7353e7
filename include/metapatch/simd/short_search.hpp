// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_SHORT_SEARCH_HPP
#define METAPATCH_SIMD_SHORT_SEARCH_HPP

#include <metapatch/simd/search_run.hpp>
#include <metapatch/simd/short_blocks.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Finds in a text of a few kilobytes what `member_search_of` finds, all of it at once, for whoever does not count.
///
/// @tparam Levels  1 or 2
template<std::size_t Levels>
class short_search {
public:
    static constexpr std::size_t most = short_blocks::most; ///< bytes

    /// @param text     no more than `most` bytes
    /// @param begin    of what is behind the bracket that opens the object
    /// @param wanted   the keys that are looked for, on all levels
    /// @param outside  those of the first level, and the next one those inside of the members that have them; of one
    ///                 level all three are the same
    /// @param known    the blocks of the whole text, where it was read before; else nullptr
    short_search(std::string_view text, std::size_t begin, wanted_keys const& wanted, wanted_keys const& outside,
                 wanted_keys const& inside, read_block const* known) noexcept
        : text_(text), begin_(begin), wanted_(wanted), outside_(outside), inside_(inside), known_(known)
    {
    }

    /// Write all places to `out`.
    /// @return how many, or `too_many_places`
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        blocks_.read<Bytes>(text_, begin_, wanted_, known_);
        std::size_t found = 0;
        std::size_t end = 0; // of the member that was found last
        bool open = false;   // its end is not written yet, of two levels
        for (auto blocks = blocks_.with_keys(); blocks != 0; blocks &= blocks - 1) {
            auto const at = static_cast<std::size_t>(std::countr_zero(blocks));
            for (auto left = blocks_.maybe(at); left != 0; left &= left - 1) {
                auto const key = left & (0 - left);
                auto const place = blocks_.place_of(at, key);
                if (open && place > end) [[unlikely]] {
                    found += write_end(end, out + found);
                    open = false;
                }
                std::size_t const level = open ? 2 : 1;
                if (blocks_.depth_at<Bytes>(at, key) != level)
                    continue;
                if (!blocks_.is_likely(at, key, open ? inside_ : outside_))
                    continue;
                if (!blocks_.is_key(place))
                    continue;
                if (found + 4 > places_at_once) [[unlikely]] // with the end of an open one
                    return too_many_places;
                auto const behind = blocks_.end_behind<Bytes>(at, key, level);
                if (behind == text_.size()) [[unlikely]] { // of no JSON: it has no end
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

    std::size_t object_end() const noexcept { return blocks_.object_end(); }

private:
    static std::size_t write_end(std::size_t end, std::size_t* out) noexcept
    {
        out[0] = end;
        out[1] = 0; // commas, which do not count
        return 2;
    }

    std::string_view text_;
    std::size_t begin_;
    wanted_keys const& wanted_;
    wanted_keys const& outside_;
    wanted_keys const& inside_;
    read_block const* known_;
    short_blocks blocks_;
};

} // namespace metapatch::detail

#endif

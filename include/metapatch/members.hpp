// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MEMBERS_HPP
#define METAPATCH_MEMBERS_HPP

#include <metapatch/blocks.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace metapatch {

/// A first-level member of an object in a text, as offsets into that text.
struct member_span {
    std::size_t before; ///< of the `{` or `,` in front of it
    std::size_t key;    ///< of the quote that begins its key
    std::size_t colon;  ///< of the byte behind the quote that ends its key: white space, or the colon
    std::size_t end;    ///< of the `,` or `}` behind it
    bool is_last;       ///< `end` is the `}`
};

/// Goes through the first-level members of an object in a text that is valid JSON, without reading what lies inside of
/// their values byte by byte.
///
/// On a text that is no valid JSON object it finds some members, or none; it never reads beyond the text.
///
/// Complexity: O(bytes), at the speed of a scan of the memory. No allocation, no recursion. Exceptions: none.
class member_cursor {
public:
    explicit member_cursor(std::string_view text, scan_with instructions = fastest_scan()) noexcept
        : text_(text), index_(detail::indexer(instructions))
    {
        load();
    }

    /// Go past the bracket that opens the object; false where the text holds none.
    bool open() noexcept
    {
        auto const first = next_bit([](detail::block const& b) { return b.opens; });
        found_.end = first;
        return first < text_.size();
    }

    /// Go to the next member; false behind the last one, with the end of the object in `member().end`.
    bool next() noexcept
    {
        if (found_.is_last)
            return false;
        found_.before = found_.end;
        found_.key = next_bit([](detail::block const& b) { return b.quotes | b.closes; });
        if (found_.key >= text_.size() || text_[found_.key] != '"') {
            found_.end = std::min(found_.key, text_.size());
            found_.is_last = true;
            return false;
        }
        found_.colon = std::min(next_bit([](detail::block const& b) { return b.quotes; }) + 1, text_.size());
        found_.end = std::min(value_end(), text_.size());
        found_.is_last = found_.end == text_.size() || text_[found_.end] != ',';
        return true;
    }

    member_span const& member() const noexcept { return found_; }

    /// The key as it stands between its quotes.
    std::string_view raw_key() const noexcept
    {
        return text_.substr(found_.key + 1, std::max(found_.colon, found_.key + 2) - found_.key - 2);
    }

    /// Where the value of the current member begins.
    std::size_t value_begin() const noexcept
    {
        auto at = found_.colon;
        bool colon = false;
        while (at < found_.end && (is_space(text_[at]) || (text_[at] == ':' && !colon)))
            colon = text_[at++] == ':' || colon;
        return at;
    }

    /// The byte behind the value of the current member.
    std::size_t value_end_trimmed() const noexcept
    {
        auto end = found_.end;
        while (end > found_.colon && is_space(text_[end - 1]))
            --end;
        return end;
    }

private:
    static constexpr std::size_t blocks_at_once = 16;

    static constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    /// Index the next blocks; the last one is padded with spaces.
    void load() noexcept
    {
        base_ += 64 * loaded_;
        at_ = 0;
        auto const left = text_.size() - base_;
        loaded_ = std::min(left / 64, blocks_at_once);
        if (loaded_ > 0) {
            index_(text_.data() + base_, loaded_, blocks_.data(), carry_);
        } else if (left > 0) {
            std::array<char, 64> last;
            last.fill(' ');
            std::memcpy(last.data(), text_.data() + base_, left);
            index_(last.data(), 1, blocks_.data(), carry_);
            loaded_ = 1;
        } else {
            return;
        }
        here_ = blocks_[0];
    }

    /// Go to the next block; false behind the last one.
    bool advance() noexcept
    {
        if (++at_ < loaded_) {
            here_ = blocks_[at_];
            return true;
        }
        if (base_ + 64 * loaded_ >= text_.size()) {
            here_ = {};
            at_ = loaded_;
            return false;
        }
        load();
        return true;
    }

    /// Forget the block's bits up to bit `i`.
    void consume(int i) noexcept
    {
        auto const rest = ~std::uint64_t{0} << i << 1;
        here_.quotes &= rest;
        here_.opens &= rest;
        here_.closes &= rest;
        here_.commas &= rest;
    }

    std::size_t position(int i) const noexcept { return base_ + 64 * at_ + static_cast<std::size_t>(i); }

    template<class Select>
    std::size_t next_bit(Select select) noexcept
    {
        for (;;) {
            if (auto const bits = select(here_); bits != 0) {
                int const i = std::countr_zero(bits);
                consume(i);
                return position(i);
            }
            if (at_ >= loaded_ || !advance())
                return text_.size();
        }
    }

    /// The comma or bracket that ends the value which starts here.
    std::size_t value_end() noexcept
    {
        std::size_t depth = 0; // of containers that the value has opened
        for (;;) {
            if (depth == 0) {
                auto const at = next_bit([](detail::block const& b) { return b.opens | b.closes | b.commas; });
                if (at >= text_.size() || (text_[at] != '{' && text_[at] != '['))
                    return at;
                depth = 1;
                continue;
            }
            auto const closes = static_cast<std::size_t>(std::popcount(here_.closes));
            if (closes < depth) // the value cannot end in this block
                depth += static_cast<std::size_t>(std::popcount(here_.opens)) - closes;
            else if (leaves(depth))
                continue;
            if (at_ >= loaded_ || !advance())
                return text_.size();
        }
    }

    /// Count through the block until `depth` is 0; false where the block ends before.
    bool leaves(std::size_t& depth) noexcept
    {
        for (auto bits = here_.opens | here_.closes; bits != 0; bits &= bits - 1) {
            int const i = std::countr_zero(bits);
            if ((here_.opens >> i & 1) != 0) {
                ++depth;
            } else if (--depth == 0) {
                consume(i);
                return true;
            }
        }
        return false;
    }

    std::string_view text_;
    detail::index_function index_;
    detail::block_carry carry_;
    std::size_t base_ = 0;   // of the first loaded block
    std::size_t loaded_ = 0; // how many blocks
    std::size_t at_ = 0;     // the current one
    detail::block here_{};   // its bits that are still to come
    std::array<detail::block, blocks_at_once> blocks_;
    member_span found_{};
};

} // namespace metapatch

#endif

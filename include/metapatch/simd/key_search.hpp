// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_KEY_SEARCH_HPP
#define METAPATCH_SIMD_KEY_SEARCH_HPP

#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/bracket_blocks.hpp>
#include <metapatch/simd/search_run.hpp>
#include <metapatch/simd/wanted_keys.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Where a search for a key came to.
struct key_found {
    bool done = true;
    bool is_key = false;    ///< else all of the object was searched
    std::size_t commas = 0; ///< that separate members, from where the search began to where it ends, if they count
    std::size_t place = 0;  ///< of the quote that begins the key; else of the bracket that closes the object, and where
                            ///< there is none, of the end of the text
    std::size_t copied = 0; ///< how many bytes were copied, from where the search began
};

/// Finds the next member of an object whose key is wanted, from any place between its members, or in one behind the
/// key, but not inside of a string. So whoever finds one may go on inside of its value, and from behind that again: a
/// text is passed once, however deep that leads.
///
/// The place is within the text and not before the search began, whatever the text is.
class key_search {
public:
    struct task {
        std::string_view text;
        std::size_t object; ///< of what is behind the bracket that opens it
        std::size_t begin;  ///< where to begin: the object is open there, and nothing inside of it
        wanted_keys const* wanted;
        bool counts; ///< the commas
        block_room* last_blocks;
    };

    using findings = key_found;

    explicit key_search(task const& given) noexcept
        : blocks_(given.text, given.begin, *given.last_blocks), text_(given.text.data()), object_(given.object),
          end_(given.text.size()), wanted_(given.wanted), counts_(given.counts)
    {
    }

    /// Copy what is passed, if there is room for all that is left, and it pays.
    [[gnu::always_inline]] void copy_to(copy_target const& target) noexcept
    {
        if constexpr (may_be_wide) {
            auto const left = blocks_.left();
            blocks_.copy_to(left > worth_copying && target.room >= left ? target.to : nullptr);
        }
    }

    /// @return 0: what is found is told by `so_far`
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t*) noexcept
    {
        wanted_keys::finder<Bytes> const wanted(*wanted_);
        std::size_t depth = 1;
        found_.place = end_;
        bracket_block here;
        while (blocks_.take<Bytes>(here, 0)) {
            if (here.closed + 1 >= depth) {
                auto const begins = here.strings.quotes & here.strings.inside;
                auto const maybe = wanted.among(begins, here.bytes, here.strings.escaped);
                // Mostly no such key is there, nor the end.
                bool const matters = counts_ || (maybe != 0) || here.closed >= depth;
                if (matters && look_at<Bytes>(here, maybe, depth))
                    return 0;
                depth += Bytes::count(here.opens) - here.closed;
                continue;
            }
            depth += Bytes::count(here.opens) - here.closed;
            if constexpr (Bytes::is_wide)
                blocks_.pass_pairs<Bytes>(depth, 1, 0);
        }
        return 0;
    }

    findings so_far() const noexcept
    {
        auto found = found_;
        found.copied = may_be_wide ? blocks_.copied() : 0;
        return found;
    }

private:
    /// Where no more bytes are left, it takes less time to copy them behind the search.
    static constexpr std::size_t worth_copying = 4096;

    /// Look for a key, or the end of the object.
    /// @param maybe  the strings that may be wanted keys
    template<class Bytes>
    [[gnu::always_inline]] bool look_at(bracket_block const& here, std::uint64_t maybe, std::size_t depth) noexcept
    {
        std::uint64_t first = 0 - static_cast<std::uint64_t>(depth == 1);
        std::uint64_t end = 0;
        if ((here.opens | here.closes) != 0) {
            auto const levels = Bytes::levels(here.opens, here.closes, depth);
            // The bracket that closes the object, and all before it; there may be others behind.
            end = levels.none & (0 - levels.none);
            first = end == 0 ? levels.first : levels.first & (end - 1);
        }
        auto const commas = counts_ ? Bytes::equal(here.bytes, ',') & ~here.strings.inside & first : 0;
        for (maybe &= first; maybe != 0; maybe &= maybe - 1) {
            auto const offset = static_cast<std::size_t>(std::countr_zero(maybe));
            auto const place = here.base + offset;
            // Where blocks are wide, to halt and to begin anew costs more than a look at what is likely no wanted key.
            if ((may_be_wide && !wanted_->tells(here.bytes + offset + 1)) || !is_key(place))
                continue;
            found_.is_key = true;
            found_.commas += Bytes::count(commas & ((maybe & (0 - maybe)) - 1));
            found_.place = place;
            return true;
        }
        found_.commas += Bytes::count(commas);
        if (end != 0)
            found_.place = here.base + static_cast<std::size_t>(std::countr_zero(end));
        return end != 0;
    }

    /// Whether a string is a key, and no value.
    bool is_key(std::size_t at) const noexcept
    {
        auto const before = place_before(text_, object_, at);
        return before < object_ || text_[before] == ',';
    }

    bracket_blocks blocks_;
    char const* text_;
    std::size_t object_;
    std::size_t end_;
    wanted_keys const* wanted_;
    bool counts_;
    key_found found_;
};

/// Searches for keys in one text.
class key_finder {
public:
    key_finder(std::string_view text, scan_with instructions) noexcept
        : text_(text), find_(place_finder<key_search>(instructions))
    {
    }

    /// The next key from `begin` on that may be one of those that are wanted.
    /// @param object  of what is behind the bracket that opens the object
    /// @param counts  the commas between members on the way
    /// @param target  for what is passed
    key_found next(std::size_t object, std::size_t begin, wanted_keys const& wanted, bool counts,
                   copy_target const& target = {}) noexcept
    {
        search_run<key_search> run({text_, object, begin, &wanted, counts, &last_blocks_});
        run.copy_to(target);
        find_(run, nullptr);
        return run.so_far();
    }

    std::string_view text() const noexcept { return text_; }

private:
    std::string_view text_;
    place_function<key_search> find_;
    block_room last_blocks_; // of the search that runs
};

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE place_function<key_search> place_finder<key_search>(scan_with) noexcept;
#endif

} // namespace metapatch::detail

#endif

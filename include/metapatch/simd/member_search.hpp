// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_MEMBER_SEARCH_HPP
#define METAPATCH_SIMD_MEMBER_SEARCH_HPP

#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/bracket_blocks.hpp>
#include <metapatch/simd/nested_places.hpp>
#include <metapatch/simd/search_run.hpp>
#include <metapatch/simd/short_search.hpp>
#include <metapatch/simd/wanted_keys.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// What a search has found so far besides places.
struct members_found {
    bool done = false;      ///< nothing is left to find
    std::size_t passed = 0; ///< how far the text was searched
    std::size_t copied = 0; ///< how many bytes were copied by the last search, from where it began
    std::size_t commas = 0; ///< that separate members
    std::size_t end = 0; ///< of the bracket that closes the object, once all is done; where there is none, of the text
};

/// Finds the first-level members of an object whose keys are wanted. Two places are a member: the quote that begins its
/// key, and the comma or bracket that ends the member. Of two levels also those inside of the ones that were found, in
/// the form of `nested_places`.
///
/// All places are within the text, each behind the one before, whatever the text is.
///
/// @tparam Levels  1 or 2
template<std::size_t Levels>
class member_search_of {
public:
    struct task {
        std::string_view text;
        std::size_t begin;         ///< of what is behind the bracket that opens the object
        wanted_keys const* wanted; ///< of two levels those of both
        block_room* last_blocks;
        wanted_keys const* wanted_outside = nullptr; ///< of two levels: those of the first, for `tells` alone
        wanted_keys const* wanted_inside = nullptr;  ///< and those in the members that are wanted, likewise
        bool counts = true; ///< commas; without, what is told of them is of no meaning, and less is looked at
        read_block const* known = nullptr; ///< the blocks of the whole text, where it was read before
    };

    using findings = members_found;

    /// Where more is left than so many bytes, it takes less time to copy them on the way.
    static constexpr std::size_t worth_copying = short_search<Levels>::most;

    explicit member_search_of(task const& given) noexcept
        : blocks_(given.text, given.begin, *given.last_blocks), text_(given.text.data()), begin_(given.begin),
          wanted_(given.wanted), counts_(given.counts),
          looks_twice_(!given.counts && given.wanted->are_few() && !given.wanted->are_all()), end_(given.text.size())
    {
        after_comma_.expect();
    }

    /// Copy what is passed, if there is room for all that is left, and it pays: then the search halts wherever members
    /// were found, for what is behind them may go elsewhere.
    [[gnu::always_inline]] void copy_to(copy_target const& target) noexcept
    {
        auto const left = blocks_.left();
        bool const pays = left > worth_copying && wanted_->are_few();
        blocks_.copy_to(pays && target.room >= left ? target.to : nullptr);
    }

    /// Write the next places to `out`.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        bool const copies = blocks_.copies<Bytes>();
        auto const enough = copies ? 0 : blocks_.left() - std::min(blocks_.left(), bytes_at_once);
        finder<Bytes> const wanted(*wanted_);
        bool const finds_all = wanted_->are_all();
        std::size_t found = 0;
        bool calm = false;
        bool const passes = Bytes::tells_pairs && !counts_ && !(Levels == 1 && finds_all);
        constexpr auto most = Levels == 2 ? nested_places::most_of_a_block : places_of_a_block;
        while (found + most <= places_at_once) {
            block here;
            // Where the last block had no bracket, the next has none either, mostly.
            bool const flat = passes && calm && !waits();
            if (!(flat ? pass_flat<Bytes>(here, enough, wanted) : go_to_first_level<Bytes>(here, enough))) {
                done_ = blocks_.left() == 0;
                return found;
            }
            calm = (here.opens | here.closes) == 0 && depth_ == 1;
            bool is_last = false;
            if constexpr (Levels == 2)
                found += look_at_both<Bytes>(here, wanted, out + found, is_last);
            else
                found += look_at<Bytes>(here, wanted, finds_all, out + found, is_last);
            if (is_last) {
                done_ = true;
                return found;
            }
            depth_ += Bytes::count(here.opens) - here.closed;
            if (copies && found >= 2)
                return found;
        }
        return found;
    }

    /// Whether it is worth while to search by `short_search`.
    static bool is_short(task const& given) noexcept
    {
        auto const* const first = Levels == 2 ? given.wanted_outside : given.wanted;
        return !given.counts && given.text.size() <= short_search<Levels>::most && first->are_few();
    }

    template<class Bytes>
    [[gnu::always_inline]] static std::size_t find_in_short(task const& given, std::size_t* out,
                                                            findings& becomes) noexcept
    {
        short_search<Levels> search(given.text, given.begin, *given.wanted,
                                    Levels == 2 ? *given.wanted_outside : *given.wanted,
                                    Levels == 2 ? *given.wanted_inside : *given.wanted, given.known);
        auto const found = search.template find<Bytes>(out);
        if (found != too_many_places)
            becomes = {true, given.text.size(), 0, 0, search.object_end()};
        return found;
    }

    findings so_far() const noexcept { return {done_, blocks_.passed(), blocks_.copied(), commas_, end_}; }

private:
    template<class Bytes>
    using finder = wanted_keys::finder<Bytes>;

    using block = bracket_block;

    /// The lowest level that matters now.
    std::size_t deepest() const noexcept { return Levels == 2 && !nested_.outside() ? 2 : 1; }

    /// Go on to a block where a level that matters may be next.
    /// @param enough  stop where so many bytes are left
    /// @return        whether there is one
    template<class Bytes>
    [[gnu::always_inline]] bool go_to_first_level(block& here, std::size_t enough) noexcept
    {
        // Most bytes of most texts go by here. Where members are short, the next block has their level again, mostly.
        auto const level = deepest();
        for (bool is_deep = false; blocks_.take<Bytes>(here, enough); is_deep = true) {
            if (here.closed + level >= depth_)
                return true;
            depth_ += Bytes::count(here.opens) - here.closed;
            if constexpr (Bytes::is_wide) {
                if (is_deep)
                    blocks_.pass_pairs<Bytes>(depth_, level, enough);
            }
        }
        return false;
    }

    /// The same where nothing is open, for whoever does not count: blocks without brackets and wanted keys are passed.
    template<class Bytes>
    [[gnu::always_inline]] bool pass_flat(block& here, std::size_t enough, finder<Bytes> const& wanted) noexcept
    {
        while (blocks_.take<Bytes>(here, enough)) {
            auto const string_begins = here.strings.quotes & here.strings.inside;
            if ((here.opens | here.closes | wanted.among(string_begins, here.bytes, here.strings.escaped)) != 0)
                return true;
        }
        return false;
    }

    /// Whether the end of something that was found is looked for.
    bool waits() const noexcept { return Levels == 2 ? !nested_.outside() : in_wanted_ != 0; }

    struct level_places {
        std::uint64_t first;
        std::uint64_t second;
        std::uint64_t object_end; ///< the bracket that closes the object
    };

    template<class Bytes>
    [[gnu::always_inline]] level_places levels_of(block const& here, bool& is_last) noexcept
    {
        if ((here.opens | here.closes) == 0)
            return {0 - static_cast<std::uint64_t>(depth_ == 1), 0 - static_cast<std::uint64_t>(depth_ == 2), 0};
        auto const levels = Bytes::levels(here.opens, here.closes, depth_);
        if (levels.none == 0)
            return {levels.first, levels.second, 0};
        auto const object_end = levels.none & (0 - levels.none);
        end_ = here.base + static_cast<std::size_t>(std::countr_zero(object_end));
        is_last = true;
        return {levels.first & (object_end - 1), levels.second & (object_end - 1), object_end};
    }

    template<class Bytes>
    [[gnu::always_inline]] std::size_t look_at_both(block const& here, finder<Bytes> const& wanted, std::size_t* out,
                                                    bool& is_last) noexcept
    {
        auto const levels = levels_of<Bytes>(here, is_last);
        auto const commas = Bytes::equal(here.bytes, ',') & ~here.strings.inside;
        auto const string_begins = here.strings.quotes & here.strings.inside;
        auto const keys = wanted.among(string_begins, here.bytes, here.strings.escaped);
        nested_places::block places{};
        places.inner_keys = keys & levels.second;
        places.inner_commas = commas & levels.second;
        if (levels.first == 0 && levels.object_end == 0) { // inside of a member, as most bytes are
            if (nested_.passes<Bytes>(places))
                return 0;
        } else {
            commas_ += Bytes::count(commas & levels.first);
            places.keys = keys & levels.first;
            if (places.keys == 0 && nested_.outside())
                return 0;
            places.ends = (commas & levels.first) | levels.object_end;
        }
        places.inner_ends = places.inner_commas | (here.closes & levels.first);
        return nested_.write<Bytes>(places, here.base, out, [this](std::size_t at) { return is_key(at); });
    }

    template<class Bytes>
    [[gnu::always_inline]] std::size_t look_at(block const& here, finder<Bytes> const& wanted, bool finds_all,
                                               std::size_t* out, bool& is_last) noexcept
    {
        auto const string_begins = here.strings.quotes & here.strings.inside;
        auto const maybe = finds_all ? 0 : wanted.among(string_begins, here.bytes, here.strings.escaped);
        // Where few are wanted, mostly none is there, nor an end that is looked for.
        if (looks_twice_ && (maybe | in_wanted_) == 0 && here.closed < depth_)
            return 0;
        auto const [first_level, second_level, object_end] = levels_of<Bytes>(here, is_last);
        auto const commas = Bytes::equal(here.bytes, ',') & ~here.strings.inside & first_level;
        commas_ += Bytes::count(commas);
        if (finds_all) {
            auto const key_begins = after_comma_.past(commas << 1, commas >> 63, ~(string_begins & first_level));
            auto const ends = after_wanted_.past(key_begins << 1, key_begins >> 63, ~(commas | object_end));
            return (key_begins | ends) == 0 ? 0 : write_places<Bytes>(key_begins | ends, here.base, out);
        }
        if (((maybe & first_level) | in_wanted_) == 0) [[likely]]
            return 0;
        return write_wanted<Bytes>(maybe & first_level, commas | object_end, here, out);
    }

    /// Write the places of the strings that are keys, and where their members end.
    template<class Bytes>
    [[gnu::always_inline]] std::size_t write_wanted(std::uint64_t maybe, std::uint64_t enders, block const& here,
                                                    std::size_t* out) noexcept
    {
        std::size_t found = 0;
        for (;;) {
            if (in_wanted_ != 0) {
                if (enders == 0)
                    return found;
                auto const end = enders & (0 - enders);
                out[found++] = here.base + static_cast<std::size_t>(std::countr_zero(end));
                in_wanted_ = 0;
                maybe &= 0 - end;
            }
            if (maybe == 0)
                return found;
            auto const begin = maybe & (0 - maybe);
            maybe ^= begin;
            auto const offset = static_cast<std::size_t>(std::countr_zero(begin));
            // Most that is no wanted key ends here where no pairs are told, and costs more if it is written.
            if (!Bytes::tells_pairs && !wanted_->tells(here.bytes + offset + 1))
                continue;
            auto const place = here.base + offset;
            if (!is_key(place))
                continue;
            out[found++] = place;
            in_wanted_ = 1;
            enders &= 0 - begin;
        }
    }

    /// Whether a string on a level that matters is a key; in an array it may seem to be one.
    bool is_key(std::size_t at) const noexcept
    {
        auto const before = place_before(text_, begin_, at);
        return before < begin_ || text_[before] == ',' || (Levels == 2 && text_[before] == '{');
    }

    bracket_blocks blocks_;
    char const* text_;
    std::size_t begin_;
    wanted_keys const* wanted_;
    followers after_comma_;
    followers after_wanted_;
    nested_places nested_;        // of two levels
    std::uint64_t in_wanted_ = 0; // 1 where the end of a member is looked for
    std::size_t depth_ = 1;
    std::size_t commas_ = 0;
    bool counts_;
    bool looks_twice_; // at keys, and then at their levels
    std::size_t end_;
    bool done_ = false;
};

using member_search = member_search_of<1>;

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE place_function<member_search_of<1>> place_finder<member_search_of<1>>(scan_with) noexcept;
METAPATCH_SEPARATE place_function<member_search_of<2>> place_finder<member_search_of<2>>(scan_with) noexcept;
METAPATCH_SEPARATE place_function<member_search_of<1>> short_place_finder<member_search_of<1>>(scan_with) noexcept;
METAPATCH_SEPARATE place_function<member_search_of<2>> short_place_finder<member_search_of<2>>(scan_with) noexcept;
#endif

} // namespace metapatch::detail

#endif

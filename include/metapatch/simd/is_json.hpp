// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_IS_JSON_HPP
#define METAPATCH_SIMD_IS_JSON_HPP

#include <metapatch/json/walk.hpp>
#include <metapatch/simd/members.hpp>
#include <metapatch/simd/scalars.hpp>
#include <metapatch/simd/utf8_blocks.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace metapatch {

namespace detail {

/// What lies beside a check, which so can be kept in registers.
struct json_check_memory {
    block_room last_blocks;
    std::array<std::uint8_t, nesting_ceiling + 2> kinds; // of the open containers
};

/// Checks a JSON text 64 bytes at a time, without a look at most of them.
///
/// The idea: whether a token may stand where it stands depends on the one before it, and that is a question about bits:
/// of all tokens of a kind at once the bits are moved to what follows them, and must meet what may follow. What this
/// leaves open is only whether a comma separates members or elements. A string and a colon behind it say that it stands
/// in an object, anything else that it stands in an array; what it says is compared with the kind of the innermost
/// container, from one bracket to the next.
///
/// Of an object it finds the members on the way, as `member_search_of` the levels does; they are worth nothing unless
/// the text turns out to be fine.
///
/// @tparam Levels  1 or 2
template<std::size_t Levels>
class json_check_of {
public:
    using memory = json_check_memory;

    struct task {
        std::string_view text;
        std::size_t max_nesting;
        wanted_keys const* wanted;                  ///< nothing: find all that `outline` tells
        memory* room;                               ///< left uninitialised as far as it is not needed
        wanted_keys const* wanted_inside = nullptr; ///< of two levels: in the members that are wanted
    };

    using findings = members_found;

    explicit json_check_of(task const& given) noexcept
        : text_(given.text), feed_(given.text, given.room->last_blocks), wanted_(given.wanted),
          wanted_inside_(given.wanted_inside), kinds_(given.room->kinds.data()),
          max_nesting_(std::min(given.max_nesting, nesting_ceiling)), escape_check_(given.text), end_(given.text.size())
    {
        kinds_[0] = no_container;
        after_colon_.expect();
    }

    /// Write the next places to `out`, as `member_search::find` does; or the outline: where keys, and strings in
    /// arrays, begin, and all colons and brackets.
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        auto const enough = base_ + bytes_at_once;
        std::size_t found = 0;
        constexpr auto most = Levels == 2 ? nested_places::most_of_a_block : places_of_a_block;
        while (found + most <= places_at_once && !done_ && base_ < enough) {
            done_ = feed_.left() < 64; // the last block is never full, so that something follows every token
            found_places places{};
            if (!check<Bytes>(feed_.next(), places)) {
                bad_ = all;
                done_ = true;
                break;
            }
            if constexpr (Levels == 2) {
                if (places.keys != 0 || !nested_.outside())
                    found += nested_.write<Bytes>(places, base_, out + found, [](std::size_t) { return true; });
            } else {
                found += places == 0 ? 0 : write_places<Bytes>(places, base_, out + found);
            }
            base_ += 64;
        }
        return found;
    }

    findings so_far() const noexcept
    {
        bool const fine = bad_ == 0 && after_value_.wait() && depth_ == 0 && utf8_.fine() && escape_check_.complete();
        return {done_, fine, base_, commas_, end_};
    }

private:
    enum container : std::uint8_t { array, object, no_container };
    static constexpr std::uint64_t all = ~std::uint64_t{0};
    static constexpr std::array<std::uint64_t, 3> not_in_object{all, 0, all}; // by kind
    static constexpr std::array<std::uint64_t, 3> not_in_array{0, all, all};

    using found_places = std::conditional_t<Levels == 2, nested_places::block, std::uint64_t>;

    template<class Bytes>
    [[gnu::always_inline]] bool check(char const* bytes, found_places& places) noexcept
    {
        auto const strings = strings_of<Bytes>(bytes, carry_);
        auto const outside = ~strings.inside;
        auto const controls = Bytes::controls(bytes);
        utf8_.check<Bytes>(bytes, Bytes::with_bit(bytes, 7));
        bad_ |= controls & strings.inside;
        if ((strings.escaped & strings.inside) != 0 && !check_escapes(strings.escaped & strings.inside))
            return false;
        if (strings.inside == all && strings.quotes == 0)
            return true; // nothing but the inside of a string

        auto spaces = Bytes::equal(bytes, ' ');
        if ((controls & outside) != 0)
            spaces |= Bytes::equal(bytes, '\n') | Bytes::equal(bytes, '\r') | Bytes::equal(bytes, '\t');
        spaces &= outside;
        auto const opens = Bytes::equal_with_bit5(bytes, '{') & outside;
        auto const closes = Bytes::equal_with_bit5(bytes, '}') & outside;
        auto const braces = Bytes::with_bit(bytes, 5);
        auto const commas = Bytes::equal(bytes, ',') & outside;
        auto const colons = Bytes::equal(bytes, ':') & outside;
        auto const string_begins = strings.quotes & strings.inside;
        auto const string_ends = strings.quotes & outside;
        auto const scalars = outside & ~(string_ends | spaces | opens | closes | commas | colons);
        auto const behind_scalars = scalars << 1 | in_scalar_;
        auto const scalar_begins = scalars & ~behind_scalars;
        in_scalar_ = scalars >> 63;

        auto const begins = string_begins | scalar_begins | opens;
        auto const after_brace = after_brace_.of(opens & braces, spaces);
        auto const after_bracket = after_bracket_.of(opens & ~braces, spaces);
        auto const after_comma = after_comma_.of(commas, spaces);
        auto const after_colon = after_colon_.of(colons, spaces);
        auto const key_ends = ends_of(string_begins & after_brace, strings.inside, in_key_);
        auto const comma_string_ends = ends_of(string_begins & after_comma, strings.inside, in_comma_string_);
        auto const value_ends = (string_ends & ~key_ends & ~comma_string_ends) | closes;
        auto const after_key = after_key_.of(key_ends, spaces);
        auto const after_comma_string = after_comma_string_.of(comma_string_ends, spaces);
        auto const after_value =
            after_value_.past(value_ends << 1 | (behind_scalars & ~scalars), value_ends >> 63, spaces);

        bad_ |= after_brace & ~(string_begins | closes);
        bad_ |= after_bracket & ~(begins | closes);
        bad_ |= (after_comma | after_colon) & ~begins;
        bad_ |= after_key & ~colons;
        bad_ |= after_comma_string & ~(colons | commas | closes);
        bad_ |= after_value & ~(commas | closes);
        if (bad_ != 0)
            return false;

        auto const of_object = after_comma_string & colons;
        auto const of_array = (after_comma_string & ~colons) | (after_comma & ~string_begins);
        level_places levels;
        if (!check_scalars<Bytes>(scalar_begins, scalars, bytes) ||
            !check_containers({opens, closes, braces, of_object, of_array}, levels))
            return false;

        auto const member_commas = commas & levels.first;
        commas_ += Bytes::count(member_commas);
        if constexpr (Levels == 2) {
            auto const key_begins = string_begins & (after_brace | after_comma);
            // Mostly no key of the level is in the block.
            auto const outer = key_begins & levels.first;
            places.keys = outer == 0 ? 0 : wanted_->among<Bytes>(outer, bytes, strings.escaped);
            if (places.keys == 0 && nested_.outside())
                return true;
            auto const inner = key_begins & levels.second;
            places.inner_keys = inner == 0 ? 0 : wanted_inside_->among<Bytes>(inner, bytes, strings.escaped);
            places.ends = member_commas | levels.object_end;
            places.inner_ends = (commas & levels.second) | levels.second_end;
            places.inner_commas = commas & levels.second;
            return true;
        } else if (wanted_ == nullptr) {
            places = (string_begins & (after_brace | after_bracket | after_comma)) | colons | opens | closes;
        } else {
            auto const member_begins = string_begins & (after_brace | after_comma) & levels.first;
            auto const wanted = member_begins == 0 ? 0 : wanted_->among<Bytes>(member_begins, bytes, strings.escaped);
            auto const ends = after_wanted_.past(wanted << 1, wanted >> 63, ~(member_commas | levels.object_end));
            places = wanted | ends;
        }
        return true;
    }

    /// Check the numbers and literals that begin in a block.
    template<class Bytes>
    [[gnu::always_inline]] bool check_scalars(std::uint64_t begins, std::uint64_t scalars,
                                              char const* bytes) const noexcept
    {
        if (begins == 0)
            return true;
        // A whole number is a run of digits: a bit added at its begin comes out behind it. Where that is still inside
        // of the scalar, or is in the next block, the bytes are looked at one by one, and so where it begins otherwise.
        auto const digits = Bytes::digits(bytes) & scalars;
        auto const zeros = Bytes::equal(bytes, '0') & begins & scalars >> 1;
        auto const sum = (begins & digits) + digits;
        auto others = (begins & ~digits) | zeros;
        for (auto bits = sum & ~digits & scalars; bits != 0; bits &= bits - 1)
            others |= last_bit(begins & ((bits & (0 - bits)) - 1));
        if (sum < digits)
            others |= last_bit(begins);
        std::size_t const readable = 64 + (done_ ? look_ahead : std::max(feed_.left(), look_ahead));
        for (; others != 0; others &= others - 1) {
            auto const at = static_cast<std::size_t>(std::countr_zero(others));
            if (at + read_of_short_scalar <= readable && is_short_scalar(bytes + at))
                continue;
            if (!is_scalar(text_.data() + base_ + at, text_.data() + text_.size()))
                return false;
        }
        return true;
    }

    /// The highest of the given bits.
    static std::uint64_t last_bit(std::uint64_t bits) noexcept
    {
        return bits == 0 ? 0 : std::uint64_t{1} << (63 - std::countl_zero(bits));
    }

    bool check_escapes(std::uint64_t escaped) noexcept
    {
        for (auto bits = escaped; bits != 0; bits &= bits - 1) {
            if (!escape_check_.check(base_ + static_cast<std::size_t>(std::countr_zero(bits))))
                return false;
        }
        return true;
    }

    struct container_bits {
        std::uint64_t opens;
        std::uint64_t closes;
        std::uint64_t braces;    ///< those of opens and closes that are of an object
        std::uint64_t of_object; ///< what must stand in an object
        std::uint64_t of_array;  ///< what must stand in an array
    };

    struct level_places {
        std::uint64_t first = 0;      ///< what is inside of the outermost container
        std::uint64_t object_end = 0; ///< the bracket that closes that
        std::uint64_t second = 0;     ///< of two levels: what is inside of those one level below
        std::uint64_t second_end = 0; ///< the brackets that close these
    };

    /// Whether the brackets match, and what stands between two of them suits the container that it is in.
    /// @param levels  is told
    [[gnu::always_inline]] bool check_containers(container_bits bits, level_places& levels) noexcept
    {
        // Which of them open and which close cannot be foreseen: so there is no branch on it.
        std::uint64_t bad = 0;
        std::uint64_t seen = 0;
        for (auto brackets = bits.opens | bits.closes; brackets != 0; brackets &= brackets - 1) {
            auto const bracket = brackets & (0 - brackets);
            auto const up_to_here = (bracket | (bracket - 1)) & ~seen;
            auto const here = kinds_[depth_];
            bad |= up_to_here & misplaced(bits, here);
            levels.first |= up_to_here & at_level(1);
            if constexpr (Levels == 2)
                levels.second |= up_to_here & at_level(2);
            seen |= up_to_here;
            std::size_t const closing = (bits.closes & bracket) != 0 ? 1 : 0;
            auto const kind = static_cast<std::uint8_t>((bits.braces & bracket) != 0 ? object : array);
            bad |= closing & static_cast<std::uint64_t>(here ^ kind);
            kinds_[depth_ + 1] = kind; // of no meaning where this closes
            depth_ += 1 - 2 * closing;
            if (depth_ > max_nesting_) // or below 0
                return false;
            levels.object_end |= bracket & at_level(0);
            if constexpr (Levels == 2)
                levels.second_end |= bracket & bits.closes & at_level(1);
        }
        levels.first |= ~seen & at_level(1);
        if constexpr (Levels == 2)
            levels.second |= ~seen & at_level(2);
        if (levels.object_end != 0)
            end_ = base_ + static_cast<std::size_t>(std::countr_zero(levels.object_end));
        return (bad | (~seen & misplaced(bits, kinds_[depth_]))) == 0;
    }

    /// All bits where so many containers are open, else none.
    std::uint64_t at_level(std::size_t level) const noexcept { return 0 - static_cast<std::uint64_t>(depth_ == level); }

    [[gnu::always_inline]] static std::uint64_t misplaced(container_bits const& bits, std::uint8_t kind) noexcept
    {
        return (bits.of_object & not_in_object[kind]) | (bits.of_array & not_in_array[kind]);
    }

    std::string_view text_;
    block_feed feed_;
    wanted_keys const* wanted_;
    wanted_keys const* wanted_inside_;
    std::uint8_t* kinds_;
    std::size_t max_nesting_;
    std::size_t base_ = 0; // of the next block
    std::size_t depth_ = 0;
    std::uint64_t bad_ = 0;
    std::uint64_t in_scalar_ = 0;       // 1 where the first byte may go on with one
    std::uint64_t in_key_ = 0;          // 1 where a first key begins before the block that it ends in
    std::uint64_t in_comma_string_ = 0; // the same of a string behind a comma
    block_carry carry_;
    followers after_brace_;
    followers after_bracket_;
    followers after_comma_;
    followers after_colon_;
    followers after_key_;
    followers after_comma_string_;
    followers after_value_;
    followers after_wanted_;
    std::size_t commas_ = 0;
    utf8_blocks utf8_;
    escape_check escape_check_;
    nested_places nested_; // of two levels
    std::size_t end_;
    bool done_ = false;
};

using json_check = json_check_of<1>;

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE place_function<json_check_of<1>> place_finder<json_check_of<1>>(scan_with) noexcept;
METAPATCH_SEPARATE place_function<json_check_of<2>> place_finder<json_check_of<2>>(scan_with) noexcept;
#endif

} // namespace detail

/// Whether a text is JSON, in full: RFC 8259, UTF-8, and nested no deeper than is allowed. Where and why it is not, a
/// `scanner` tells.
///
/// @param max_nesting  levels of containers, at most `nesting_ceiling`
/// Complexity: O(bytes). No recursion, no allocation. Exceptions: none.
/// Source:     RFC 8259; RFC 3629.
inline bool is_json(std::string_view text, std::size_t max_nesting = nesting_ceiling,
                    scan_with instructions = fastest_scan()) noexcept
{
    detail::json_check::memory room;
    detail::search_run<detail::json_check> check({text, max_nesting, &no_key, &room});
    std::array<std::size_t, detail::places_at_once> places;
    auto const find = detail::place_finder<detail::json_check>(instructions);
    while (!check.so_far().done)
        find(check, places.data());
    return check.so_far().fine;
}

/// Goes through the first-level members of an object in any text, and checks the text in full on the way.
class checked_member_cursor : public detail::places_cursor<detail::json_check> {
public:
    /// @param text    must begin with a bracket that opens an object, behind white space
    /// @param wanted  the keys that are looked for; the cursor may stop at others too
    explicit checked_member_cursor(std::string_view text, std::size_t max_nesting = nesting_ceiling,
                                   wanted_keys const& wanted = every_key,
                                   scan_with instructions = fastest_scan()) noexcept
        : places_cursor({text, max_nesting, &wanted, &memory_}, instructions)
    {
    }

private:
    detail::json_check::memory memory_;
};

} // namespace metapatch

#endif

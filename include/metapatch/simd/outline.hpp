// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_OUTLINE_HPP
#define METAPATCH_SIMD_OUTLINE_HPP

#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/is_json.hpp>
#include <metapatch/simd/outline_search.hpp>
#include <metapatch/simd/packed_keys.hpp>
#include <metapatch/simd/short_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// A key that an outline tells of.
struct key_place {
    std::size_t before; ///< behind the value in front of it; of no meaning where it is the first of its object
    std::size_t begin;  ///< of the quote in front of it
    std::size_t end;    ///< of the quote behind it
    std::size_t value;  ///< where its value begins
    std::size_t level;  ///< 1 in the outermost object
    bool may_hold_escapes;
    bool may_hold_suspects; ///< of `suspects()` of the visitor, or of other bytes by an escape
};

/// Note a key that an outline told of, where it is to be compared with others.
/// @param begin  of the quote in front of it
/// @param key    what it means
[[gnu::always_inline]] inline void add_key(std::string_view text, std::size_t begin, open_keys& keys,
                                           std::string_view key)
{
    if (key.data() == text.data() + begin + 1) [[likely]]
        keys.add(key, fingerprint(text, begin + 1, key.size()));
    else if (key.data() != nullptr)
        keys.add(key, fingerprint(key));
}

/// Goes through a short text token by token, and tells of it what `read_outline` tells.
template<class Visitor>
class short_outline {
public:
    /// @param read  the same text
    short_outline(std::string_view text, short_text const& read, std::size_t max_nesting, key_room& room,
                  Visitor& visitor) noexcept
        : text_(text), strings_(read), has_escapes_(read.has_escapes()), bytes_(read.bytes()), quote_(read.quotes()),
          max_nesting_(std::min(max_nesting, nesting_ceiling)), keys_(room), visitor_(visitor)
    {
    }

    /// What each step leaves to the next stands once, for more code than a processor keeps near costs more than jumps.
    [[gnu::always_inline]] bool read()
    {
        at_ = 0;
        if constexpr (requires { visitor_.has_no_escapes(); }) {
            if (!has_escapes_) [[likely]]
                visitor_.has_no_escapes();
        }
        skip_space();
        for (auto next = step::value;;) {
            switch (next) {
            case step::value:
                next = value();
                break;
            case step::members:
                next = members();
                break;
            case step::behind_value:
                next = behind_value();
                break;
            case step::done:
                skip_space();
                return at_ == text_.size();
            case step::failed:
                return false;
            }
        }
    }

private:
    enum class step : std::uint8_t { value, members, behind_value, done, failed };

    [[gnu::always_inline]] void skip_space() noexcept
    {
        at_ = behind_space(bytes_, at_); // there are NULs behind the text
    }

    char here() const noexcept { return bytes_[at_]; }

    /// A value, or of a container its bracket.
    [[gnu::always_inline]] step value()
    {
        if (here() == '"') { // the next quote, since none is passed but in strings
            at_ = quote_[1] + std::size_t{1};
            quote_ += 2;
            return step::behind_value;
        }
        bool const object = here() == '{';
        if (!object && here() != '[')
            return scalar() ? step::behind_value : step::failed;
        if (keys_.level() == max_nesting_) [[unlikely]]
            return step::failed;
        keys_.open();
        visitor_.open(at_, keys_.level());
        closing_[keys_.level()] = object ? '}' : ']';
        ++at_;
        before_ = at_;
        skip_space();
        if (here() == closing_[keys_.level()]) [[unlikely]]
            return step::behind_value;
        return object ? step::members : step::value;
    }

    /// Of an object the member that begins here, and those behind it up to a value that is for `value`, or to the end
    /// of the last one. Where the visitor has what takes them, it is told of no token: all is in registers then.
    [[gnu::always_inline]] step members()
    {
        auto* const taker = visitor_.takes_members(keys_.level());
        if (taker == nullptr)
            return key();
        taker->end_member(text_, before_);
        bool const may_be_odd = strings_.may_be_odd(minds_suspects());
        auto const* const bytes = bytes_;
        auto const* quote = quote_;
        auto at = at_;
        auto behind = before_;
        for (;;) {
            if (bytes[at] != '"') [[unlikely]]
                return step::failed;
            auto const begin = at;
            std::size_t const end = quote[1];
            if (may_be_odd && strings_.may_be_odd(begin + 1, end)) [[unlikely]] {
                before_ = behind;
                at_ = at;
                quote_ = quote;
                return key();
            }
            at = end + 1;
            at = behind_space(bytes, at);
            if (bytes[at] != ':') [[unlikely]]
                return step::failed;
            ++at;
            at = behind_space(bytes, at);
            auto const value = at;
            quote += 2;
            if (bytes[at] == '"') {
                at = quote[1] + std::size_t{1};
                quote += 2;
            } else {
                at += short_scalar_size(bytes + at);
            }
            taker->add_member(text_, begin, end, value, at, readable_fingerprint(bytes + begin + 1, end - begin - 1));
            if (at == value) { // a container, a number that is not short, or none of all
                taker->keep_open();
                at_ = at;
                quote_ = quote;
                return step::value;
            }
            behind = at;
            at = behind_space(bytes, at);
            if (bytes[at] != ',') { // the bracket, or nothing that may stand here
                at_ = behind;
                quote_ = quote;
                return step::behind_value;
            }
            ++at;
            at = behind_space(bytes, at);
        }
    }

    /// Whether the visitor wants to be told of suspects in the keys of the innermost object.
    [[gnu::always_inline]] bool minds_suspects() const noexcept
    {
        if constexpr (requires { visitor_.minds_suspects(keys_.level()); })
            return visitor_.minds_suspects(keys_.level());
        return true;
    }

    [[gnu::always_inline]] bool scalar() noexcept
    {
        auto const size = short_scalar_size(bytes_ + at_);
        at_ += size;
        return size != 0 || long_scalar();
    }

    bool long_scalar() noexcept
    {
        if (at_ == text_.size()) [[unlikely]]
            return false;
        auto const size = scalar_size(bytes_ + at_, bytes_ + text_.size());
        at_ += size;
        return size != 0;
    }

    [[gnu::always_inline]] step key()
    {
        if (here() != '"') [[unlikely]]
            return step::failed;
        auto const begin = at_;
        std::size_t const end = quote_[1];
        at_ = end + 1;
        quote_ += 2;
        skip_space();
        if (here() != ':') [[unlikely]]
            return step::failed;
        ++at_;
        skip_space();
        bool const suspect = strings_.may_be_odd(begin + 1, end);
        add_key(text_, begin, keys_, visitor_.key({before_, begin, end, at_, keys_.level(), has_escapes_, suspect}));
        return step::value;
    }

    /// What stands behind a value, up to the next one or to the next member.
    [[gnu::always_inline]] step behind_value()
    {
        auto const level = keys_.level();
        if (level == 0) [[unlikely]]
            return step::done;
        before_ = at_;
        skip_space();
        if (here() == ',') {
            ++at_;
            skip_space();
            return closing_[level] == ']' ? step::value : step::members;
        }
        if (here() != closing_[level]) [[unlikely]]
            return step::failed;
        visitor_.close(at_, before_, level, keys_.close());
        ++at_;
        return step::behind_value;
    }

    std::string_view text_;
    short_text const& strings_;
    bool has_escapes_;
    char const* bytes_;
    std::uint16_t const* quote_; // the next
    std::size_t at_ = 0;
    std::size_t before_ = 0; // behind the last value; of no meaning where an object has none before
    std::size_t max_nesting_;
    open_keys keys_;
    Visitor& visitor_;
    std::array<char, nesting_ceiling + 1> closing_; // of each open container; the others are left uninitialised
};

/// What is hot in one function: a call costs more than what it does.
template<class Visitor>
[[gnu::flatten]] bool read_short_outline(std::string_view text, std::size_t max_nesting, scan_with instructions,
                                         key_room& room, Visitor& visitor)
{
    short_text here;
    return here.read(text, visitor.suspects(), instructions) &&
           short_outline(text, here, max_nesting, room, visitor).read();
}

template<class Visitor>
[[gnu::noinline]] bool read_long_outline(std::string_view text, std::size_t max_nesting, scan_with instructions,
                                         key_room& room, Visitor& visitor)
{
    if (!is_json(text, max_nesting, instructions))
        return false;
    block_room last_blocks;
    search_run<outline_search> search({text, &last_blocks});
    auto const find = place_finder<outline_search>(instructions);
    std::array<std::size_t, places_at_once> places; // left uninitialised until they are found
    open_keys keys(room);
    std::size_t string = 0; // where the last one begins
    auto const take_key = [&](std::size_t colon) {
        auto const comma = place_before(text.data(), 0, string);
        auto const value = colon + 1 + first_place(text.substr(colon + 1));
        key_place const place{before_space(text, 0, comma),
                              string,
                              before_space(text, string, colon) - 1,
                              value,
                              keys.level(),
                              true,
                              true};
        add_key(text, string, keys, visitor.key(place));
    };
    while (!search.so_far().done) {
        auto const found = find(search, places.data());
        for (std::size_t i = 0; i < found; ++i) {
            auto const at = places[i];
            char const what = text[at];
            if (what == '"') {
                string = at;
                // A key mostly has its colon next: one question for both.
                if (i + 1 < found && text[places[i + 1]] == ':')
                    take_key(places[++i]);
            } else if (what == ':') {
                take_key(at);
            } else if (what == '{' || what == '[') {
                keys.open();
                visitor.open(at, keys.level());
            } else {
                auto const level = keys.level();
                visitor.close(at, before_space(text, 0, at), level, keys.close());
            }
        }
    }
    return true;
}

/// Whether a visitor takes the members of the outermost object of a text, and asks of what is inside of them only that
/// nothing is odd; and that object is worth a look at all its tokens at once.
template<class Visitor>
bool takes_all_at_once(std::string_view text, scan_with instructions, Visitor const& visitor) noexcept
{
    constexpr std::size_t least = 256; // bytes; below, token by token takes less time
    if constexpr (requires { visitor.takes_members_alone(); })
        return instructions == scan_with::avx512 && text.size() >= least && text.size() <= packed_keys::most &&
               first_byte(text) == '{' && visitor.takes_members_alone();
    return false;
}

/// Check a text, and tell of its keys and containers on the way.
///
/// @param room     used while reading; what it holds is lost
/// @param visitor  is told, in the order of the text, of
///                 `key(place)`                 a key. Gives what it means, which must live as long as the reading;
///                                              or a view of nullptr, then it is not compared with others
///                 `open(at, level)`            a bracket that opens a container; 1 for the outermost
///                 `close(at, before, level, repeats)`
///                                              the one that closes it; behind the last value in it, if there is one;
///                                              and whether it held a key twice
///                 `takes_members(level)`       of the innermost object: what takes its members, as far as their keys
///                                              have no escapes and no suspects; the others are told as any key. Or
///                                              nullptr. It has
///                                              `add_member(text, begin, end, value, behind, print)`, for the quotes
///                                              around a key, its value, and the key's fingerprint;
///                                              `keep_open()`, where the end of that is not known yet; and
///                                              `end_member(text, behind)`, once it is
///                 `has_no_escapes()`           first of all, where that is so of the whole text; if it has that
///                 `minds_suspects(level)`      whether suspects matter in keys of that level, whose members are taken
///                                              otherwise; if it has that, else they do
///                 `takes_members_alone()`  whether it takes the members of the outermost object, and asks of all
///                                              other keys only that none holds an escape or a suspect, or is there
///                                              twice in its object; then it may be told of no others, and of no
///                                              container but the outermost. If it has that, else it does not
///                 and has `suspects()`, two bytes: whether a key may hold one of them it wants to be told
/// @return whether the text is JSON; where it is not, what was told means nothing
template<class Visitor>
bool read_outline(std::string_view text, std::size_t max_nesting, scan_with instructions, key_room& room,
                  Visitor& visitor)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (takes_all_at_once(text, instructions, visitor)) {
        auto const found = read_packed_outline(text, first_place(text), max_nesting, visitor);
        if (found != packed_outline::odd) [[likely]]
            return found == packed_outline::told;
    }
#endif
    return text.size() <= short_text::most ? read_short_outline(text, max_nesting, instructions, room, visitor)
                                           : read_long_outline(text, max_nesting, instructions, room, visitor);
}

} // namespace metapatch::detail

#endif

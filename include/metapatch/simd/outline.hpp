// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_OUTLINE_HPP
#define METAPATCH_SIMD_OUTLINE_HPP

#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/is_json.hpp>
#include <metapatch/simd/outline_search.hpp>
#include <metapatch/simd/short_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// A key that an outline tells of.
struct key_place {
    std::size_t begin; ///< of the quote in front of it
    std::size_t colon; ///< behind it
    std::size_t level; ///< 1 in the outermost object
    bool may_hold_escapes;
    bool may_hold_suspects; ///< of `suspects()` of the visitor, or of other bytes by an escape
};

/// Note a key that an outline told of, where it is to be compared with others.
/// @param begin  of the quote in front of it
/// @param key    what it means
[[gnu::always_inline]] inline void add_key(std::string_view text, std::size_t begin, open_keys& keys,
                                           std::string_view key)
{
    if (key.data() == text.data() + begin + 1)
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

    [[gnu::always_inline]] bool read()
    {
        at_ = 0;
        skip_space();
        do {
            if (!value() || !behind_value())
                return false;
        } while (keys_.level() != 0);
        skip_space();
        return at_ == text_.size();
    }

private:
    [[gnu::always_inline]] void skip_space() noexcept
    {
        while (static_cast<std::uint8_t>(bytes_[at_]) <= ' ' && is_space(bytes_[at_])) // there are NULs behind the text
            ++at_;
    }

    char here() const noexcept { return bytes_[at_]; }

    /// A value, or the beginning of a container up to its first value.
    [[gnu::always_inline]] bool value()
    {
        for (;;) {
            if (here() == '"') { // the next quote, since none is passed but in strings
                at_ = quote_[1] + std::size_t{1};
                quote_ += 2;
                return true;
            }
            bool const object = here() == '{';
            if (!object && here() != '[')
                return scalar();
            if (keys_.level() == max_nesting_)
                return false;
            keys_.open();
            visitor_.open(at_, keys_.level());
            closing_[keys_.level()] = object ? '}' : ']';
            ++at_;
            skip_space();
            if (here() == closing_[keys_.level()])
                return true;
            if (object && !key())
                return false;
        }
    }

    [[gnu::always_inline]] bool scalar() noexcept
    {
        auto const size = short_scalar_size(bytes_ + at_);
        at_ += size;
        return size != 0 || long_scalar();
    }

    bool long_scalar() noexcept
    {
        if (at_ == text_.size())
            return false;
        auto const size = scalar_size(bytes_ + at_, bytes_ + text_.size());
        at_ += size;
        return size != 0;
    }

    [[gnu::always_inline]] bool key()
    {
        if (here() != '"')
            return false;
        auto const begin = at_;
        at_ = quote_[1] + std::size_t{1};
        quote_ += 2;
        skip_space();
        if (here() != ':')
            return false;
        bool const suspect = has_escapes_ || strings_.may_hold_suspects(begin + 1, at_);
        add_key(text_, begin, keys_, visitor_.key({begin, at_, keys_.level(), has_escapes_, suspect}));
        ++at_;
        skip_space();
        return true;
    }

    /// What stands behind a value, up to the next one, or to the end of the outermost container.
    [[gnu::always_inline]] bool behind_value()
    {
        for (;;) {
            auto const level = keys_.level();
            if (level == 0)
                return true;
            skip_space();
            if (here() == ',') {
                ++at_;
                skip_space();
                return closing_[level] == ']' || key();
            }
            if (here() != closing_[level])
                return false;
            visitor_.close(at_, level, keys_.close());
            ++at_;
        }
    }

    std::string_view text_;
    short_text const& strings_;
    bool has_escapes_;
    char const* bytes_;
    std::uint16_t const* quote_; // the next
    std::size_t at_ = 0;
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
        add_key(text, string, keys, visitor.key({string, colon, keys.level(), true, true}));
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
                visitor.close(at, level, keys.close());
            }
        }
    }
    return true;
}

/// Check a text, and tell of its keys and containers on the way.
///
/// @param room     used while reading; what it holds is lost
/// @param visitor  is told, in the order of the text, of
///                 `key(place)`                 a key. Gives what it means, which must live as long as the reading;
///                                              or a view of nullptr, then it is not compared with others
///                 `open(at, level)`            a bracket that opens a container; 1 for the outermost
///                 `close(at, level, repeats)`  the one that closes it, and whether it held a key twice
///                 and has `suspects()`, two bytes: whether a key may hold one of them it wants to be told
/// @return whether the text is JSON; where it is not, what was told means nothing
template<class Visitor>
bool read_outline(std::string_view text, std::size_t max_nesting, scan_with instructions, key_room& room,
                  Visitor& visitor)
{
    return text.size() <= short_text::most ? read_short_outline(text, max_nesting, instructions, room, visitor)
                                           : read_long_outline(text, max_nesting, instructions, room, visitor);
}

} // namespace metapatch::detail

#endif

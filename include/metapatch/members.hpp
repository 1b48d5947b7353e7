// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MEMBERS_HPP
#define METAPATCH_MEMBERS_HPP

#include <metapatch/blocks.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace metapatch {

/// Which keys are looked for, as far as their first two bytes tell: of most others no more than that is read.
class wanted_keys {
public:
    constexpr wanted_keys() noexcept = default; ///< every key

    static constexpr wanted_keys none() noexcept
    {
        wanted_keys made;
        made.which_ = which::none;
        return made;
    }

    /// Want these keys and no others.
    /// @param key_of  gives of each what it means, not how it is written
    template<class Keys, class KeyOf>
    void assign(Keys const& keys, KeyOf key_of) noexcept
    {
        if (keys.empty()) {
            which_ = which::none;
            return;
        }
        table first;
        table second;
        second.low.fill(of_escapes);
        second.high.fill(of_escapes);
        // A backslash may stand for anything: with any byte behind it, or behind the first byte of any key.
        first.allow('\\', of_escapes);
        second.allow('\\', any);
        unsigned shift = 0;
        for (auto const& each : keys) {
            std::string_view const key = key_of(each);
            if (key.empty()) {
                which_ = which::all;
                return;
            }
            auto const bit = static_cast<char>(1 << shift);
            shift = shift < 6 ? shift + 1 : 0; // keys that share a bit may let pass others
            first.allow(key[0], bit);
            second.allow(key.size() > 1 ? key[1] : '"', bit);
        }
        which_ = which::some;
        first.copy_to(pairs_.first);
        second.copy_to(pairs_.second);
    }

    bool are_all() const noexcept { return which_ == which::all; }

    /// Those of the strings that may be wanted keys, as far as can be told.
    /// @param begins  the quotes that begin strings in the 64 bytes from `bytes` on, of which 66 are read
    template<class Bytes>
    [[gnu::always_inline]] std::uint64_t among(std::uint64_t begins, char const* bytes) const noexcept
    {
        if (which_ == which::some)
            return begins & Bytes::pairs(bytes + 1, pairs_);
        return which_ == which::all ? begins : 0;
    }

private:
    enum class which : std::uint8_t { none, some, all };
    static constexpr char of_escapes = -128;
    static constexpr char any = -1;

    struct table {
        std::array<char, 16> low{};
        std::array<char, 16> high{};

        void allow(char c, char bits) noexcept
        {
            auto const byte = static_cast<std::uint8_t>(c);
            low[byte % 16] = static_cast<char>(low[byte % 16] | bits);
            high[byte / 16] = static_cast<char>(high[byte / 16] | bits);
        }

        void copy_to(detail::pair_tables::table& all) const noexcept
        {
            for (std::size_t i = 0; i < all.low.size(); i += low.size()) {
                std::copy(low.begin(), low.end(), all.low.data() + i);
                std::copy(high.begin(), high.end(), all.high.data() + i);
            }
        }
    };

    detail::pair_tables pairs_{};
    which which_ = which::all;
};

inline constexpr wanted_keys every_key{};
inline constexpr wanted_keys no_key = wanted_keys::none();

namespace detail {

constexpr bool is_space(char c) noexcept
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The first byte that is no white space; NUL where there is none.
inline char first_byte(std::string_view text) noexcept
{
    for (char const c : text) {
        if (!is_space(c))
            return c;
    }
    return '\0';
}

/// Of the last byte before `at` that is no white space; `begin` - 1 where there is none from `begin` on.
inline std::size_t place_before(char const* text, std::size_t begin, std::size_t at) noexcept
{
    do
        --at;
    while (at >= begin && is_space(text[at]));
    return at;
}

/// How many places a search may find at a time.
inline constexpr std::size_t places_at_once = 192;

/// How many bytes are searched at a time, that they are still near when they are used.
inline constexpr std::size_t bytes_at_once = 1 << 14;

/// What a search has found so far besides places.
struct members_found {
    bool done = false;      ///< nothing is left to find
    bool fine = true;       ///< as far as that is checked; known when all is done
    std::size_t passed = 0; ///< how far the text was searched
    std::size_t commas = 0; ///< that separate members
    std::size_t end =
        0; ///< of the bracket that closes the object, once all is done; else, and without one, of the text
};

/// Finds the first-level members of an object whose keys are wanted. Two places are a member: the quote that begins its
/// key, and the comma or bracket that ends the member.
///
/// All places are within the text, each behind the one before, whatever the text is.
class member_search {
public:
    struct task {
        std::string_view text;
        std::size_t begin; ///< of what is behind the bracket that opens the object
        wanted_keys const* wanted;
        block_room* last_blocks;
    };

    using findings = members_found;

    explicit member_search(task const& given) noexcept
        : feed_(given.text.substr(given.begin), *given.last_blocks), text_(given.text.data()), begin_(given.begin),
          wanted_(given.wanted), end_(given.text.size()), text_end_(given.text.size())
    {
        after_comma_.expect();
    }

    /// Write the next places to `out`.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        auto const enough = feed_.left() - std::min(feed_.left(), bytes_at_once);
        std::size_t found = 0;
        while (found + places_of_a_block <= places_at_once) {
            block here;
            if (!go_to_first_level<Bytes>(here, enough))
                return found;
            bool is_last = false;
            found += look_at<Bytes>(here, out + found, is_last);
            if (is_last) {
                done_ = true;
                return found;
            }
            depth_ += Bytes::count(here.opens) - here.closed;
        }
        return found;
    }

    findings so_far() const noexcept { return {done_, true, text_end_ - feed_.left(), commas_, end_}; }

private:
    struct block {
        char const* bytes;
        std::size_t base;
        string_bits strings;
        std::uint64_t opens;
        std::uint64_t closes;
        std::size_t closed; ///< how many containers are
    };

    /// Go on to a block where the first level may be next.
    /// @param enough  stop where so many bytes are left
    /// @return        whether there is one; else all is done if nothing is left
    template<class Bytes>
    [[gnu::always_inline]] bool go_to_first_level(block& here, std::size_t enough) noexcept
    {
        // Most bytes of most texts go by here.
        for (;;) {
            auto const left = feed_.left();
            if (left <= enough) {
                done_ = left == 0;
                return false;
            }
            here.bytes = feed_.next();
            here.strings = strings_of<Bytes>(here.bytes, carry_);
            here.opens = Bytes::equal_with_bit5(here.bytes, '{') & ~here.strings.inside;
            here.closes = Bytes::equal_with_bit5(here.bytes, '}') & ~here.strings.inside;
            here.closed = Bytes::count(here.closes);
            if (here.closed + 1 >= depth_) {
                here.base = text_end_ - left;
                return true;
            }
            depth_ += Bytes::count(here.opens) - here.closed;
        }
    }

    template<class Bytes>
    [[gnu::always_inline]] std::size_t look_at(block const& here, std::size_t* out, bool& is_last) noexcept
    {
        auto first_level = 0 - static_cast<std::uint64_t>(depth_ == 1);
        std::uint64_t object_end = 0;
        if ((here.opens | here.closes) != 0) {
            auto const levels = Bytes::levels(here.opens, here.closes, depth_);
            first_level = levels.first;
            if (levels.none != 0) {
                object_end = levels.none & (0 - levels.none);
                first_level &= object_end - 1;
                end_ = here.base + static_cast<std::size_t>(std::countr_zero(object_end));
                is_last = true;
            }
        }
        auto const commas = Bytes::equal(here.bytes, ',') & ~here.strings.inside & first_level;
        auto const string_begins = here.strings.quotes & here.strings.inside & first_level;
        commas_ += Bytes::count(commas);
        if (!Bytes::tells_pairs || wanted_->are_all()) {
            auto const key_begins = after_comma_.past(commas << 1, commas >> 63, ~string_begins);
            auto const ends = after_wanted_.past(key_begins << 1, key_begins >> 63, ~(commas | object_end));
            return (key_begins | ends) == 0 ? 0 : write_places<Bytes>(key_begins | ends, here.base, out);
        }
        auto const maybe = wanted_->among<Bytes>(string_begins, here.bytes);
        if ((maybe | in_wanted_) == 0) [[likely]]
            return 0;
        return write_wanted(maybe, commas | object_end, here.base, out);
    }

    /// Write the places of the strings that are keys, and where their members end.
    std::size_t write_wanted(std::uint64_t maybe, std::uint64_t enders, std::size_t base, std::size_t* out) noexcept
    {
        std::size_t found = 0;
        for (;;) {
            if (in_wanted_ != 0) {
                if (enders == 0)
                    return found;
                auto const end = enders & (0 - enders);
                out[found++] = base + static_cast<std::size_t>(std::countr_zero(end));
                in_wanted_ = 0;
                maybe &= 0 - end;
            }
            if (maybe == 0)
                return found;
            auto const begin = maybe & (0 - maybe);
            maybe ^= begin;
            auto const place = base + static_cast<std::size_t>(std::countr_zero(begin));
            if (!is_key(place))
                continue;
            out[found++] = place;
            in_wanted_ = 1;
            enders &= 0 - begin;
        }
    }

    /// Whether a string on the first level is a key.
    bool is_key(std::size_t at) const noexcept
    {
        auto const before = place_before(text_, begin_, at);
        return before < begin_ || text_[before] == ',';
    }

    block_feed feed_;
    char const* text_;
    std::size_t begin_;
    wanted_keys const* wanted_;
    block_carry carry_{};
    followers after_comma_;
    followers after_wanted_;
    std::uint64_t in_wanted_ = 0; // 1 where the end of a member is looked for
    std::size_t depth_ = 1;
    std::size_t commas_ = 0;
    std::size_t end_;
    std::size_t text_end_;
    bool done_ = false;
};

/// A search that goes on where it halted.
///
/// Its state is in registers while it runs, and is written to memory only where it halts before it is done: most texts
/// are searched in one go.
template<class Search>
class search_run {
public:
    using task = typename Search::task;
    using findings = typename Search::findings;

    explicit search_run(task const& given) noexcept : given_(given) {}

    /// Write the next places to `out`.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        Search search = halted_ ? *halted_ : Search(given_);
        auto const found = search.template find<Bytes>(out);
        so_far_ = search.so_far();
        if (!so_far_.done)
            halted_ = search;
        return found;
    }

    findings const& so_far() const noexcept { return so_far_; }

private:
    task given_;
    findings so_far_{};
    std::optional<Search> halted_{};
};

// What finds places, compiled once for each set of instructions.
template<class Search, class Bytes>
std::size_t find_places(search_run<Search>& run, std::size_t* out) noexcept
{
    return run.template find<Bytes>(out);
}

#if defined(__x86_64__) && defined(__GNUC__)

template<class Search>
[[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t find_places_avx2(search_run<Search>& run,
                                                                                     std::size_t* out) noexcept
{
    return run.template find<avx2_bytes>(out);
}

template<class Search>
[[gnu::target("avx512bw,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t find_places_avx512(search_run<Search>& run,
                                                                                           std::size_t* out) noexcept
{
    return run.template find<avx512_bytes>(out);
}

#endif

template<class Search>
using place_function = std::size_t (*)(search_run<Search>& run, std::size_t* out) noexcept;

template<class Search>
place_function<Search> place_finder(scan_with instructions) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx512)
        return find_places_avx512<Search>;
    if (instructions == scan_with::avx2)
        return find_places_avx2<Search>;
    if (instructions == scan_with::sse2)
        return find_places<Search, sse2_bytes>;
#endif
    static_cast<void>(instructions);
    return find_places<Search, portable_bytes>;
}

} // namespace detail

/// A first-level member of an object in a text, as offsets into that text.
struct member_span {
    std::size_t before; ///< of the `{` or `,` in front of it
    std::size_t key;    ///< of the quote that begins its key
    std::size_t colon;  ///< of the byte behind the quote that ends its key: white space, or the colon
    std::size_t end;    ///< of the `,` or `}` behind it
};

/// Where the value of a member begins.
inline std::size_t value_begin(std::string_view text, member_span const& member) noexcept
{
    auto at = member.colon;
    bool colon = false;
    while (at < member.end && (detail::is_space(text[at]) || (text[at] == ':' && !colon)))
        colon = text[at++] == ':' || colon;
    return at;
}

/// The byte behind the value of a member.
inline std::size_t value_end(std::string_view text, member_span const& member) noexcept
{
    auto end = member.end;
    while (end > member.colon && detail::is_space(text[end - 1]))
        --end;
    return end;
}

namespace detail {

/// A string in a text, as offsets.
struct string_span {
    std::size_t end; ///< of the quote that ends it, or of the text
    bool escaped;    ///< it holds a backslash
};

/// The string whose first quote is at `begin`.
inline string_span string_at(std::string_view text, std::size_t begin) noexcept
{
    bool escaped = false;
    for (auto at = begin + 1; at < text.size(); ++at) {
        if (text[at] == '"')
            return {at, escaped};
        if (text[at] == '\\') {
            escaped = true;
            ++at;
        }
    }
    return {text.size(), escaped};
}

/// Goes through the members that a search finds.
template<class Search>
class places_cursor {
public:
    places_cursor(places_cursor const&) = delete;
    places_cursor& operator=(places_cursor const&) = delete;

    /// Go to the next member; false behind the last one.
    bool next() noexcept
    {
        while (!next_found()) {
            if (!search())
                return false;
        }
        return true;
    }

    /// The same, as far as members were found already.
    bool next_found() noexcept
    {
        for (; found_ - at_ >= 2; at_ += 2) {
            auto const key = places_[at_];
            auto const before = place_before(text_.data(), begin_, key);
            if (before >= begin_ && text_[before] != ',')
                continue; // no JSON, and so no key
            auto const string = string_at(text_, key);
            escaped_ = string.escaped;
            member_ = {before, key, string.end + 1, places_[at_ + 1]};
            at_ += 2;
            return true;
        }
        return false;
    }

    /// Whether no bytes are left to be searched.
    bool done() const noexcept { return run_.so_far().done; }

    /// Find more members; false where all is done.
    bool search() noexcept
    {
        if (done())
            return false;
        // Of a member that was found in part the rest comes now.
        if (found_ > at_)
            places_[0] = places_[at_];
        found_ -= at_;
        at_ = 0;
        found_ += find_(run_, places_.data() + found_);
        return true;
    }

    member_span const& member() const noexcept { return member_; }

    /// The key as it stands between its quotes.
    std::string_view raw_key() const noexcept
    {
        return {text_.data() + member_.key + 1, member_.colon - member_.key - 2};
    }

    /// Whether the key holds escapes.
    bool is_escaped() const noexcept { return escaped_; }

    /// How many members there are, wanted or not, once all were found.
    std::size_t members() const noexcept
    {
        auto at = begin_;
        while (at < end() && is_space(text_[at]))
            ++at;
        return at == end() ? 0 : run_.so_far().commas + 1;
    }

    /// No member that is found later begins before.
    std::size_t passed() const noexcept { return at_ < found_ ? places_[at_] : run_.so_far().passed; }

    /// Of the byte behind the bracket that opens the object.
    std::size_t begin() const noexcept { return begin_; }

    /// Of the bracket that closes it, once the last member was found.
    std::size_t end() const noexcept { return run_.so_far().end; }

    /// Whether nothing is wrong with the text, as far as that is checked. Known behind the last member.
    bool fine() const noexcept { return run_.so_far().fine; }

protected:
    places_cursor(typename Search::task const& given, std::size_t begin, scan_with instructions) noexcept
        : text_(given.text), begin_(begin), run_(given), find_(place_finder<Search>(instructions))
    {
    }

    ~places_cursor() = default;

    static std::size_t behind_bracket(std::string_view text) noexcept
    {
        std::size_t at = 0;
        while (at < text.size() && is_space(text[at]))
            ++at;
        return std::min(at + 1, text.size());
    }

private:
    std::string_view text_;
    std::size_t begin_;
    member_span member_{};
    search_run<Search> run_;
    place_function<Search> find_;
    std::size_t found_ = 0;
    std::size_t at_ = 0;
    bool escaped_ = false;
    std::array<std::size_t, places_at_once + 1> places_; // left uninitialised until they are found
};

} // namespace detail

/// Goes through the first-level members of an object in a text that is valid JSON, without reading what lies inside of
/// their values byte by byte.
///
/// On a text that is no valid JSON object it finds some members, or none; it never reads beyond the text.
///
/// @param wanted  the keys that are looked for; the cursor may stop at others too
/// Complexity: O(bytes), at the speed of a scan of the memory. No allocation, no recursion. Exceptions: none.
class member_cursor : public detail::places_cursor<detail::member_search> {
public:
    /// @param text    must live as long as the cursor, and so must `wanted`
    explicit member_cursor(std::string_view text, wanted_keys const& wanted = every_key,
                           scan_with instructions = fastest_scan()) noexcept
        : places_cursor({text, behind_bracket(text), &wanted, &last_blocks_}, behind_bracket(text), instructions)
    {
    }

private:
    detail::block_room last_blocks_;
};

} // namespace metapatch

#endif

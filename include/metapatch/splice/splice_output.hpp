// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_SPLICE_OUTPUT_HPP
#define METAPATCH_SPLICE_SPLICE_OUTPUT_HPP

#include <metapatch/json/temporary_text.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/simd/search_run.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace metapatch {

/// Pieces of the stored text and of the patch that, one behind the other, are the result: for `writev`, or a buffer
/// sequence. They refer to those texts, to the `text_patch`, and, where one is a text of its own, to `owned`.
struct text_pieces {
    std::vector<std::string_view> pieces{};
    std::list<std::string> owned{};
};

/// Where a splice may write: behind what a `std::string` or `text_pieces` holds, or into a `std::span<char>`.
template<class Out>
concept splice_output = std::same_as<Out, std::string> || std::same_as<Out, text_pieces> ||
    std::same_as<std::remove_const_t<Out>, std::span<char>>;

/// Whether pieces are asked for of texts that are gone before they are read: nothing gives such.
template<class... Given>
concept pieces_of_temporaries = (std::same_as<std::remove_cvref_t<Given>, text_pieces> || ...) &&
                                (temporary_text<Given> || ...);

/// The result of a function that is deleted because what is given are such pieces; of any other there is none.
template<class Result, class... Given>
    requires pieces_of_temporaries<Given...>
using refused_pieces = Result;

namespace detail {

inline void copy_piece(char* to, std::string_view piece) noexcept
{
    if (piece.size() <= 64)
        copy_few(to, piece.data(), piece.size());
    else
        std::memcpy(to, piece.data(), piece.size());
}

/// Writes behind what the string holds. Unless it is told to keep that, the string is as before in the end.
///
/// What is small is gathered first: to append to a string costs more than to copy a few bytes.
struct string_sink {
    static constexpr bool copies = true;

    explicit string_sink(std::string& to) noexcept : out(to), before(to.size()) {}
    string_sink(string_sink const&) = delete;
    string_sink& operator=(string_sink const&) = delete;
    ~string_sink()
    {
        if (!kept)
            out.resize(before);
    }

    void expect(std::size_t bytes)
    {
        // At least twice what was there, so that a string that many results go into is not moved for each.
        if (bytes > out.capacity() - before)
            out.reserve(std::max(before + bytes, 2 * before));
    }

    void append(std::string_view piece)
    {
        size += piece.size();
        if (piece.size() > sizeof gathered - waiting) [[unlikely]] {
            flush();
            if (piece.size() > sizeof gathered / 4) {
                out.append(piece);
                return;
            }
        }
        copy_piece(gathered + waiting, piece);
        waiting += piece.size();
    }

    void append_owned(std::string&& text) { append(text); }

    void rewind() noexcept
    {
        out.resize(before);
        size = waiting = 0;
    }

    /// The text that was appended, as long as the sink lives.
    template<class Again>
    std::string_view written(Again)
    {
        flush();
        return std::string_view(out).substr(before);
    }

    void keep()
    {
        flush();
        kept = true;
    }

    void flush()
    {
        out.append(gathered, waiting);
        waiting = 0;
    }

    std::string& out;
    std::size_t before;
    std::size_t size = 0;
    std::size_t waiting = 0;
    bool kept = false;
    char gathered[512]; // left uninitialised
};

/// Writes behind what the list holds, and likewise.
struct pieces_sink {
    static constexpr bool copies = false;

    explicit pieces_sink(text_pieces& to) noexcept : out(to), before(to.pieces.size()), owned_before(to.owned.size()) {}
    pieces_sink(pieces_sink const&) = delete;
    pieces_sink& operator=(pieces_sink const&) = delete;
    ~pieces_sink()
    {
        if (!kept)
            rewind();
    }

    void expect(std::size_t) noexcept {}

    void append(std::string_view piece)
    {
        if (!piece.empty())
            out.pieces.push_back(piece);
        size += piece.size();
    }

    void append_owned(std::string&& text) { append(out.owned.emplace_back(std::move(text))); }

    void rewind() noexcept
    {
        out.pieces.resize(before);
        out.owned.resize(owned_before);
        size = 0;
    }

    template<class Again>
    std::string written(Again) const
    {
        std::string text;
        text.reserve(size);
        for (auto piece = before; piece < out.pieces.size(); ++piece)
            text += out.pieces[piece];
        return text;
    }

    void keep() noexcept { kept = true; }

    text_pieces& out;
    std::size_t before;
    std::size_t owned_before;
    std::size_t size = 0;
    bool kept = false;
};

/// Counts on behind the end of the buffer, so that the caller learns how much it takes.
///
/// A search may write into it too, what it passes of a text, as long as that is likely to stay: `target` tells where,
/// and `append_of` takes what is there already.
struct buffer_sink {
    static constexpr bool copies = true;
    static constexpr std::size_t few = 64; ///< bytes

    explicit buffer_sink(std::span<char> to) noexcept : out(to) {}

    void expect(std::size_t) noexcept {}

    void append(std::string_view piece) noexcept
    {
        if (size <= out.size() && piece.size() <= out.size() - size) [[likely]]
            copy_piece(out.data() + size, piece);
        size += piece.size();
    }

    /// Where bytes of a text go from `at` on, if nothing but those from `begin` on comes before. A few bytes in front
    /// of it that are not there yet are written now, so that all of that is one piece.
    /// @param at  not before `begin`
    copy_target target(std::string_view text, std::size_t begin, std::size_t at) noexcept
    {
        auto const place = size + (at - begin);
        if (place > out.size())
            return {};
        bool const reaches = size - begin == ahead_shift && ahead_end >= begin;
        auto const from = reaches ? ahead_end : begin;
        if (from < at && at - from <= few) {
            ahead_begin = reaches ? ahead_begin : begin;
            ahead_shift = size - begin;
            ahead_end = at;
            copy_piece(out.data() + (from + ahead_shift), text.substr(from, at - from)); // a shift may be back
        }
        return {out.data() + place, out.size() - place};
    }

    /// Remember that bytes of a text were written to that target.
    void written_ahead(std::size_t begin, std::size_t at, std::size_t bytes) noexcept
    {
        auto const shift = size - begin;
        bool const goes_on = shift == ahead_shift && ahead_begin <= at && at <= ahead_end;
        ahead_begin = goes_on ? ahead_begin : at;
        ahead_end = goes_on ? std::max(ahead_end, at + bytes) : at + bytes;
        ahead_shift = shift;
    }

    /// Whether that holds of bytes from there on.
    bool is_ahead(std::size_t begin) const noexcept { return ahead_end > begin; }

    /// Append bytes of that text.
    [[gnu::noinline]] void append_of(std::string_view text, std::size_t begin, std::size_t end) noexcept
    {
        if (ahead_end > begin && ahead_begin < end && size - begin == ahead_shift) {
            auto const first = std::max(begin, ahead_begin);
            auto const last = std::min(end, ahead_end);
            append(text.substr(begin, first - begin));
            size += last - first;
            begin = last;
        }
        append(text.substr(begin, end - begin));
    }

    void append_owned(std::string&& text) noexcept { append(text); }

    /// @param again  appends the same to another sink: not all of it may be in the buffer
    template<class Again>
    std::string written(Again again) const
    {
        std::string text;
        string_sink whole(text);
        again(whole);
        whole.keep();
        return text;
    }

    void rewind() noexcept { size = ahead_end = 0; }
    void keep() noexcept {} ///< a buffer keeps what it got in any case

    std::span<char> out;
    std::size_t size = 0;
    std::size_t ahead_begin = 0; // of a text, what is written ahead
    std::size_t ahead_end = 0;
    std::size_t ahead_shift = 0; // from the place in the text to that in the buffer
};

} // namespace detail

} // namespace metapatch

#endif

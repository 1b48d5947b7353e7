// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_END_OF_VALUE_HPP
#define METAPATCH_SIMD_END_OF_VALUE_HPP

#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/vectors64.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace metapatch {

/// How far the end of a value was found.
enum class end_verdict : std::uint8_t {
    found,
    needs_more, ///< the value goes on beyond what is known of the text
    broken,     ///< it cannot go on: a string ends with its line, at the latest
};

namespace detail {

/// What is known of a value inside of brackets, up to a block.
struct open_value {
    std::size_t depth = 0;
    std::size_t at = 0;
    block_carry carry{};
};

/// Look at 64 bytes.
///
/// @param here  is then behind the block; or at the end, or at what breaks it
template<class Bytes>
[[gnu::always_inline]] inline end_verdict end_in_block(char const* bytes, open_value& here) noexcept
{
    auto const strings = strings_of<Bytes>(bytes, here.carry);
    auto const closes = Bytes::equal_with_bit5(bytes, '}') & ~strings.inside;
    auto const opens = Bytes::equal_with_bit5(bytes, '{') & ~strings.inside;
    auto const controls = Bytes::controls(bytes) & strings.inside;
    if (here.depth > Bytes::count(closes) && controls == 0) [[likely]] {
        here.depth = here.depth + Bytes::count(opens) - Bytes::count(closes);
        here.at += 64;
        return end_verdict::needs_more;
    }
    for (auto left = opens | closes | controls; left != 0; left &= left - 1) {
        auto const bit = left & (0 - left);
        bool const is_end = (closes & bit) != 0 && --here.depth == 0;
        here.depth += (opens & bit) != 0 ? 1U : 0U;
        if (is_end || (controls & bit) != 0) {
            here.at += static_cast<std::size_t>(std::countr_zero(bit)) + (is_end ? 1U : 0U);
            return is_end ? end_verdict::found : end_verdict::broken;
        }
    }
    here.at += 64;
    return end_verdict::needs_more;
}

/// Look on to the end of the text. What is left of a block waits there for more.
template<class Bytes>
[[gnu::always_inline]] inline end_verdict find_end(std::string_view text, open_value& here) noexcept
{
    auto next = here; // in registers
    while (text.size() - next.at >= 64) {
        if (auto const verdict = end_in_block<Bytes>(text.data() + next.at, next); verdict != end_verdict::needs_more) {
            here = next;
            return verdict;
        }
    }
    here = next;
    std::array<char, 64> rest;
    rest.fill(' ');
    std::memcpy(rest.data(), text.data() + next.at, text.size() - next.at);
    auto const verdict = end_in_block<Bytes>(rest.data(), next);
    if (verdict != end_verdict::needs_more)
        here = next;
    return verdict;
}

using end_finder = end_verdict (*)(std::string_view text, open_value& here) noexcept;

template<class Bytes>
end_verdict find_end_with(std::string_view text, open_value& here) noexcept
{
    return find_end<Bytes>(text, here);
}

#if defined(__x86_64__) && defined(__GNUC__)

[[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] inline end_verdict find_end_avx2(std::string_view text,
                                                                                         open_value& here) noexcept
{
    return find_end<avx2_bytes>(text, here);
}

[[gnu::target("avx512bw,bmi,popcnt,pclmul"), gnu::flatten]] inline end_verdict
find_end_avx512(std::string_view text, open_value& here) noexcept
{
    return find_end<avx512_bytes>(text, here);
}

#endif

inline end_finder finder_of_ends(scan_with instructions) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx512)
        return find_end_avx512;
    if (instructions == scan_with::avx2)
        return find_end_avx2;
    if (instructions == scan_with::sse2)
        return find_end_with<sse2_bytes>;
#endif
    static_cast<void>(instructions);
    return find_end_with<baseline_bytes>;
}

} // namespace detail

/// Finds where a JSON value ends in a text that comes piece by piece, for whoever cuts a stream into values before they
/// are read.
///
/// It knows strings, and how many brackets are open, and nothing else: whether what lies between is JSON is for others
/// to say. Of a value that is JSON the end is its own.
class end_of_value {
public:
    explicit end_of_value(scan_with instructions = fastest_scan()) noexcept
        : find_nested_(detail::finder_of_ends(instructions))
    {
    }

    /// Begin with another value.
    ///
    /// @param depth  how many brackets are open already: then the end is behind the one that closes the last of them
    void restart(std::size_t depth = 0) noexcept
    {
        kind_ = depth > 0 ? kind::nested : kind::unknown;
        here_ = {depth, 0, {}};
    }

    /// Look on, from where the last call has ended.
    ///
    /// @param text  from the first byte of the value, which is no white space, to the end of what is known
    /// Complexity:  O(bytes) over all calls, and 64 bytes each. Exceptions: none
    end_verdict find(std::string_view text) noexcept
    {
        if (kind_ == kind::unknown) {
            if (text.empty())
                return end_verdict::needs_more;
            char const first = text.front();
            kind_ = first == '"' ? kind::string : first == '{' || first == '[' ? kind::nested : kind::word;
            here_.at = kind_ == kind::nested ? 0 : 1;
        }
        return kind_ == kind::nested   ? find_nested_(text, here_)
               : kind_ == kind::string ? in_string(text)
                                       : in_word(text);
    }

    /// The byte behind the value where it was found, or the one that breaks it.
    std::size_t offset() const noexcept { return here_.at; }

    /// Whether the value ends where the text does, if no more comes: a number and a word do.
    bool may_end() const noexcept { return kind_ == kind::word; }

private:
    enum class kind : std::uint8_t { unknown, nested, string, word };

    end_verdict in_word(std::string_view text) noexcept
    {
        auto const end = text.find_first_of(" \t\r\n,]}", here_.at);
        here_.at = std::min(end, text.size());
        return end == std::string_view::npos ? end_verdict::needs_more : end_verdict::found;
    }

    end_verdict in_string(std::string_view text) noexcept
    {
        auto& at = here_.at;
        for (; at < text.size(); ++at) {
            auto const byte = static_cast<std::uint8_t>(text[at]);
            if (byte < 0x20)
                return end_verdict::broken;
            if (byte == '"') {
                ++at;
                return end_verdict::found;
            }
            if (byte == '\\') {
                if (text.size() - at < 2)
                    break; // what it escapes is not known yet
                at += static_cast<std::uint8_t>(text[at + 1]) >= 0x20 ? 1U : 0U;
            }
        }
        return end_verdict::needs_more;
    }

    detail::end_finder find_nested_;
    kind kind_ = kind::unknown;
    detail::open_value here_{};
};

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_FUZZ_WIDEN_HPP
#define METAPATCH_TESTS_FUZZ_WIDEN_HPP

#include "../laws/widening.hpp"
#include "input.hpp"

#include <algorithm>
#include <cstddef>
#include <metapatch/simd/search_run.hpp>
#include <optional>
#include <string_view>

/// How a short input asks for long texts, for what happens where a step of many kilobytes ends: marks in its text, such as
/// a carriage return, become long, and by so much that what the input chooses lies there.
namespace metapatch::fuzz {

/// What the next knobs ask for: in this order `1` or `2` steps, where anything else asks for nothing and nothing else
/// counts then; which byte of the text is to lie at the end of the last of them, from `0`, the first; how far from there
/// (`p` is exactly there, `0` is 64 bytes before); which of the marks before that byte becomes so long; what the marks
/// become; and the length of each of them otherwise. Nothing, too, where the text or the other one becomes larger than is
/// of use. A long text takes as much time as many short ones: so chance is to ask for few of them, and for no third step,
/// which is as the second.
inline std::optional<laws::widening> widening_for(std::string_view text, std::string_view other, knobs& by)
{
    constexpr std::size_t most = 50'000;
    auto const steps = by.turn();
    if (steps < 1 || steps > 2)
        return std::nullopt;
    auto const at = std::min(by.turn(), text.size());
    auto const place = steps * detail::bytes_at_once + by.turn() - 64;
    auto const mark = by.turn();
    auto const seed = by.turn();
    laws::widening::lengths bytes{};
    for (auto& each : bytes)
        each = by.turn();
    laws::widening const wide(laws::widening(bytes, seed).landing(text, at, place, mark), seed);
    bool const fits = wide.place(text, text.size()) + wide.place(other, other.size()) <= most;
    return fits ? std::optional(wide) : std::nullopt;
}

} // namespace metapatch::fuzz

#endif

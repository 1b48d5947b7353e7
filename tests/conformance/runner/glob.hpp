// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_GLOB_HPP
#define METAPATCH_RUNNER_GLOB_HPP

#include <cstddef>
#include <string_view>

namespace metapatch::conformance {

/// Whether a text is of a pattern, in which `*` stands for any text and `?` for any byte.
/// Complexity: O(pattern · text), no recursion.
constexpr bool matches_glob(std::string_view pattern, std::string_view text) noexcept
{
    std::size_t p = 0;
    std::size_t t = 0;
    auto star = std::string_view::npos; // the last one, and what it has taken so far
    std::size_t taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

static_assert(matches_glob("*.null-*", "apply.null-removes") && matches_glob("*", "") && matches_glob("a?c*", "abc"));
static_assert(!matches_glob("*.null-", "apply.null-removes") && !matches_glob("?", "") && !matches_glob("", "a"));

} // namespace metapatch::conformance

#endif

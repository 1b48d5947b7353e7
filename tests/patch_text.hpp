// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_PATCH_TEXT_HPP
#define METAPATCH_TESTS_PATCH_TEXT_HPP

#include "support.hpp"

#include <metapatch/bodies.hpp>
#include <string>
#include <vector>

namespace metapatch::test {

/// A patch in one line: whether it clears, and its members.
inline std::string shown(patch const& of)
{
    return of.is_untouched() ? "untouched" : (of.clears() ? "clear " : "") + shown(of.members());
}

/// The patch, or why there is none.
inline std::string shown(result<patch> const& outcome)
{
    return outcome ? shown(*outcome) : told(outcome);
}

inline std::string shown(result<patch_bodies> const& outcome)
{
    if (!outcome)
        return told(outcome);
    std::string text;
    for (auto const& body : outcome->in_turn)
        text += (text.empty() ? "" : " ") + shown(body);
    return text;
}

inline std::string shown(std::vector<std::string> const& all)
{
    std::string text;
    for (auto const& each : all)
        text += (text.empty() ? "" : " ") + each;
    return text;
}

/// "" is absent.
inline state field(std::string_view text)
{
    return text.empty() ? state() : present(text);
}

} // namespace metapatch::test

#endif

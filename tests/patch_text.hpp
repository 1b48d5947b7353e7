// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_PATCH_TEXT_HPP
#define METAPATCH_TESTS_PATCH_TEXT_HPP

#include "support.hpp"

#include <metapatch/algebra/bodies.hpp>
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

/// Those that are omitted are counted behind the others.
inline std::string shown(pointer_list const& found)
{
    auto const omitted = found.omitted() > 0 ? " and " + std::to_string(found.omitted()) + " more" : std::string();
    return shown(std::vector<std::string>(found.begin(), found.end())) + omitted;
}

/// An object of so many members, all of one value.
inline boost::json::object members_of(std::size_t count, boost::json::value const& value)
{
    boost::json::object made;
    for (std::size_t i = 0; i < count; ++i)
        made.emplace(std::to_string(i), value);
    return made;
}

/// "" is absent.
inline state field(std::string_view text)
{
    return text.empty() ? state() : present(text);
}

} // namespace metapatch::test

#endif

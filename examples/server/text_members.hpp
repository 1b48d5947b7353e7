// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_TEXT_MEMBERS_HPP
#define METAPATCH_SERVER_TEXT_MEMBERS_HPP

#include <metapatch/json/scan.hpp>
#include <metapatch/policy/policy.hpp>
#include <metapatch/splice/splice.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace server {

/// The strings among some members of an object's text, each nothing where there is none. Of a member that is there
/// twice the last counts. Of a text that is no JSON they are those before the fault.
template<std::size_t Count>
std::array<std::optional<std::string>, Count> string_members(std::string_view object,
                                                             std::array<std::string_view, Count> const& names)
{
    std::array<std::optional<std::string>, Count> found;
    std::string key;
    auto wanted = names.end();
    metapatch::scanner scan(object);
    for (auto what = scan.next(); what != metapatch::token::end && what != metapatch::token::failed;
         what = scan.next()) {
        if (scan.depth() != 1 && what != metapatch::token::object_begin && what != metapatch::token::array_begin)
            continue;
        if (what == metapatch::token::key) {
            key.clear();
            metapatch::append_unescaped(key, scan.raw());
            wanted = std::find(names.begin(), names.end(), key);
        } else if (wanted != names.end()) {
            auto& member = found[static_cast<std::size_t>(wanted - names.begin())];
            member.reset();
            if (what == metapatch::token::string)
                metapatch::append_unescaped(member.emplace(), scan.raw());
            wanted = names.end();
        }
    }
    return found;
}

inline std::optional<std::string> string_member(std::string_view object, std::string_view name)
{
    return string_members<1>(object, {name})[0];
}

/// Whether an object's text has a member of that name.
inline bool has_member(std::string_view object, std::string_view name)
{
    std::string key;
    metapatch::scanner scan(object);
    for (auto what = scan.next(); what != metapatch::token::end && what != metapatch::token::failed;
         what = scan.next()) {
        if (what != metapatch::token::key || scan.depth() != 1)
            continue;
        key.clear();
        metapatch::append_unescaped(key, scan.raw());
        if (key == name)
            return true;
    }
    return false;
}

/// Whether a text may name a member: it is not asked further where it cannot.
inline bool may_name(std::string_view text, std::string_view member) noexcept
{
    return text.find(member) != std::string_view::npos || text.find('\\') != std::string_view::npos;
}

/// Members of a document's root, in place of those of the same names; null takes one away, and no members change
/// nothing.
inline constexpr metapatch::policy<> root_members{{}, {.depth = 1, .on_empty = metapatch::empty_body::merges}};

/// A document with other members of its root, in place of those of the same names; null takes one away. All else keeps
/// its bytes.
/// @param document  the text of an object that this server stores
inline std::string with_members(std::string_view document, std::string_view members)
{
    metapatch::text_patch patch;
    std::string made;
    if (patch.read(members, root_members).empty() &&
        metapatch::splice(document, patch, made, {metapatch::stored_text::trusted}))
        return made;
    return std::string(document);
}

inline std::string with_members(std::string_view document, boost::json::object const& members)
{
    return with_members(document, boost::json::serialize(members));
}

/// The same without some members.
inline std::string without_members(std::string_view document, std::span<std::string_view const> names)
{
    boost::json::object nulls;
    for (auto const name : names)
        nulls.emplace(name, nullptr);
    return with_members(document, nulls);
}

} // namespace server

#endif

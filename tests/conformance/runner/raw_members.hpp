// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_RAW_MEMBERS_HPP
#define METAPATCH_RUNNER_RAW_MEMBERS_HPP

#include "exact_texts.hpp"

#include <metapatch/simd/is_json.hpp>
#include <metapatch/simd/members.hpp>

#include <map>
#include <string>

namespace metapatch::conformance {

/// The text of each first-level member of an object's text, by key; nothing where it is no object.
inline std::map<std::string, std::string> raw_members(std::string const& text)
{
    std::map<std::string, std::string> found;
    if (!is_json(text) || text.find_first_not_of(" \t\r\n") != text.find('{'))
        return found;
    for (member_cursor members(text); members.next();) {
        auto const& at = members.member();
        exact_texts texts;
        auto const key = texts.read(text.substr(at.key, at.colon - at.key));
        if (!key || !key->is_string())
            continue;
        auto const begin = value_begin(text, at);
        found[std::string(key->get_string())] = text.substr(begin, value_end(text, at) - begin);
    }
    return found;
}

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_REQUESTS_HPP
#define METAPATCH_TESTS_REQUESTS_HPP

#include "support.hpp"

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/refusal.hpp>

#include <boost/json/object.hpp>
#include <map>
#include <metapatch/json/scan.hpp>
#include <metapatch/json/walk.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::test {

inline std::optional<auth0::access_token> token_of(std::string_view scopes,
                                                   std::optional<std::string_view> subject = {})
{
    return auth0::access_token{scope_view(scopes), subject};
}

/// The body of a refusal, as text.
inline std::string shown(auth0::refusal const& why)
{
    return shown(auth0::body(why));
}

/// The same violations as those of a text, which tell where in it they are.
inline bool same_but_for_offsets(report const& of_text, report const& of_dom)
{
    report stripped = report::of_at_most(of_text.max_size());
    for (auto each : of_text) {
        each.offset.reset();
        stripped.add(std::move(each));
    }
    stripped.add_omitted(of_text.omitted());
    return stripped == of_dom;
}

/// Whether each violation by a member of a body tells where that is: of a name the key, of all else the value.
inline bool tells_where(report const& found, std::string_view body)
{
    struct place {
        std::size_t key = 0;
        std::size_t value = 0;
    };
    std::map<std::string, place> members; // the last of each name
    scanner scan(body);
    for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next()) {
        if (what != token::key || scan.depth() != 1)
            continue;
        std::string pointer;
        std::string name;
        append_unescaped(name, scan.raw());
        append_pointer_token(pointer, name);
        place here{.key = scan.offset()};
        scan.next();
        here.value = scan.offset();
        members[pointer] = here;
    }
    for (auto const& each : found) {
        bool const is_missing = each.code == errc::missing_member;
        bool const of_name = each.code == errc::unknown_member || each.code == errc::conflicting_member;
        if (is_missing ? each.offset.has_value() : !each.offset)
            return false;
        if (is_missing || each.pointer.empty())
            continue;
        auto const known = members.find(each.pointer);
        if (known == members.end() || *each.offset != (of_name ? known->second.key : known->second.value))
            return false;
    }
    return true;
}

/// What a refusal means: its status and the name of its reason.
inline std::string reason(auth0::refusal const& why)
{
    return std::to_string(why.status) + " " + std::string(auth0::name(why.why));
}

/// Sets of scopes, `a b; c`.
inline std::string shown(std::vector<std::vector<std::string_view>> const& sets)
{
    std::string text;
    for (auto const& set : sets) {
        text += text.empty() ? "" : "; ";
        for (auto const scope : set)
            text.append(scope == set.front() ? "" : " ").append(scope);
    }
    return text;
}

/// Deeper than what can be copied. In a monotonic resource nothing is destroyed, or Boost.JSON's own destructor would
/// overflow the stack.
inline boost::json::value deep_value(boost::json::storage_ptr const& storage)
{
    boost::json::value deep(1, storage);
    for (std::size_t i = 0; i < 300'000; ++i) {
        boost::json::object around(storage);
        around.emplace("a", std::move(deep));
        deep = std::move(around);
    }
    return deep;
}

} // namespace metapatch::test

#endif

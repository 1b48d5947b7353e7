// SPDX-License-Identifier: BSL-1.0
#include "body_comparison.hpp"

#include "../request.hpp"
#include "sets.hpp"

#include <metapatch/json/equal.hpp>

#include <algorithm>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::value;
using bodies = std::vector<value>;
using member = std::pair<std::string, value>;

bool is_removal(member const& each)
{
    return each.second.is_null();
}

std::vector<member> members_of(value const& body)
{
    std::vector<member> found;
    if (auto const* const object = body.if_object()) {
        for (auto const& each : *object)
            found.emplace_back(each.key(), each.value());
    }
    return found;
}

/// Members may be split among bodies in any way, but none is removed behind one that is set.
std::string split_fault(bodies const& expected, bodies const& given)
{
    std::vector<member> wanted;
    std::vector<member> found;
    bool sets = false;
    bool late = false;
    for (std::size_t i = 0; i < std::max(expected.size(), given.size()); ++i) {
        auto const mine = i < expected.size() ? members_of(expected[i]) : std::vector<member>();
        auto const theirs = i < given.size() ? members_of(given[i]) : std::vector<member>();
        if (expected.size() != given.size() || mine.size() != theirs.size())
            return "bodies of other sizes";
        late = late || (sets && std::ranges::any_of(theirs, is_removal));
        sets = sets || !std::ranges::all_of(theirs, is_removal);
        wanted.insert(wanted.end(), mine.begin(), mine.end());
        found.insert(found.end(), theirs.begin(), theirs.end());
    }
    auto const same = [](member const& one, member const& other) {
        return one.first == other.first && equal(one.second, other.second);
    };
    if (!same_in_any_order(wanted, found, same))
        return "other members";
    return late ? "a member is removed behind one that is set" : "";
}

bool same_body(value const& expected, value const& given, bool any_key)
{
    if (!any_key)
        return equal(expected, given);
    auto const wanted = members_of(expected);
    auto const found = members_of(given);
    return std::ranges::equal(wanted, found,
                              [](auto const& one, auto const& other) { return equal(one.second, other.second); });
}

} // namespace

body_hints body_hints::of(boost::json::object const& expect)
{
    body_hints made{expect.contains("any_key"), expect.contains("split"), {}};
    if (auto const* const lexemes = expect.if_contains("lexemes")) {
        for (auto const& each : lexemes->get_array())
            made.lexemes.emplace_back(each.get_string());
    }
    return made;
}

std::string bodies_fault(value const& expected, value const& given, body_hints const& hints, exact_texts& texts)
{
    // One patch is a text, or the parts of a long one.
    auto const wanted_texts = expected.is_array() ? expected.get_array() : boost::json::array{expected};
    if (expected.is_array() != given.is_array() || (!given.is_array() && !given.is_string()))
        return "an answer of another form";
    auto const given_texts = given.is_array() ? given.get_array() : boost::json::array{given};
    bodies wanted;
    bodies found;
    for (auto const& each : wanted_texts)
        wanted.push_back(texts.read(text_of(each), duplicate_keys::last_wins).value());
    for (auto const& each : given_texts) {
        if (!each.is_string())
            return "a body is no string";
        auto read = texts.read(std::string(each.get_string()));
        if (!read)
            return "a body is no JSON text as it should be: " + read.error().message();
        found.push_back(std::move(*read));
    }
    if (hints.split)
        return split_fault(wanted, found);
    if (!std::ranges::equal(wanted, found,
                            [&](auto const& one, auto const& other) { return same_body(one, other, hints.any_key); }))
        return "other bodies";
    for (auto const& lexeme : hints.lexemes) {
        if (std::ranges::none_of(given_texts, [&](value const& each) {
                return std::string_view(each.get_string()).find(lexeme) != std::string_view::npos;
            }))
            return "not written as it was: " + lexeme;
    }
    return {};
}

} // namespace metapatch::conformance

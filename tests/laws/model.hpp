// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_MODEL_HPP
#define METAPATCH_TESTS_LAWS_MODEL_HPP

#include "grammar.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <metapatch/patch/apply.hpp>
#include <string>
#include <vector>

/// What examples/reference/semantics.md says, written as plainly as can be: it recurses, copies everything and measures
/// by serializing. Nothing here calls the library; of it there are only the policy and the types that both answer with.
namespace metapatch::model {

/// The keys of every policy here: no `.`, not `id` at the first level, not "".
inline std::vector<errc> refusals_of(std::string const& key, std::size_t level)
{
    std::vector<errc> codes;
    if (key.find('.') != std::string::npos)
        codes.push_back(errc::invalid_key_character);
    if (level == 1 && key == "id")
        codes.push_back(errc::reserved_key);
    if (key.empty())
        codes.push_back(errc::empty_key);
    return codes;
}

inline std::size_t deepest(boost::json::value const& value)
{
    std::size_t inside = 0;
    if (value.is_array()) {
        for (auto const& each : value.get_array())
            inside = std::max(inside, deepest(each));
    } else if (value.is_object()) {
        for (auto const& each : value.get_object())
            inside = std::max(inside, deepest(each.value()));
    } else {
        return 0;
    }
    return inside + 1;
}

/// In code points: the bytes that begin one.
inline std::size_t length(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Whether a string is UTF-8: one of JSON, but for its ASCII, which may want escapes.
inline bool is_text(std::string_view text)
{
    std::string json = "\"";
    for (char const c : text)
        json += (c & 0x80) != 0 ? c : 'x';
    return !fault_of(json + '"', 0);
}

inline std::string token(std::string_view key)
{
    std::string text = "/";
    for (char const c : key)
        text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

inline void judge(boost::json::value const& value, std::string const& key, bool has_key, std::string const& pointer,
                  std::size_t level, limits const& limits, std::vector<violation>& found)
{
    if (has_key) {
        for (auto const code : refusals_of(key, level))
            found.push_back({.code = code, .pointer = pointer});
        if (level == 1 && length(key) > limits.max_key_code_points)
            found.push_back({errc::key_too_long, pointer, limits.max_key_code_points, length(key), {}});
    }
    bool admitted = true;
    if (level == 1) {
        admitted = limits.values == value_types::any || value.is_string() ||
                   (value.is_null() && limits.values == value_types::string_or_null);
        if (!admitted)
            found.push_back({.code = errc::invalid_value_type, .pointer = pointer});
        if (value.is_string() && length(value.get_string()) > limits.max_value_code_points)
            found.push_back(
                {errc::value_too_long, pointer, limits.max_value_code_points, length(value.get_string()), {}});
    }
    if (!is_text(key) || (value.is_string() && !is_text(value.get_string())))
        found.push_back({.code = errc::malformed_json, .pointer = pointer});
    if (value.is_double() && !std::isfinite(value.get_double()))
        found.push_back({.code = errc::number_out_of_range, .pointer = pointer});
    if (!admitted)
        return; // what is inside need not be looked at
    if (value.is_object()) {
        for (auto const& each : value.get_object())
            judge(each.value(), std::string(each.key()), true, pointer + token(each.key()), level + 1, limits, found);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.get_array().size(); ++i)
            judge(value.get_array()[i], "", false, pointer + "/" + std::to_string(i), level + 1, limits, found);
    }
}

/// What is stored keeps its place, what is new goes last, and a null takes its key away.
inline boost::json::object merged(boost::json::object const& stored, boost::json::object const& patch,
                                  std::size_t levels);

inline boost::json::value merged(boost::json::value const* old, boost::json::value const& patch, std::size_t levels)
{
    if (levels == 1 || !patch.is_object())
        return patch;
    return merged(old != nullptr && old->is_object() ? old->get_object() : boost::json::object(), patch.get_object(),
                  levels - 1);
}

inline boost::json::object merged(boost::json::object const& stored, boost::json::object const& patch,
                                  std::size_t levels)
{
    boost::json::object made;
    for (auto const& each : stored) {
        auto const* change = patch.if_contains(each.key());
        if (change == nullptr)
            made[each.key()] = each.value();
        else if (!change->is_null())
            made[each.key()] = merged(&each.value(), *change, levels);
    }
    for (auto const& each : patch) {
        if (!stored.contains(each.key()) && !each.value().is_null())
            made[each.key()] = merged(nullptr, each.value(), levels);
    }
    return made;
}

/// What becomes of a field, or everything that stands in its way.
struct answer {
    state field{};
    change made{};
    std::vector<violation> refusals{};
};

inline change difference(state const& before, boost::json::object const* body, bool cleared)
{
    change made{.cleared = cleared};
    boost::json::object const none;
    boost::json::object const& old = before ? *before : none;
    boost::json::object const& members = body != nullptr ? *body : none;
    for (auto const& each : members) {
        if (!each.value().is_null())
            (old.contains(each.key()) ? made.replaced : made.added) += 1;
    }
    for (auto const& each : old) {
        auto const* change = members.if_contains(each.key());
        made.removed += (change == nullptr ? cleared : change->is_null()) ? 1 : 0;
    }
    return made;
}

template<key_rule Keys>
answer apply(state const& before, boost::json::value const& body, policy<Keys> const& rules)
{
    auto const& limits = rules.limits;
    answer to;
    bool const clears = (body.is_null() && rules.merge.on_null == null_body::clears) ||
                        (body.is_object() && body.get_object().empty() &&
                         (rules.merge.depth == 0 || rules.merge.on_empty == empty_body::clears));
    if (!body.is_object() && !clears) {
        to.refusals.push_back({.code = errc::expected_object});
        return to;
    }
    if (clears) {
        if (rules.merge.cleared == cleared_field::empty)
            to.field = boost::json::object();
        to.made = difference(before, nullptr, true);
    } else {
        auto const& members = body.get_object();
        if (deepest(body) > rules.read.max_nesting) {
            to.refusals.push_back({errc::too_deep, "", rules.read.max_nesting, {}, {}});
            return to;
        }
        if (members.size() > limits.max_members)
            to.refusals.push_back({errc::too_many_members, "", limits.max_members, members.size(), {}});
        for (auto const& each : members)
            judge(each.value(), std::string(each.key()), true, token(each.key()), 1, limits, to.refusals);
        if (!to.refusals.empty())
            return to;
        bool const replaces = rules.merge.depth == 0;
        to.field =
            merged(before && !replaces ? *before : boost::json::object(), members, replaces ? 1 : rules.merge.depth);
        to.made = difference(before, &members, replaces);
    }
    auto const count = to.field ? to.field->size() : 0;
    auto const bytes = to.field ? boost::json::serialize(*to.field).size() : 0;
    if (count > limits.max_members)
        to.refusals.push_back({errc::too_many_members, "", limits.max_members, count, {}});
    if (bytes > limits.max_bytes)
        to.refusals.push_back({errc::too_large, "", limits.max_bytes, bytes, {}});
    if (limits.max_bytes != unlimited)
        to.made.size = bytes;
    return to;
}

} // namespace metapatch::model

#endif

// SPDX-License-Identifier: BSL-1.0
// The reader of the tool's policy files. The input is the text. What it accepts and what it calls mistakes is told by a
// table of the schema; what a file names stands in the policy, the rest is that of the profile it extends; and written, in
// either form, a policy reads as itself.
#include "policy_file.hpp"
#include "../laws/grammar.hpp"
#include "../laws/require.hpp"
#include "errors.hpp"
#include "input.hpp"
#include "terminal.hpp"
#include "value.hpp"

#include <metapatch/json/text.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

namespace {

constexpr std::string_view name_of_file = "input";

/// What a member of a file may be: a count, where null is one that has no limit, or one of some words; else something else.
struct member {
    std::string_view section;
    std::string_view name;
    std::vector<std::string_view> words{};
    bool is_count = false;
    std::uint64_t lowest = 0;
    std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
};

std::vector<member> const& schema()
{
    static std::vector<member> const all{
        {"merge", "depth", {}, true},
        {"merge", "on_empty", {"clears", "merges"}},
        {"merge", "on_null", {"rejected", "clears"}},
        {"merge", "cleared", {"empty", "absent"}},
        {"keys", "forbidden"},
        {"keys", "allowed"},
        {"keys", "reserved"},
        {"keys", "empty", {"admitted", "refused"}},
        {"limits", "max_members", {}, true},
        {"limits", "max_key_code_points", {}, true},
        {"limits", "values", {"any", "string_or_null", "string"}},
        {"limits", "max_value_code_points", {}, true},
        {"limits", "max_bytes", {}, true},
        {"read", "max_nesting", {}, true, 1, 1024},
        {"read", "duplicates", {"last_wins", "rejected"}},
        {"read", "max_violations", {}, true, 1},
    };
    return all;
}

bool has_limit(member const& of)
{
    return of.highest != std::numeric_limits<std::uint64_t>::max();
}

bool is_right(member const& of, boost::json::value const& value)
{
    if (of.is_count) {
        bool const negative = value.is_int64() && value.get_int64() < 0;
        if (value.is_null() || negative || !(value.is_int64() || value.is_uint64()))
            return value.is_null() && !has_limit(of);
        auto const count = value.to_number<std::uint64_t>();
        return count >= of.lowest && count <= of.highest;
    }
    if (of.name == "reserved")
        return value.is_array() && std::all_of(value.get_array().begin(), value.get_array().end(),
                                               [](auto const& each) { return each.is_string(); });
    if (!value.is_string())
        return false;
    auto const& text = value.get_string();
    if (of.words.empty())
        return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
    return std::find(of.words.begin(), of.words.end(), std::string_view(text)) != of.words.end();
}

/// Whether every member of a section is known and right.
bool is_right(std::string_view section, boost::json::value const& value)
{
    if (!value.is_object())
        return false;
    for (auto const& each : value.get_object()) {
        auto const known = std::find_if(schema().begin(), schema().end(),
                                        [&](auto const& of) { return of.section == section && of.name == each.key(); });
        if (known == schema().end() || !is_right(*known, each.value()))
            return false;
    }
    return !(value.get_object().contains("forbidden") && value.get_object().contains("allowed"));
}

bool is_right(boost::json::value const& file)
{
    static constexpr std::array<std::string_view, 4> sections{"merge", "keys", "limits", "read"};
    if (!file.is_object())
        return false;
    for (auto const& each : file.get_object()) {
        bool const is_section = std::find(sections.begin(), sections.end(), each.key()) != sections.end();
        if (is_section ? !is_right(each.key(), each.value())
                       : (each.key() != "name" && each.key() != "extends") || !each.value().is_string())
            return false;
        if (each.key() == "extends" && !tool::find_profile(each.value().get_string()))
            return false;
    }
    return true;
}

bool same(tool::named_policy const& left, tool::named_policy const& right)
{
    auto const& a = left.policy;
    auto const& b = right.policy;
    return left.name == right.name && a.keys.characters == b.keys.characters && a.keys.reserved == b.keys.reserved &&
           a.keys.refuse_empty == b.keys.refuse_empty && a.merge.depth == b.merge.depth &&
           a.merge.on_empty == b.merge.on_empty && a.merge.on_null == b.merge.on_null &&
           a.merge.cleared == b.merge.cleared && a.limits.max_members == b.limits.max_members &&
           a.limits.max_key_code_points == b.limits.max_key_code_points && a.limits.values == b.limits.values &&
           a.limits.max_value_code_points == b.limits.max_value_code_points &&
           a.limits.max_bytes == b.limits.max_bytes && a.read.max_nesting == b.read.max_nesting &&
           a.read.duplicates == b.read.duplicates && a.read.max_violations == b.read.max_violations &&
           std::ranges::equal(left.root_attributes, right.root_attributes);
}

/// A count of a file as it is written: the highest number is no limit.
boost::json::value as_written(member const& of, boost::json::value const& value)
{
    bool const is_unlimited = of.is_count && !has_limit(of) && value.is_uint64() && value.get_uint64() == of.highest;
    return is_unlimited ? boost::json::value(nullptr) : value;
}

template<class Words>
void check_policy(tool::named_policy const& policy, boost::json::object const& file, Words const& words)
{
    for (auto const& written : {tool::policy_text(policy), tool::policy_line(policy)}) {
        auto const again = tool::read_policy(written, "again");
        laws::require(same(policy, again), [&] { return words() + "\n  written " + written; });
        laws::require(tool::policy_text(again) == tool::policy_text(policy), words);
    }
    auto const line = tool::policy_line(policy);
    laws::require(line.find('\n') == std::string::npos, words);
    auto const written = fuzz::value_of(line, 4);
    laws::require(written && fuzz::value_of(tool::policy_text(policy), 4) == written, words);
    auto const* const name = file.if_contains("name");
    laws::require(policy.name == (name != nullptr ? name->as_string() : name_of_file), words);

    auto const* const extended = file.if_contains("extends");
    auto const base = tool::find_profile(extended != nullptr ? extended->as_string() : "first_level");
    auto const inherited = fuzz::value_of(tool::policy_line(*base), 4);
    for (auto const& each : schema()) {
        auto const* const section = file.if_contains(each.section);
        auto const* const given = section != nullptr ? section->as_object().if_contains(each.name) : nullptr;
        if (each.name == "forbidden" || each.name == "allowed")
            continue; // written as the shorter of the two
        auto const& has = written->at(each.section).at(each.name);
        laws::require(has == (given != nullptr ? as_written(each, *given) : inherited->at(each.section).at(each.name)),
                      words);
    }
    auto const* const keys = file.if_contains("keys");
    auto const* const forbidden = keys != nullptr ? keys->as_object().if_contains("forbidden") : nullptr;
    auto const* const allowed = keys != nullptr ? keys->as_object().if_contains("allowed") : nullptr;
    for (int code = 1; code <= 0x80; ++code) {
        auto const key = code < 0x80 ? std::string(1, static_cast<char>(code)) : std::string("\xC3\xA9");
        bool const admits = policy.policy.keys.characters(key).admits();
        bool const listed = (forbidden != nullptr ? forbidden->as_string()
                             : allowed != nullptr ? allowed->as_string()
                                                  : boost::json::string())
                                .find(key) != boost::json::string::npos;
        bool const inherits = base->policy.keys.characters(key).admits();
        laws::require(admits == (forbidden != nullptr ? !listed : allowed != nullptr ? listed : inherits), words);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::bytes(data, size);
    auto const words = [&] { return "  file " + laws::excerpt(text); };
    std::optional<tool::named_policy> policy;
    std::string mistakes;
    try {
        policy = tool::read_policy(text, std::string(name_of_file));
    } catch (tool::usage_error const& error) {
        mistakes = error.what();
        laws::require(mistakes.starts_with("input: ") && !mistakes.ends_with('\n') && !mistakes.ends_with(": "), words);
        laws::require(tool::printable(mistakes).size() - mistakes.size() ==
                          5 * static_cast<std::size_t>(std::count(mistakes.begin(), mistakes.end(), '\n')),
                      words); // nothing that commands a terminal, but for the ends of lines
    }
    if (model::fault_of(text, read_rules().max_nesting)) {
        laws::require(!policy, words);
        return 0;
    }
    auto const file = read_value(text, {.duplicates = duplicate_keys::rejected});
    if (!file) {
        laws::require(!policy, words); // a number out of range, or a key twice
        return 0;
    }
    laws::require(policy.has_value() == is_right(*file), [&] { return words() + "\n  " + mistakes; });
    if (policy)
        check_policy(*policy, file->get_object(), words);
    return 0;
}

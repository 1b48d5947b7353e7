// SPDX-License-Identifier: BSL-1.0
#include "comparison.hpp"

#include "../request.hpp"
#include "body_comparison.hpp"
#include "exact_texts.hpp"
#include "raw_members.hpp"
#include "sets.hpp"
#include "string_member.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Members of an answer that stand for sets; one that is missing is empty.
constexpr std::array<std::string_view, 8> sets{"keys",    "conflicts", "pointers",   "advice",
                                               "dropped", "warnings",  "granted_by", "sufficient"};
/// Members that make an answer another one where nobody expects them.
constexpr std::array<std::string_view, 8> telling{"field", "patch", "bodies",    "presence",
                                                  "whole", "keys",  "conflicts", "pointers"};
/// What a vector says about how other members are compared.
constexpr std::array<std::string_view, 4> hints{"bytes_of", "any_key", "split", "lexemes"};

template<std::size_t N>
bool is_one_of(std::array<std::string_view, N> const& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

class comparison {
public:
    comparison(object const& request, object const& expect, object const& answer)
        : request_(request), expect_(expect), answer_(answer)
    {
    }

    std::vector<std::string> faults()
    {
        auto const& outcome = expect_.at("outcome");
        auto const* const given = answer_.if_contains("outcome");
        if (given == nullptr || *given != outcome)
            return {"another outcome"};
        for (auto const& member : expect_) {
            if (!is_one_of(hints, member.key()))
                compare(member.key(), member.value());
        }
        for (auto const name : telling) {
            if (!expect_.contains(name) && !is_nothing(name))
                add(is_one_of(sets, name) ? "other " + std::string(name)
                                          : "an answer of another form: " + quoted(name));
        }
        if (outcome == "impossible" && text_in("why").empty())
            add("no reason in words");
        return std::move(faults_);
    }

private:
    void add(std::string fault) { faults_.push_back(std::move(fault)); }

    bool is_nothing(std::string_view name) const
    {
        auto const* const given = answer_.if_contains(name);
        return given == nullptr || given->is_null() ||
               (is_one_of(sets, name) && given->is_array() && given->get_array().empty());
    }

    std::string text_in(std::string_view name) const { return string_member(answer_, name); }

    void compare(std::string_view name, value const& expected)
    {
        if (name == "violations")
            return compare_violations(expected.get_array());
        if (name == "body_has")
            return compare_part_of_body(expected.get_object());
        auto const* const given = answer_.if_contains(name);
        if (given == nullptr && !is_one_of(sets, name))
            return add("no " + quoted(name));
        if (name == "value")
            compare_value(text_of(expected), *given);
        else if (name == "patch" || name == "bodies")
            compare_bodies(expected, *given);
        else if (is_one_of(sets, name)) {
            if (!same_sets(expected, given == nullptr ? value(array()) : *given))
                add("other " + std::string(name));
        } else if (name == "body" ? !same_in_order(expected, *given) : !equal(expected, *given)) {
            add("another " + std::string(name));
        }
    }

    /// Of a body whose other members nobody knows: these must be there, in their order.
    void compare_part_of_body(object const& expected)
    {
        auto const* const body = answer_.if_contains("body");
        if (body == nullptr || !body->is_object())
            return add("the body is no object");
        object shown;
        for (auto const& each : body->get_object()) {
            if (expected.contains(each.key()))
                shown.emplace(each.key(), each.value());
        }
        if (!same_in_order(expected, shown))
            add("a body without what it should have");
    }

    /// In their order, each by its code and pointer. A driver need not tell limits, sizes, offsets, operations and faults,
    /// nor, as data, why something is impossible; where it does, it must be right. What is impossible is told in any
    /// order.
    void compare_violations(array const& expected)
    {
        bool const refused = expect_.at("outcome") == "rejected";
        auto const* const told = answer_.if_contains("violations");
        if (told == nullptr ? !refused : told->is_array() && told->get_array().empty() && !refused)
            return;
        auto const same = [](value const& wanted, value const& given) {
            if (!given.is_object())
                return false;
            return std::ranges::all_of(wanted.get_object(), [&](auto const& each) {
                auto const* const member = given.get_object().if_contains(each.key());
                bool const left_out = member == nullptr || member->is_null();
                return left_out ? each.key() != "code" && each.key() != "pointer" : equal(each.value(), *member);
            });
        };
        bool const right = told != nullptr && told->is_array() &&
                           (refused ? std::ranges::equal(expected, told->get_array(), same)
                                    : same_in_any_order(expected, told->get_array(), same));
        if (!right)
            add(refused ? "other violations" : "other reasons");
    }

    void compare_value(std::string const& expected, value const& given)
    {
        if (!given.is_string())
            return add("the value is no string");
        // Untouched members keep their bytes, and with them what keys they have twice.
        auto const stored = find_text(request_, "stored");
        bool const lenient =
            stored && texts_.read(*stored).has_error() && texts_.read(*stored, duplicate_keys::last_wins).has_value();
        std::string const text(given.get_string());
        auto const read = texts_.read(text, lenient ? duplicate_keys::last_wins : duplicate_keys::rejected);
        if (!read)
            return add("the value is no JSON text as it should be: " + read.error().message());
        if (!equal(texts_.read(expected, duplicate_keys::last_wins).value(), *read))
            return add("another value");
        auto const* const wanted = expect_.if_contains("bytes_of");
        if (wanted == nullptr)
            return;
        auto const raw = raw_members(text);
        for (auto const& each : wanted->get_object()) {
            auto const found = raw.find(std::string(each.key()));
            if (found == raw.end() || found->second != std::string_view(each.value().get_string()))
                add("the value of " + quoted(each.key()) + " should have the bytes " +
                    std::string(each.value().get_string()) + ", not " +
                    (found == raw.end() ? std::string("none") : found->second));
        }
    }

    void compare_bodies(value const& expected, value const& given)
    {
        auto const fault = bodies_fault(expected, given, body_hints::of(expect_), texts_);
        if (!fault.empty())
            add(fault);
    }

    object const& request_;
    object const& expect_;
    object const& answer_;
    exact_texts texts_;
    std::vector<std::string> faults_;
};

} // namespace

std::vector<std::string> faults_of(object const& request, object const& expect, object const& answer)
{
    try {
        return comparison(request, expect, answer).faults();
    } catch (std::runtime_error const& wrong) { // of a text that the vector itself has
        return {std::string("the vector is no good: ") + wrong.what()};
    }
}

} // namespace metapatch::conformance

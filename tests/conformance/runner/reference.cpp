// SPDX-License-Identifier: BSL-1.0
#include "reference.hpp"

#include "../operations.hpp"
#include "../request.hpp"
#include "comparison.hpp"
#include "exact_texts.hpp"

#include <metapatch/json/equal.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// The bodies of an answer, in turn; nothing where it is not of that kind.
std::optional<std::vector<std::string>> bodies_in(object const& answer)
{
    std::vector<std::string> bodies;
    auto const* const outcome = answer.if_contains("outcome");
    if (outcome != nullptr && *outcome == "no_patch")
        return bodies;
    if (auto const* const one = answer.if_contains("patch"); one != nullptr && one->is_string())
        return std::vector{std::string(one->get_string())};
    auto const* const all = answer.if_contains("bodies");
    if (all == nullptr || !all->is_array())
        return std::nullopt;
    for (auto const& each : all->get_array()) {
        if (!each.is_string())
            return std::nullopt;
        bodies.emplace_back(each.get_string());
    }
    return bodies;
}

/// How many members a body has.
std::size_t members_in(std::string const& body)
{
    exact_texts texts;
    auto const read = texts.read(body);
    return read && read->is_object() ? read->get_object().size() : 0;
}

using field = std::optional<std::string>;

/// The field after bodies; the answer that refuses one of them where one is.
object after(object const& request, field state, std::vector<std::string> const& bodies)
{
    object answer{{"outcome", "ok"}, {"field", state ? "present" : "absent"}};
    if (state)
        answer["value"] = *state;
    for (auto const& body : bodies) {
        object next{{"id", "effect"}, {"op", "apply"}, {"profile", request.at("profile")}, {"patch", body}};
        if (answer.contains("value"))
            next["stored"] = answer.at("value");
        answer = reference_answer(next);
        if (answer.at("outcome") != "ok")
            break;
    }
    return answer;
}

/// States that show what bodies do: without anything, and with and without each key that they name.
std::vector<field> tried_states(std::vector<std::string> const& some, std::vector<std::string> const& others)
{
    object all;
    object half;
    for (auto const* const bodies : {&some, &others}) {
        for (auto const& body : *bodies) {
            boost::system::error_code error;
            auto const read = boost::json::parse(body, error);
            if (error || !read.is_object())
                continue;
            for (auto const& each : read.get_object()) {
                all.insert_or_assign(each.key(), "was here");
                if (half.size() * 2 < all.size())
                    half.insert_or_assign(each.key(), each.value().is_null() ? value("x") : each.value());
            }
        }
    }
    return {std::nullopt, "{}", R"({"bystander":"x"})", boost::json::serialize(all), boost::json::serialize(half)};
}

std::string counted(std::size_t number, char const* one, char const* more)
{
    return std::to_string(number) + " " + (number == 1 ? one : more);
}

std::string enough(std::size_t number)
{
    return std::to_string(number) + (number == 1 ? " is enough" : " are enough");
}

std::string bodies_difference(object const& request, std::vector<std::string> const& wanted,
                              std::vector<std::string> const& given)
{
    if (given.size() != wanted.size())
        return counted(given.size(), "body", "bodies") + ", where " + enough(wanted.size());
    std::size_t most = 0;
    std::size_t members = 0;
    for (auto const& each : wanted)
        most += members_in(each);
    for (auto const& each : given)
        members += members_in(each);
    if (members > most)
        return counted(members, "member", "members") + ", where " + enough(most);
    std::vector<field> states;
    auto const op = request.at("op").get_string();
    if (op == "compose" || op == "rebase") {
        states = tried_states(wanted, given);
    } else {
        states.push_back(find_text(request, op == "diff" ? "from" : "stored"));
        if (auto const patch = find_text(request, "patch"); patch && op == "inverse") {
            auto const then = after(request, states.front(), {*patch});
            states.front() = find_text(then, "value");
        }
    }
    for (auto const& state : states) {
        auto const right = after(request, state, wanted);
        auto const there = after(request, state, given);
        if (right.at("outcome") == "ok" && !same_field(right, there))
            return "bodies that do something else: from " + state.value_or("an absent field") + " they lead to " +
                   boost::json::serialize(there) + ", not to " + boost::json::serialize(right);
    }
    return {};
}

} // namespace

object reference_answer(object const& request)
{
    try {
        return answer(request);
    } catch (bad_request const& wrong) {
        return {{"outcome", "errored"}, {"message", wrong.what()}};
    }
}

object as_expected(object const& reference)
{
    auto made = reference;
    made.erase("why");
    made.erase("omitted");
    if (auto* const violations = made.if_contains("violations")) {
        for (auto& each : violations->get_array())
            each = object{{"code", each.at("code")}, {"pointer", each.at("pointer")}};
    }
    return made;
}

bool same_field(object const& one, object const& other)
{
    auto const* const left = one.if_contains("value");
    auto const* const right = other.if_contains("value");
    if (one.at("outcome") != "ok" || !other.contains("outcome") || other.at("outcome") != "ok" ||
        (left == nullptr) != (right == nullptr))
        return false;
    if (left == nullptr)
        return true;
    if (!right->is_string() || !left->is_string())
        return false;
    exact_texts texts;
    auto const first = texts.read(std::string(left->get_string()));
    auto const second = texts.read(std::string(right->get_string()));
    return first && second && equal(*first, *second);
}

std::vector<std::string> differences(object const& request, object const& reference, object const& answer)
{
    auto expect = as_expected(reference);
    auto const wanted = bodies_in(reference);
    if (!wanted)
        return faults_of(request, expect, answer);
    // Of bodies only the form must be the same.
    auto given = answer;
    auto const bodies = bodies_in(answer);
    auto const* const outcome = answer.if_contains("outcome");
    if (!bodies || outcome == nullptr || *outcome != expect.at("outcome") ||
        expect.contains("patch") != answer.contains("patch") || expect.contains("bodies") != answer.contains("bodies"))
        return {"another answer: " + std::to_string(wanted->size()) + " bodies do it"};
    for (auto* const each : {&expect, &given}) {
        each->erase("patch");
        each->erase("bodies");
    }
    auto faults = faults_of(request, expect, given);
    try {
        if (auto fault = bodies_difference(request, *wanted, *bodies); !fault.empty())
            faults.push_back(std::move(fault));
    } catch (bad_request const& wrong) {
        faults.emplace_back(wrong.what());
    }
    return faults;
}

} // namespace metapatch::conformance

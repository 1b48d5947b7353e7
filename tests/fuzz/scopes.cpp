// SPDX-License-Identifier: BSL-1.0
// Scopes and decisions by tables against naive ones. The knobs choose the table, the operation, the subject (`0` none,
// `1` the target) and, by their bits, the fields that are touched. Then come the scopes of a token and those of another.
#include "../laws/require.hpp"
#include "input.hpp"

#include <metapatch/access/scope.hpp>
#include <metapatch/auth0/request/user_decision.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

namespace {

using list = std::vector<std::string_view>;

/// The scopes of a text, one after the other.
list split_naively(std::string_view text)
{
    list all;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] != ' ')
            continue;
        if (i > begin)
            all.push_back(text.substr(begin, i - begin));
        begin = i + 1;
    }
    return all;
}

bool is_token(std::string_view text)
{
    static constexpr std::string_view admitted = "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`"
                                                 "abcdefghijklmnopqrstuvwxyz{|}~";
    return !text.empty() && text.find_first_not_of(admitted) == std::string_view::npos;
}

bool holds(list const& scopes, std::string_view scope)
{
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

/// What holds of one text, and which scopes of another one it has.
void check_view(std::string_view text, list const& others)
{
    auto const words = [&] { return "  scopes " + std::string(text); };
    auto const expected = split_naively(text);
    scope_view const view(text);
    laws::require(std::equal(view.begin(), view.end(), expected.begin(), expected.end()), words);
    list visited;
    view.each([&](std::string_view scope) { visited.push_back(scope); });
    laws::require(visited == expected, words);
    laws::require(view.empty() == expected.empty() && view.text() == text, words);
    laws::require(view.is_well_formed() == std::all_of(expected.begin(), expected.end(), is_token), words);
    laws::require(is_scope_token(text) == is_token(text), words);
    auto it = view.begin();
    for (auto const each : expected)
        laws::require(view.contains(each) && *it++ == each && is_scope_token(each) == is_token(each), words);
    laws::require(it == view.end(), words);
    for (auto const each : others)
        laws::require(view.contains(each) == holds(expected, each), words);
    laws::require(view.contains(text) == holds(expected, text), words);
}

/// What holds of the sets of two texts.
void check_sets(std::string_view text, std::string_view other)
{
    auto const words = [&] { return "  scopes " + std::string(text) + "\n  others " + std::string(other); };
    auto const scopes = split_naively(text);
    auto const others = split_naively(other);
    std::set<std::string> const expected(scopes.begin(), scopes.end());
    scope_set const held{scope_view(text)};
    laws::require(std::equal(held.begin(), held.end(), expected.begin(), expected.end()), words);
    laws::require(held.size() == expected.size() && held.empty() == expected.empty(), words);
    auto const held_text = held.text();
    laws::require(scope_set(scope_view(held_text)) == held, words);

    scope_set const more{scope_view(other)};
    bool const within = std::all_of(others.begin(), others.end(), [&](auto each) { return holds(scopes, each); });
    laws::require(held.contains(more) == within, words);
    auto joined = held;
    for (auto const each : others) {
        laws::require(held.contains(each) == holds(scopes, each), words);
        bool const is_new = !joined.contains(each);
        laws::require(joined.insert(each) == is_new && joined.contains(each), words);
    }
    auto const both = std::string(text) + ' ' + std::string(other);
    laws::require(joined == scope_set(scope_view(both)), words);
    laws::require(joined.contains(held) && joined.contains(more), words);
}

/// Why a request is denied; nothing where it is allowed.
std::optional<denial> decided_naively(std::span<access_rule const> table, access_request const& asked)
{
    auto const held = split_naively(asked.granted.text());
    bool known = false;
    bool granted = false;
    std::vector<access_rule const*> usable;
    for (auto const& rule : table) {
        if (rule.operation != asked.operation)
            continue;
        known = true;
        if (!holds(held, rule.scope))
            continue;
        granted = true;
        if (!rule.own_subject_only || (asked.subject && *asked.subject == asked.target))
            usable.push_back(&rule);
    }
    if (!known || !granted || usable.empty())
        return !known ? denial::unknown_operation : !granted ? denial::insufficient_scope : denial::subject_mismatch;
    for (auto const field : asked.fields) {
        bool const reached = std::any_of(usable.begin(), usable.end(), [&](auto const* rule) {
            return rule->fields.empty() || std::count(rule->fields.begin(), rule->fields.end(), field) > 0;
        });
        if (!reached)
            return denial::fields_out_of_reach;
    }
    return std::nullopt;
}

/// A decision is the naive one, whatever the order and the spaces; more scopes never allow less; and it is allowed exactly
/// where all of a sufficient set is held.
void check_decision(auth0::permission_table const& table, access_request asked, std::string_view other)
{
    std::string const text(asked.granted.text());
    auto const words = [&] { return "  " + std::string(asked.operation) + "\n  scopes " + text; };
    auto const made = auth0::decide(table, asked);
    auto const expected = decided_naively(table.rules, asked);
    laws::require(made.why == expected, words);
    for (auto const scope : made.granted_by())
        laws::require(scope_view(text).contains(scope), words);
    bool const sufficient = std::any_of(made.sufficient.begin(), made.sufficient.end(), [&](auto const& set) {
        return std::all_of(set.begin(), set.end(), [&](auto scope) { return scope_view(text).contains(scope); });
    });
    laws::require(made.allowed() == sufficient, words);

    auto const in_order = scope_set(scope_view(text)).text();
    asked.granted = scope_view(in_order);
    auto const again = auth0::decide(table, asked);
    laws::require(again.why == made.why && again.granted_by() == made.granted_by(), words);
    auto const more = std::string(other) + ' ' + text;
    asked.granted = scope_view(more);
    laws::require(!made.allowed() || auth0::decide(table, asked).allowed(), words);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto [line, first, second] = fuzz::split(data, size);
    auto const text = first.value_or(second);
    check_view(text, split_naively(second));
    check_view(second, split_naively(text));
    check_sets(text, second);

    auto const& table = line.turn() % 2 == 1 ? auth0::documented : auth0::enforced;
    auto const place = line.turn() % (table.rules.size() + 1);
    auto const operation = place == 0 ? std::string_view("PATCH /users/{id}") : table.rules[place - 1].operation;
    auto const who = line.turn() % 3;
    auto const subject = who == 0 ? std::nullopt : std::optional<std::string_view>(who == 1 ? "me" : "you");
    list fields;
    auto touched = line.turn();
    for (std::string_view const field : {"user_metadata", "app_metadata", "name", "user_metadata:create",
                                         "user_metadata:update", "user_metadata:delete"}) {
        if (touched % 2 == 1)
            fields.push_back(field);
        touched /= 2;
    }
    check_decision(table, {operation, scope_view(text), subject, "me", fields}, second);
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/access/access.hpp>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <iterator>
#include <memory>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(access_by_table)

namespace {

constexpr std::array<std::string_view, 1> notes{"notes"};
constexpr std::array<std::string_view, 2> plan_and_notes{"plan", "notes"};
constexpr std::array<std::string_view, 3> more{"plan", "notes", "name"};
constexpr std::array<std::string_view, 1> name_field{"name"};

constexpr std::array<access_rule, 5> table{{
    {"PATCH", "patch:all"},
    {"PATCH", "patch:plan", plan_and_notes},
    {"PATCH", "patch:own_notes", notes, true},
    {"PATCH", "patch:name", name_field},
    {"DELETE", "delete:own", {}, true},
}};

std::string decided(access_request const& asked)
{
    auto const decision = authorize(table, asked);
    if (!decision)
        return std::string(name(decision.why()));
    std::string scopes;
    for (auto const scope : decision.granted_by())
        scopes.append(scopes.empty() ? "" : " ").append(scope);
    return scopes;
}

std::string sufficient(access_request const& asked)
{
    std::string text;
    for (auto const& set : sufficient_scopes(table, asked)) {
        text += text.empty() ? "" : " | ";
        for (std::size_t i = 0; i < set.size(); ++i)
            text.append(i > 0 ? " " : "").append(set[i]);
    }
    return text;
}

/// A decision in words: whether, or why not, by which rows, and which of three fields are reached.
std::string told(access_decision const& decision)
{
    auto text = decision.allowed() ? std::string("allowed") : std::string(name(decision.why()));
    for (auto const scope : decision.granted_by())
        text.append(" ").append(scope);
    for (auto const field : more)
        text.append(decision.reaches(field) ? " +" : " -").append(field);
    return text;
}

/// The same by a look at every row.
std::string told_naively(std::span<access_rule const> rules, access_request const& asked, std::vector<std::string> held)
{
    std::vector<std::size_t> usable;
    std::string_view why = "unknown_operation";
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].operation != asked.operation)
            continue;
        bool const granted = std::ranges::find(held, rules[i].scope) != held.end();
        if (granted && (!rules[i].own_subject_only || (asked.subject && *asked.subject == asked.target)))
            usable.push_back(i);
        why = granted || why == "subject_mismatch" ? "subject_mismatch" : "insufficient_scope";
    }
    std::set<std::size_t> used;
    if (!usable.empty()) {
        why = "allowed";
        for (auto const field : asked.fields) {
            auto const first = std::ranges::find_if(usable, [&](auto i) { return rules[i].reaches(field); });
            if (first != usable.end())
                used.insert(*first);
            else
                why = "fields_out_of_reach";
        }
        if (asked.fields.empty())
            used.insert(usable.front());
    }
    std::string text(why);
    if (why != "allowed")
        used.clear();
    for (auto const i : used)
        text.append(" ").append(rules[i].scope);
    for (auto const field : more) {
        bool const reached = std::ranges::any_of(usable, [&](auto i) { return rules[i].reaches(field); });
        text.append(reached ? " +" : " -").append(field);
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_no_rule_speaks_of_is_denied)
{
    BOOST_TEST(decided({"GET", scope_view("patch:all")}) == "unknown_operation");
    BOOST_TEST(sufficient({"GET", scope_view("patch:all")}) == "");
    BOOST_TEST(decided({"", scope_view("patch:all")}) == "unknown_operation");
}

BOOST_AUTO_TEST_CASE(reasons_come_in_their_order)
{
    BOOST_TEST(decided({"PATCH", scope_view("delete:own"), "me", "me", notes}) == "insufficient_scope");
    BOOST_TEST(decided({"PATCH", scope_view("patch:own_notes"), "me", "you", notes}) == "subject_mismatch");
    BOOST_TEST(decided({"PATCH", scope_view("patch:own_notes"), {}, "you", notes}) == "subject_mismatch");
    BOOST_TEST(decided({"PATCH", scope_view("patch:own_notes"), {}, "", notes}) == "subject_mismatch"); // no subject
    BOOST_TEST(decided({"PATCH", scope_view("patch:own_notes"), "me", "me", more}) == "fields_out_of_reach");
    BOOST_TEST(decided({"PATCH", scope_view("patch:own_notes"), "me", "me", notes}) == "patch:own_notes");
}

BOOST_AUTO_TEST_CASE(fields_may_be_reached_by_several_scopes_together)
{
    BOOST_TEST(decided({"PATCH", scope_view("patch:name patch:plan"), {}, "you", more}) == "patch:plan patch:name");
    BOOST_TEST(decided({"PATCH", scope_view("patch:name patch:plan patch:all"), {}, "you", more}) == "patch:all");
    auto const denied = authorize(table, {"PATCH", scope_view("patch:plan patch:own_notes"), "me", "you", more});
    BOOST_TEST((denied.why() == denial::fields_out_of_reach));
    BOOST_TEST(denied.reaches("plan"));
    BOOST_TEST(!denied.reaches("name"));
}

BOOST_AUTO_TEST_CASE(without_fields_one_rule_is_enough)
{
    BOOST_TEST(decided({"DELETE", scope_view("delete:own"), "me", "me"}) == "delete:own");
    BOOST_TEST(decided({"PATCH", scope_view("patch:name"), {}, "you"}) == "patch:name");
}

BOOST_AUTO_TEST_CASE(scopes_of_any_size_are_told_apart)
{
    for (std::size_t size = 1; size <= 200; ++size) {
        std::string const scope(size, 's');
        std::array<access_rule, 2> const rules{{{"GET /notes", scope}, {"GET /notes", "other"}}};
        for (std::size_t held = 1; held <= 200; ++held) {
            auto const granted = std::string(held, 's') + " x";
            auto const decision = authorize(rules, {"GET /notes", scope_view(granted)});
            BOOST_TEST_REQUIRE(decision.allowed() == (held == size));
        }
        auto const others = "x " + std::string(size, 't');
        BOOST_TEST_REQUIRE(!authorize(rules, {"GET /notes", scope_view(others)}));
    }
}

BOOST_AUTO_TEST_CASE(every_minimal_set_that_would_do_is_told_for_the_subject)
{
    BOOST_TEST(sufficient({"PATCH", scope_view(), "me", "me", notes}) == "patch:all | patch:plan | patch:own_notes");
    BOOST_TEST(sufficient({"PATCH", scope_view(), "me", "you", notes}) == "patch:all | patch:plan");
    BOOST_TEST(sufficient({"PATCH", scope_view(), {}, "you", more}) == "patch:all | patch:plan patch:name");
    BOOST_TEST(sufficient({"DELETE", scope_view(), "me", "you"}) == "");
}

BOOST_AUTO_TEST_CASE(a_scope_on_several_lines_counts_once_and_reaches_what_each_of_them_does)
{
    constexpr std::array<std::string_view, 1> a{"a"};
    constexpr std::array<std::string_view, 1> b{"b"};
    constexpr std::array<std::string_view, 2> both{"a", "b"};
    auto const shown = [](std::span<access_rule const> rows, std::span<std::string_view const> fields) {
        std::string text;
        for (auto const& set : sufficient_scopes(rows, {.operation = "op", .granted = {}, .fields = fields})) {
            text += '{';
            for (auto const scope : set)
                text.append(scope);
            text += '}';
        }
        return text;
    };
    std::array<access_rule, 3> const rows{{{"op", "s", a}, {"op", "s", b}, {"op", "t", b}}};
    BOOST_TEST(shown(rows, both) == "{s}");
    BOOST_TEST(shown(rows, b) == "{s}{t}");
    std::array<access_rule, 2> const twice{{{"op", "s", a}, {"op", "s"}}};
    BOOST_TEST(shown(twice, a) == "{s}");
    BOOST_TEST(shown(twice, {}) == "{s}");
}

BOOST_AUTO_TEST_CASE(a_decision_refers_to_the_table_and_not_to_the_request)
{
    std::array<access_rule, 1> const rows{{{"a long operation, which a string keeps on the heap", "s"}}};
    auto operation = std::make_unique<std::string>(rows[0].operation);
    auto const made = authorize(rows, {.operation = *operation, .granted = scope_view("s")});
    operation->assign(operation->size(), 'x');
    BOOST_TEST(made.reaches("anything"));
    std::string by;
    for (auto const scope : made.granted_by())
        by += scope;
    BOOST_TEST(by == "s");
}

BOOST_AUTO_TEST_CASE(the_scopes_of_a_decision_are_a_range)
{
    static_assert(std::forward_iterator<granted_scopes::iterator>);
    static_assert(std::ranges::forward_range<granted_scopes>);
    auto const allowed = authorize(table, {"PATCH", scope_view("patch:name patch:plan"), {}, "you", more});
    BOOST_TEST(allowed.granted_by().size() == 2U);
    BOOST_TEST(*std::next(allowed.granted_by().begin()) == "patch:name");
    auto each = allowed.granted_by().begin();
    BOOST_TEST(*each++ == "patch:plan");
    BOOST_TEST(*each == "patch:name");
    BOOST_TEST((++each == allowed.granted_by().end()));
    BOOST_TEST(!allowed.granted_by().empty());
    BOOST_TEST((allowed.granted_by() == allowed.granted_by()));
    auto const denied = authorize(table, {"PATCH", scope_view("patch:plan"), {}, "you", more});
    BOOST_TEST(denied.granted_by().empty()); // though one field is reached
    BOOST_TEST((denied.granted_by().begin() == denied.granted_by().end()));
    BOOST_TEST((denied.granted_by() == granted_scopes()));
    BOOST_TEST((denied.granted_by() != allowed.granted_by()));
}

BOOST_AUTO_TEST_CASE(a_decision_is_allowed_exactly_where_the_scopes_hold_a_sufficient_set)
{
    for (unsigned held = 0; held < 1U << table.size(); ++held) {
        std::string scopes;
        for (std::size_t i = 0; i < table.size(); ++i) {
            if ((held >> i & 1U) != 0)
                scopes.append(" ").append(table[i].scope);
        }
        for (unsigned touched = 0; touched < 8; ++touched) {
            std::vector<std::string_view> fields;
            for (std::size_t i = 0; i < 3; ++i) {
                if ((touched >> i & 1U) != 0)
                    fields.push_back(more[i]);
            }
            for (std::string_view const target : {"me", "you"}) {
                for (std::string_view const operation : {"PATCH", "DELETE"}) {
                    access_request const asked{operation, scope_view(scopes), "me", target, fields};
                    bool sufficient = false;
                    for (auto const& set : sufficient_scopes(table, asked))
                        sufficient = sufficient || std::ranges::all_of(
                                                       set, [&](auto scope) { return asked.granted.contains(scope); });
                    BOOST_TEST(authorize(table, asked).allowed() == sufficient, scopes << " " << touched);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(rules_beyond_the_most_of_an_operation_neither_allow_nor_are_told_to_suffice)
{
    std::vector<access_rule> rules(operation_rules::most, {"op", "early", name_field});
    rules.push_back({"op", "late"});
    rules.push_back({"other", "late"});
    access_request asked{.operation = "op", .granted = scope_view("late")};
    BOOST_TEST(!authorize(rules, asked));
    BOOST_TEST(sufficient_scopes(rules, asked).size() == 1U);
    asked.fields = notes;
    BOOST_TEST(sufficient_scopes(rules, asked).empty());
    asked.operation = "other";
    BOOST_TEST(authorize(rules, asked).allowed());
    rules.erase(rules.begin());
    asked.operation = "op";
    BOOST_TEST(authorize(rules, asked).allowed());
    BOOST_TEST(sufficient_scopes(rules, asked).size() == 1U);
}

BOOST_AUTO_TEST_CASE(any_table_decides_as_a_look_at_every_row_does_with_an_index_and_narrowed_to_fields)
{
    constexpr std::array<std::string_view, 6> operations{
        "PATCH /us_a_ers/{id}", "PATCH /us_b_ers/{id}", "PATCH /us_c_ers/{id}", "", "GET", "PATCH"};
    static_assert(detail::fingerprint(operations[0]) == detail::fingerprint(operations[1]) &&
                  detail::fingerprint(operations[1]) == detail::fingerprint(operations[2]));
    constexpr std::array<std::string_view, 6> scopes{"update:a:users", "update:b:users", "read", "update", "u", ""};
    std::array<std::span<std::string_view const>, 5> const reach{{{}, notes, name_field, plan_and_notes, more}};
    std::mt19937 random(5);
    auto const any = [&](auto const& list) { return list[random() % list.size()]; };
    for (int round = 0; round < 400; ++round) {
        std::array<access_rule, 24> rules{};
        for (auto& rule : rules)
            rule = {any(operations), any(scopes), any(reach), random() % 3 == 0};
        access_index const index(rules);
        std::vector<access_rule> const copied(rules.begin(), rules.end());
        for (int request = 0; request < 20; ++request) {
            std::string text(random() % 3, ' ');
            std::vector<std::string> held;
            for (auto count = random() % 5; count > 0; --count) {
                if (auto const scope = any(scopes); !scope.empty())
                    text.append(held.emplace_back(scope)).append(1 + random() % 9, ' ');
            }
            access_request asked{any(operations), scope_view(text), {}, random() % 2 == 0 ? "me" : "", any(reach)};
            if (random() % 3 != 0)
                asked.subject = random() % 2 == 0 ? "me" : "";
            auto const expected = told_naively(rules, asked, held);
            for (access_table const each : {access_table(rules), access_table(index), access_table(copied)}) {
                BOOST_TEST_REQUIRE(told(authorize(each, asked)) == expected);
                BOOST_TEST_REQUIRE(told(authorize(each.rules_of(asked.operation), asked)) == expected);
                for (auto const fields : reach) {
                    auto other = asked;
                    other.fields = fields;
                    auto decision = authorize(each, other);
                    BOOST_TEST_REQUIRE(told(decision.touching(asked.fields)) == expected);
                    decision.touch(asked.fields);
                    BOOST_TEST_REQUIRE(told(decision) == expected);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/access/access.hpp>

#include <array>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

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
    decision.granted_by([&](access_rule const& rule) { scopes.append(scopes.empty() ? "" : " ").append(rule.scope); });
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
    made.granted_by([&by](access_rule const& rule) { by += rule.scope; });
    BOOST_TEST(by == "s");
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

BOOST_AUTO_TEST_SUITE_END()

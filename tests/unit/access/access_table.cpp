// SPDX-License-Identifier: BSL-1.0
#include <metapatch/access/access_table.hpp>

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/access/access.hpp>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(tables_of_permissions)

namespace {

std::string scopes_of(access_table const& table, std::string_view operation)
{
    std::string told;
    std::uint64_t bit = 1;
    table.rules_of(operation).each([&](access_rule const& rule, std::uint64_t mine) {
        BOOST_TEST(mine == bit);
        bit <<= 1;
        told.append(told.empty() ? "" : " ").append(rule.scope);
    });
    return told;
}

// The second operation stands in two places; the names of the last three have one fingerprint.
constexpr auto rules = std::to_array<access_rule>({
    {"GET /notes", "read:notes"},
    {"PATCH /notes", "update:notes"},
    {"DELETE /notes", "delete:notes"},
    {"PATCH /notes", "update:own_notes", {}, true},
    {"", "nameless"},
    {"eight___1___eight", "one"},
    {"eight___2___eight", "two"},
    {"eight___3___eight", "three"},
});
constexpr access_index index(rules);

} // namespace

BOOST_AUTO_TEST_CASE(rules_are_found_with_an_index_as_without_one)
{
    access_table const plain(rules);
    access_table const indexed(index);
    for (auto const* const operation : {"GET /notes", "PATCH /notes", "DELETE /notes", "", "eight___1___eight",
                                        "eight___2___eight", "eight___3___eight", "eight___4___eight", "GET", "x"})
        BOOST_TEST(scopes_of(indexed, operation) == scopes_of(plain, operation));
    BOOST_TEST(scopes_of(indexed, "PATCH /notes") == "update:notes update:own_notes");
    BOOST_TEST(scopes_of(indexed, "eight___2___eight") == "two");
    BOOST_TEST(indexed.rules_of("nothing").empty());
    BOOST_TEST(indexed.size() == rules.size());
    BOOST_TEST(indexed[2].scope == "delete:notes");
}

BOOST_AUTO_TEST_CASE(an_operation_can_be_found_by_the_compiler)
{
    constexpr access_table table(index);
    constexpr auto found = table.rules_of("GET /notes");
    static_assert(!found.empty());
    static_assert(authorize(found, {"GET /notes", scope_view("read:notes"), {}, {}, {}}).allowed());
    static_assert(!authorize(table, {"GET /notes", scope_view("read:other"), {}, {}, {}}));
    BOOST_TEST(!found.empty());
}

BOOST_AUTO_TEST_CASE(a_table_is_made_of_rules_in_any_row)
{
    std::vector<access_rule> const list(rules.begin(), rules.end());
    access_rule const array[] = {{"GET /notes", "read:notes"}};
    BOOST_TEST(scopes_of(list, "DELETE /notes") == "delete:notes");
    BOOST_TEST(scopes_of(array, "GET /notes") == "read:notes");
    BOOST_TEST(scopes_of(std::span(list).first(1), "GET /notes") == "read:notes");
    BOOST_TEST(scopes_of({}, "GET /notes") == "");
}

BOOST_AUTO_TEST_CASE(any_rules_are_found_with_an_index_as_without_one)
{
    std::mt19937 random(7);
    std::array<std::string, 40> names;
    for (int round = 0; round < 50; ++round) {
        std::array<access_rule, 40> some{};
        for (std::size_t i = 0; i < some.size(); ++i) {
            names[i] = "GET /" + std::string(random() % 12, 'x') + std::to_string(random() % 9);
            some[i] = {names[i], "scope"};
        }
        access_index<40> const made(some);
        for (std::size_t i = 0; i < some.size(); ++i) {
            auto const name = names[i] + (i % 4 == 0 ? "0" : "");
            BOOST_TEST(scopes_of(made, name) == scopes_of(some, name));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_index_is_not_made_of_rules_that_are_gone_then)
{
    static_assert(std::is_constructible_v<access_index<1>, std::array<access_rule, 1> const&>);
    static_assert(!std::is_constructible_v<access_index<1>, std::array<access_rule, 1>>);
}

BOOST_AUTO_TEST_CASE(no_operation_is_found_among_no_rules)
{
    constexpr std::array<access_rule, 0> none{};
    constexpr access_index<0> of_none(none);
    BOOST_TEST(access_table(of_none).rules_of("").empty());
    BOOST_TEST(access_table(none).rules_of("").empty());
    BOOST_TEST(access_table().rules_of("GET /notes").empty());
}

BOOST_AUTO_TEST_SUITE_END()

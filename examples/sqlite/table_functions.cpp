// SPDX-License-Identifier: BSL-1.0
#include "functions.hpp"

#include "table_function.hpp"

#include "../functions/field_changes.hpp"
#include "../functions/violations.hpp"

#include <array>
#include <utility>

namespace in_sqlite {

namespace {

cell as_number(std::optional<std::uint64_t> const& number)
{
    return {number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt, std::nullopt};
}

cell as_text(std::string content)
{
    return {std::nullopt, std::move(content)};
}

/// A row a violation, and a last one that counts those that are left out.
cells validate(kept_by_cursor& kept, std::string_view policy, std::vector<text> const& rest)
{
    auto const why = functions::validate(kept.policy.of(policy), rest[0], rest[1]);
    cells rows;
    for (auto const& each : why) {
        rows.push_back(as_text(std::string(name(each))));
        rows.push_back(as_text(each.pointer));
        for (auto const& number : {each.limit, each.actual, each.offset})
            rows.push_back(as_number(number));
        auto const input = functions::input_of(each);
        rows.push_back(input.empty() ? cell() : as_text(std::string(input)));
        rows.push_back(as_text(functions::message_of(each)));
    }
    if (why.omitted() > 0) {
        rows.push_back(as_text("omitted"));
        rows.resize(rows.size() + 2);
        rows.push_back(as_number(why.omitted()));
        rows.resize(rows.size() + 2);
        rows.push_back(as_text("and " + std::to_string(why.omitted()) + " more"));
    }
    return rows;
}

cells try_apply(kept_by_cursor& kept, std::string_view policy, std::vector<text> const& rest)
{
    auto const made = kept.patching.apply(policy, rest[0], rest[1]);
    cells row(2);
    if (!made)
        row[1].content = functions::violations_array(made.error());
    else if (*made)
        row[0].content = **made;
    return row;
}

cells rows_of(functions::bodies made)
{
    if (!made)
        throw refused(made.error());
    cells rows;
    for (auto& each : *made)
        rows.push_back(as_text(std::move(each)));
    return rows;
}

cells diff(kept_by_cursor& kept, std::string_view policy, std::vector<text> const& rest)
{
    return rows_of(functions::diff(kept.policy.of(policy), rest[0], rest[1]));
}

cells losses(kept_by_cursor& kept, std::string_view policy, std::vector<text> const& rest)
{
    auto const lost = functions::losses(kept.policy.of(policy), rest[0], rest[1]);
    if (!lost)
        throw refused(lost.error());
    cells rows;
    for (auto const& each : *lost)
        rows.push_back(as_text(each));
    return rows;
}

// The arguments' names are such that no table has columns of theirs, which would be ambiguous.
constexpr std::array<table_function, 4> table_functions{{
    {"metapatch_validate",
     "CREATE TABLE violations(code TEXT, pointer TEXT, \"limit\" INTEGER, actual INTEGER, \"offset\" INTEGER, input "
     "TEXT, "
     "message TEXT, argument1 HIDDEN, argument2 HIDDEN, argument3 HIDDEN)",
     7, 3, validate},
    {"metapatch_try_apply",
     "CREATE TABLE results(value TEXT, violations TEXT, argument1 HIDDEN, argument2 HIDDEN, argument3 HIDDEN)", 2, 3,
     try_apply},
    {"metapatch_diff", "CREATE TABLE bodies(body TEXT, argument1 HIDDEN, argument2 HIDDEN, argument3 HIDDEN)", 1, 3,
     diff},
    {"metapatch_losses", "CREATE TABLE losses(pointer TEXT, argument1 HIDDEN, argument2 HIDDEN, argument3 HIDDEN)", 1,
     3, losses},
}};

} // namespace

int add_table_functions(sqlite3* database) noexcept
{
    for (auto const& each : table_functions) {
        if (auto const code = add_table_function(database, each); code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

} // namespace in_sqlite

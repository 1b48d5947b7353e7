// SPDX-License-Identifier: BSL-1.0
#include "table_function.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace in_sqlite {

namespace {

struct table : sqlite3_vtab {
    explicit table(table_function const& made) noexcept : sqlite3_vtab(), function(made) {}

    table_function const& function;
};

struct cursor : sqlite3_vtab_cursor {
    cursor() noexcept : sqlite3_vtab_cursor() {}

    kept_by_cursor kept{};
    cells rows{};
    std::size_t row = 0;
};

table& table_of(sqlite3_vtab* base) noexcept
{
    return *static_cast<table*>(base);
}

cursor& cursor_of(sqlite3_vtab_cursor* base) noexcept
{
    return *static_cast<cursor*>(base);
}

table_function const& function_of(sqlite3_vtab_cursor* base) noexcept
{
    return table_of(base->pVtab).function;
}

/// Make an object that SQLite keeps, and give its code.
template<class Made, class Base, class... Given>
int make(Base** made, Given const&... given) noexcept
{
    int status = SQLITE_OK;
    guarded([&] { *made = new Made(given...); }, [&status](int code, char const*) { status = code; });
    return status;
}

int connect(sqlite3* database, void* function, int, char const* const*, sqlite3_vtab** made, char**) noexcept
{
    auto const& what = *static_cast<table_function const*>(function);
    if (auto const code = sqlite3_declare_vtab(database, what.schema); code != SQLITE_OK)
        return code;
    sqlite3_vtab_config(database, SQLITE_VTAB_INNOCUOUS);
    return make<table>(made, what);
}

int disconnect(sqlite3_vtab* base) noexcept
{
    delete &table_of(base);
    return SQLITE_OK;
}

/// Every argument has to come as an equality with a hidden column. A plan says by its bits which ones do, in their order.
int plan(sqlite3_vtab* base, sqlite3_index_info* info) noexcept
{
    auto const& function = table_of(base).function;
    constexpr std::size_t most = 8;
    std::array<int, most> constraints{};
    constraints.fill(-1);
    bool is_unusable = false;
    for (int i = 0; i < info->nConstraint; ++i) {
        auto const& each = info->aConstraint[i];
        auto const argument = each.iColumn - function.columns;
        if (argument < 0 || each.op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (each.usable == 0)
            is_unusable = true;
        else if (constraints[static_cast<std::size_t>(argument)] < 0)
            constraints[static_cast<std::size_t>(argument)] = i;
    }
    info->idxNum = 0;
    int given = 0;
    for (int argument = 0; argument < function.arguments; ++argument) {
        if (constraints[static_cast<std::size_t>(argument)] < 0)
            continue;
        info->idxNum |= 1 << argument;
        auto& usage = info->aConstraintUsage[constraints[static_cast<std::size_t>(argument)]];
        usage.argvIndex = ++given;
        usage.omit = 1; // else NULL would not be equal to NULL
    }
    if (is_unusable && given < function.arguments)
        return SQLITE_CONSTRAINT; // in another order of the tables they are known
    info->estimatedCost = 1;
    info->estimatedRows = 1;
    return SQLITE_OK;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** made) noexcept
{
    return make<cursor>(made);
}

int close(sqlite3_vtab_cursor* base) noexcept
{
    delete &cursor_of(base);
    return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base, int planned, char const*, int count, sqlite3_value** values) noexcept
{
    auto& here = cursor_of(base);
    auto const& function = function_of(base);
    int status = SQLITE_OK;
    here.rows.clear();
    here.row = 0;
    guarded(
        [&] {
            if (planned != (1 << function.arguments) - 1)
                throw functions::wrong_argument(std::string(function.name) + " takes " +
                                                std::to_string(function.arguments) + " arguments, not " +
                                                std::to_string(count));
            std::vector<text> rest;
            for (int i = 1; i < count; ++i)
                rest.push_back(bytes_of(values[i]));
            here.rows = function.run(here.kept, required(values[0], "the policy"), rest);
        },
        [&](int code, char const* message) {
            status = code;
            if (message == nullptr)
                return;
            sqlite3_free(base->pVtab->zErrMsg);
            base->pVtab->zErrMsg = sqlite3_mprintf("%s", message);
        });
    return status;
}

int next(sqlite3_vtab_cursor* base) noexcept
{
    ++cursor_of(base).row;
    return SQLITE_OK;
}

int is_at_end(sqlite3_vtab_cursor* base) noexcept
{
    auto const& here = cursor_of(base);
    return here.row * static_cast<std::size_t>(function_of(base).columns) >= here.rows.size() ? 1 : 0;
}

/// The arguments themselves are not kept: who reads them has them.
int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int index) noexcept
{
    auto const& here = cursor_of(base);
    auto const columns = function_of(base).columns;
    if (index >= columns) {
        sqlite3_result_null(context);
        return SQLITE_OK;
    }
    auto const& value = here.rows[here.row * static_cast<std::size_t>(columns) + static_cast<std::size_t>(index)];
    if (value.number)
        sqlite3_result_int64(context, *value.number);
    else if (value.content)
        sqlite3_result_text64(context, value.content->data(), value.content->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    else
        sqlite3_result_null(context);
    return SQLITE_OK;
}

int row_number(sqlite3_vtab_cursor* base, sqlite3_int64* made) noexcept
{
    *made = static_cast<sqlite3_int64>(cursor_of(base).row) + 1;
    return SQLITE_OK;
}

constexpr sqlite3_module eponymous_module() noexcept
{
    sqlite3_module made{};
    made.xConnect = connect; // and no xCreate: it is there by its own name alone
    made.xBestIndex = plan;
    made.xDisconnect = disconnect;
    made.xOpen = open;
    made.xClose = close;
    made.xFilter = filter;
    made.xNext = next;
    made.xEof = is_at_end;
    made.xColumn = column;
    made.xRowid = row_number;
    return made;
}

constexpr sqlite3_module module = eponymous_module();

} // namespace

int add_table_function(sqlite3* database, table_function const& made) noexcept
{
    return sqlite3_create_module_v2(database, made.name, &module, const_cast<table_function*>(&made), nullptr);
}

} // namespace in_sqlite

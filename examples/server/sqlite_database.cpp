// SPDX-License-Identifier: BSL-1.0
#include "sqlite_database.hpp"

#include <chrono>
#include <sqlite3.h>
#include <thread>

namespace server {

namespace {

/// How long to wait for another process that writes.
constexpr int busy_milliseconds = 10'000;
constexpr std::chrono::milliseconds pause{5};

[[noreturn]] void fail(sqlite3* database)
{
    auto const why = std::string("SQLite: ") + (database != nullptr ? ::sqlite3_errmsg(database) : "out of memory");
    if (database != nullptr && ::sqlite3_errcode(database) == SQLITE_BUSY)
        throw sqlite_busy(why);
    if (database != nullptr && ::sqlite3_errcode(database) == SQLITE_FULL)
        throw sqlite_full(why);
    throw store_unavailable(why);
}

} // namespace

sqlite_query::~sqlite_query()
{
    ::sqlite3_reset(statement_);
    ::sqlite3_clear_bindings(statement_);
}

void sqlite_query::bind(int place, std::string_view text)
{
    // An empty view may have no address, which would bind NULL.
    char const* const bytes = text.empty() ? "" : text.data();
    if (::sqlite3_bind_text64(statement_, place, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
        fail(database_);
}

void sqlite_query::bind(int place, std::int64_t number)
{
    if (::sqlite3_bind_int64(statement_, place, number) != SQLITE_OK)
        fail(database_);
}

bool sqlite_query::next()
{
    int const status = ::sqlite3_step(statement_);
    if (status != SQLITE_ROW && status != SQLITE_DONE)
        fail(database_);
    return status == SQLITE_ROW;
}

std::string sqlite_query::text(int column) const
{
    auto const* const bytes = reinterpret_cast<char const*>(::sqlite3_column_text(statement_, column));
    if (bytes == nullptr)
        return {};
    return {bytes, static_cast<std::size_t>(::sqlite3_column_bytes(statement_, column))};
}

std::int64_t sqlite_query::number(int column) const
{
    return ::sqlite3_column_int64(statement_, column);
}

void sqlite_database::closes::operator()(sqlite3* database) const noexcept
{
    ::sqlite3_close_v2(database);
}

void sqlite_database::finalizes::operator()(sqlite3_stmt* statement) const noexcept
{
    ::sqlite3_finalize(statement);
}

sqlite_database::sqlite_database(std::string const& path)
{
    sqlite3* opened = nullptr;
    int const status = ::sqlite3_open_v2(path.c_str(), &opened,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(opened);
    if (status != SQLITE_OK)
        fail(opened);
    ::sqlite3_busy_timeout(opened, busy_milliseconds);
}

sqlite_database::~sqlite_database() = default;

void sqlite_database::run(char const* statements)
{
    if (::sqlite3_exec(database_.get(), statements, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(database_.get());
}

void sqlite_database::do_often(char const* statement)
{
    query(statement, {})->next();
}

std::unique_ptr<sqlite_query> sqlite_database::query(std::string const& statement,
                                                     std::initializer_list<std::string_view> texts)
{
    auto& prepared = prepared_[statement];
    if (!prepared) {
        sqlite3_stmt* made = nullptr;
        if (::sqlite3_prepare_v3(database_.get(), statement.data(), static_cast<int>(statement.size()),
                                 SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK)
            fail(database_.get());
        prepared.reset(made);
    }
    auto asked = std::make_unique<sqlite_query>(database_.get(), prepared.get());
    int place = 1;
    for (auto const text : texts)
        asked->bind(place++, text);
    return asked;
}

std::int64_t sqlite_database::number_of(char const* statement)
{
    auto const asked = query(statement, {});
    return asked->next() ? asked->number(0) : 0;
}

std::string sqlite_database::text_of(char const* statement)
{
    auto const asked = query(statement, {});
    return asked->next() ? asked->text(0) : std::string();
}

bool sqlite_database::log_ahead()
{
    // SQLite itself does not wait here for other processes that do the same: several servers may start on a new file.
    auto const latest = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_milliseconds);
    for (;;) {
        try {
            return text_of("PRAGMA journal_mode = WAL") == "wal";
        } catch (sqlite_busy const&) {
            if (std::chrono::steady_clock::now() >= latest)
                throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

bool sqlite_database::in_transaction() const noexcept
{
    return ::sqlite3_get_autocommit(database_.get()) == 0;
}

} // namespace server

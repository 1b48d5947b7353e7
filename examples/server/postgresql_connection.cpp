// SPDX-License-Identifier: BSL-1.0
#include "postgresql_connection.hpp"

#include <algorithm>
#include <array>
#include <libpq-fe.h>
#include <new>

namespace server {

namespace {

constexpr std::size_t most_parameters = 4;

std::string in_one_line(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    for (char& c : text)
        c = c == '\n' ? ' ' : c;
    return "PostgreSQL: " + text;
}

/// The result of a statement, unless that failed.
postgresql_rows checked(PGconn* connection, PGresult* result)
{
    postgresql_rows rows(result);
    auto const status = ::PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return rows;
    char const* const state = ::PQresultErrorField(result, PG_DIAG_SQLSTATE);
    auto const why = in_one_line(::PQerrorMessage(connection));
    constexpr std::array<std::string_view, 3> conflicts{"40P01", "40001",
                                                        "23505"}; // the last: both insert the same row
    if (state != nullptr && std::find(conflicts.begin(), conflicts.end(), state) != conflicts.end())
        throw postgresql_conflict(why);
    throw store_unavailable(why);
}

} // namespace

void postgresql_rows::clears::operator()(pg_result* result) const noexcept
{
    ::PQclear(result);
}

int postgresql_rows::count() const noexcept
{
    return ::PQntuples(result_.get());
}

std::string postgresql_rows::text(int row, int column) const
{
    return {::PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(::PQgetlength(result_.get(), row, column))};
}

void postgresql_connection::finishes::operator()(pg_conn* connection) const noexcept
{
    ::PQfinish(connection);
}

postgresql_connection::postgresql_connection(std::string const& address)
    : connection_(::PQconnectdb(
          (address + (address.find('?') == std::string::npos ? "?" : "&") + "client_encoding=UTF8&connect_timeout=5")
              .c_str()))
{
    if (!connection_)
        throw std::bad_alloc();
    if (::PQstatus(connection_.get()) != CONNECTION_OK)
        throw store_unavailable(in_one_line(::PQerrorMessage(connection_.get())));
    ::PQsetNoticeProcessor(
        connection_.get(), [](void*, char const*) {}, nullptr);
}

void postgresql_connection::run(char const* statements)
{
    checked(connection_.get(), ::PQexec(connection_.get(), statements));
}

postgresql_rows postgresql_connection::query(std::string const& statement,
                                             std::initializer_list<std::string_view> texts)
{
    auto& name = prepared_[statement];
    if (name.empty()) {
        auto const made = std::string("s").append(std::to_string(prepared_.size()));
        checked(connection_.get(), ::PQprepare(connection_.get(), made.c_str(), statement.c_str(), 0, nullptr));
        name = made;
    }
    // As binary parameters: they have lengths, and are not copied for a NUL at their ends.
    std::array<char const*, most_parameters> values{};
    std::array<int, most_parameters> lengths{};
    std::array<int, most_parameters> formats{};
    std::size_t count = 0;
    for (auto const text : texts) {
        values[count] = text.empty() ? "" : text.data();
        lengths[count] = static_cast<int>(text.size());
        formats[count++] = 1;
    }
    return checked(connection_.get(), ::PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(count),
                                                       values.data(), lengths.data(), formats.data(), 0));
}

bool postgresql_connection::is_idle() const noexcept
{
    return ::PQstatus(connection_.get()) == CONNECTION_OK && ::PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

} // namespace server

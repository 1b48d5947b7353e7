// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SQLITE_CALL_HPP
#define METAPATCH_SQLITE_CALL_HPP

#include "api.hpp"

#include "../functions/text.hpp"

#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/outcome/violation.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace in_sqlite {

using functions::text;

/// An error of SQLite: its code and message.
struct sql_error : std::runtime_error {
    sql_error(int code_of_sqlite, std::string const& message) : runtime_error(message), code(code_of_sqlite) {}

    int code;
};

/// The error of a refusal: SQLite's code for what functions refuse, and the JSON of all violations.
sql_error refused(metapatch::report const& why);
sql_error refused(metapatch::auth0::refusal const& why);

/// The bytes of a value, text or blob; of a number its text; nothing of NULL. They may be any bytes.
///
/// Exceptions: std::bad_alloc
text bytes_of(sqlite3_value* value);

/// The same of an argument that must not be NULL.
///
/// Exceptions: functions::wrong_argument with its name; std::bad_alloc
std::string_view required(sqlite3_value* value, std::string_view name);

/// Run what may throw: what it throws is told in SQLite's words.
///
/// @param tell  called with a code of SQLite and a message, which may be nullptr; must not throw
template<class Run, class Tell>
void guarded(Run run, Tell tell) noexcept
{
    try {
        run();
    } catch (sql_error const& error) {
        tell(error.code, error.what());
    } catch (std::bad_alloc const&) {
        tell(SQLITE_NOMEM, nullptr);
    } catch (std::length_error const&) {
        tell(SQLITE_TOOBIG, nullptr);
    } catch (std::exception const& error) {
        tell(SQLITE_ERROR, error.what());
    }
}

/// A call of a function.
class call {
public:
    call(sqlite3_context* context, int count, sqlite3_value** values) noexcept
        : context_(context), count_(count), values_(values)
    {
    }

    text operator[](int index) const { return bytes_of(values_[index]); }
    std::string_view required(int index, std::string_view name) const
    {
        return in_sqlite::required(values_[index], name);
    }
    int count() const noexcept { return count_; }
    sqlite3_context* context() const noexcept { return context_; }

    /// NULL, or a JSON text.
    void answer(text const& json) const noexcept;
    void answer(std::uint64_t number) const noexcept;

private:
    sqlite3_context* context_;
    int count_;
    sqlite3_value** values_;
};

/// What a function is for SQLite: runs, and no exception leaves it.
template<void (*Run)(call const&)>
void called(sqlite3_context* context, int count, sqlite3_value** values) noexcept
{
    guarded([&] { Run(call(context, count, values)); },
            [context](int code, char const* message) {
                if (code == SQLITE_NOMEM)
                    return sqlite3_result_error_nomem(context);
                if (message != nullptr)
                    sqlite3_result_error(context, message, -1);
                sqlite3_result_error_code(context, code);
            });
}

} // namespace in_sqlite

#endif

// SPDX-License-Identifier: BSL-1.0
#include "call.hpp"

#include "../functions/store_policy.hpp"
#include "../functions/user_functions.hpp"
#include "../functions/violations.hpp"

#include <new>

namespace in_sqlite {

sql_error refused(metapatch::report const& why)
{
    return {SQLITE_CONSTRAINT_FUNCTION, functions::violations_json(why)};
}

sql_error refused(metapatch::auth0::refusal const& why)
{
    return {SQLITE_CONSTRAINT_FUNCTION, functions::refusal_json(why)};
}

text bytes_of(sqlite3_value* value)
{
    auto const type = sqlite3_value_type(value);
    if (type == SQLITE_NULL)
        return std::nullopt;
    // Text comes in the database's encoding, and is made UTF-8 here; a blob has none.
    auto const* const bytes = type == SQLITE_BLOB ? static_cast<char const*>(sqlite3_value_blob(value))
                                                  : reinterpret_cast<char const*>(sqlite3_value_text(value));
    auto const size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    if (bytes == nullptr && (size > 0 || type != SQLITE_BLOB))
        throw std::bad_alloc();
    return std::string_view(bytes, size);
}

std::string_view required(sqlite3_value* value, std::string_view name)
{
    auto const given = bytes_of(value);
    if (!given)
        throw functions::wrong_argument(std::string(name) + " must not be NULL");
    return *given;
}

void call::answer(text const& json) const noexcept
{
    constexpr unsigned is_json = 'J'; // as SQLite's own functions of JSON mark theirs
    if (!json)
        return sqlite3_result_null(context_);
    sqlite3_result_text64(context_, json->data(), json->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    sqlite3_result_subtype(context_, is_json);
}

void call::answer(std::uint64_t number) const noexcept
{
    sqlite3_result_int64(context_, static_cast<sqlite3_int64>(number));
}

} // namespace in_sqlite

// SPDX-License-Identifier: BSL-1.0

// Whole requests of users: metapatch_authorize and metapatch_update_user.

#include "call.hpp"

extern "C" {
#include <catalog/pg_type.h>
#include <utils/array.h>
}

namespace {

using store::ending;

struct answering {
    store::failure why{};
    std::string made{};
};

/// The texts of an array that is no C++: it lives as long as the call's memory.
std::span<std::string_view const> texts_argument(FunctionCallInfo fcinfo, int index)
{
    if (PG_ARGISNULL(index))
        return {};
    Datum* values = nullptr;
    bool* nulls = nullptr;
    int count = 0;
    deconstruct_array(PG_GETARG_ARRAYTYPE_P(index), TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
    auto const bytes = sizeof(std::string_view) * static_cast<std::size_t>(count);
    auto* const texts = static_cast<std::string_view*>(palloc(bytes));
    std::size_t size = 0;
    for (int i = 0; i < count; ++i) {
        if (!nulls[i])
            new (texts + size++) std::string_view(store::view_of(DatumGetTextPP(values[i])));
    }
    return {texts, size};
}

} // namespace

extern "C" {

PG_FUNCTION_INFO_V1(metapatch_authorize_text);
Datum metapatch_authorize_text(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<answering>(fcinfo);
    auto const operation = store::needed_argument(fcinfo, 0, "operation");
    auto const scopes = store::text_argument(fcinfo, 1);
    auto const subject = store::text_argument(fcinfo, 2);
    auto const target = store::text_argument(fcinfo, 3);
    auto const fields = texts_argument(fcinfo, 4);
    auto const how = store::guarded(here.why, [&] {
        here.made = functions::decision_json(
            functions::authorize(operation, scopes.value_or(std::string_view()), subject, target, fields));
        return ending::done;
    });
    store::raise_unless_done(how, here.why);
    return store::text_datum(here.made);
}

PG_FUNCTION_INFO_V1(metapatch_update_user_text);
Datum metapatch_update_user_text(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<answering>(fcinfo);
    auto const stored = store::text_argument(fcinfo, 0);
    auto const scopes = store::text_argument(fcinfo, 1);
    auto const subject = store::text_argument(fcinfo, 2);
    auto const user_id = store::needed_argument(fcinfo, 3, "id of the user");
    auto const body = store::needed_argument(fcinfo, 4, "body");
    auto const how = store::guarded(here.why, [&] {
        auto made = functions::update_user(stored, scopes, subject, user_id, body);
        if (!made)
            return here.why.denied(made.error());
        here.made = *std::move(made);
        return ending::done;
    });
    store::raise_unless_done(how, here.why);
    return store::text_datum(here.made);
}
}

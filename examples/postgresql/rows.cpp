// SPDX-License-Identifier: BSL-1.0
#include "rows.hpp"

namespace store {

namespace {

/// Columns are few.
constexpr std::size_t most_columns = 8;

} // namespace

rows& begin_rows(FunctionCallInfo fcinfo)
{
    require_utf8();
    auto* const calls = SRF_FIRSTCALL_INIT();
    auto const before = MemoryContextSwitchTo(calls->multi_call_memory_ctx);
    TupleDesc row = nullptr;
    if (get_call_result_type(fcinfo, nullptr, &row) == TYPEFUNC_COMPOSITE)
        calls->attinmeta = TupleDescGetAttInMetadata(BlessTupleDesc(row));
    auto* const made = make_in<rows>(calls->multi_call_memory_ctx);
    calls->user_fctx = made;
    MemoryContextSwitchTo(before);
    return *made;
}

Datum next_row(FunctionCallInfo fcinfo)
{
    auto* const calls = SRF_PERCALL_SETUP();
    auto const& all = static_cast<rows const*>(calls->user_fctx)->all;
    if (calls->call_cntr >= all.size())
        SRF_RETURN_DONE(calls);
    auto const& row = all[calls->call_cntr];
    if (calls->attinmeta == nullptr)
        SRF_RETURN_NEXT(calls, text_datum(*row.front()));
    char* values[most_columns] = {};
    for (std::size_t i = 0; i < row.size() && i < most_columns; ++i)
        values[i] = row[i] ? pstrdup(row[i]->c_str()) : nullptr;
    SRF_RETURN_NEXT(calls, HeapTupleGetDatum(BuildTupleFromCStrings(calls->attinmeta, values)));
}

} // namespace store

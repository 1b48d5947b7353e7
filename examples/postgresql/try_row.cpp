// SPDX-License-Identifier: BSL-1.0
#include "try_row.hpp"

extern "C" {
#include <access/htup_details.h>
}

namespace store {

Datum try_row(FunctionCallInfo fcinfo, ending how, failure const& why, Datum value, bool has_value)
{
    if (how != ending::refused)
        raise_unless_done(how, why);
    TupleDesc row = nullptr;
    if (get_call_result_type(fcinfo, nullptr, &row) != TYPEFUNC_COMPOSITE)
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("the function returns a row")));
    BlessTupleDesc(row);
    bool const refused = how == ending::refused;
    Datum values[2] = {value, refused ? text_datum(why.detail) : Datum()};
    bool nulls[2] = {!has_value, !refused};
    return HeapTupleGetDatum(heap_form_tuple(row, values, nulls));
}

} // namespace store

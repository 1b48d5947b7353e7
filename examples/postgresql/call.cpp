// SPDX-License-Identifier: BSL-1.0
#include "call.hpp"

extern "C" {
#include <mb/pg_wchar.h>
}

namespace store {

std::string_view needed_argument(FunctionCallInfo fcinfo, int index, char const* name)
{
    if (PG_ARGISNULL(index))
        ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("the %s must not be null", name)));
    return view_of(PG_GETARG_TEXT_PP(index));
}

void require_utf8()
{
    if (GetDatabaseEncoding() != PG_UTF8)
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("metapatch needs a database in UTF8")));
}

} // namespace store

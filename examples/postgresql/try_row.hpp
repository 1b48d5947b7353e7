// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_TRY_ROW_HPP
#define METAPATCH_POSTGRESQL_TRY_ROW_HPP

#include "call.hpp"

namespace store {

/// The row (value, violations) that a function answers with where it does not raise what is refused; other errors it does.
Datum try_row(FunctionCallInfo fcinfo, ending how, failure const& why, Datum value, bool has_value);

} // namespace store

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_ROWS_HPP
#define METAPATCH_POSTGRESQL_ROWS_HPP

#include "call.hpp"

namespace store {

/// What a function answers with that returns rows: values as texts, which are null or C's.
struct rows {
    failure why{};
    std::vector<std::vector<std::optional<std::string>>> all{};
};

/// At the first call: a list of no rows.
rows& begin_rows(FunctionCallInfo fcinfo);

/// The next row of the list.
Datum next_row(FunctionCallInfo fcinfo);

} // namespace store

#endif

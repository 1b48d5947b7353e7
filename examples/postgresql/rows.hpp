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

/// What a function does that takes a policy and two fields, or a field and a patch, and answers with rows.
///
/// @param list  adds the rows, at the first call: given them, the policy and the two texts. It may throw
/// @return      the next row. Raises errors of PostgreSQL
template<class List>
Datum rows_of(FunctionCallInfo fcinfo, List const& list)
{
    if (SRF_IS_FIRSTCALL()) {
        auto& made = begin_rows(fcinfo);
        auto const policy = needed_argument(fcinfo, 0, "policy");
        auto const one = text_argument(fcinfo, 1);
        auto const other = text_argument(fcinfo, 2);
        auto const how = guarded(made.why, [&] { return list(made, functions::read_policy(policy), one, other); });
        raise_unless_done(how, made.why);
    }
    return next_row(fcinfo);
}

} // namespace store

#endif

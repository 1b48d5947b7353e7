// SPDX-License-Identifier: BSL-1.0
#include "call.hpp"

extern "C" {

PG_MODULE_MAGIC;

// The type metapatch_policy: a text that has been read as a policy, so that a wrong one is told of with its statement.

PG_FUNCTION_INFO_V1(metapatch_policy_in);
Datum metapatch_policy_in(PG_FUNCTION_ARGS)
{
    auto& why = store::state_of<store::failure>(fcinfo);
    std::string_view const given = PG_GETARG_CSTRING(0);
    store::raise_unless_done(store::guarded(why,
                                            [given] {
                                                functions::read_policy(given);
                                                return store::ending::done;
                                            }),
                             why);
    return store::text_datum(given);
}

PG_FUNCTION_INFO_V1(metapatch_policy_out);
Datum metapatch_policy_out(PG_FUNCTION_ARGS)
{
    PG_RETURN_CSTRING(text_to_cstring(PG_GETARG_TEXT_PP(0)));
}
}

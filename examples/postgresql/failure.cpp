// SPDX-License-Identifier: BSL-1.0
#include "failure.hpp"

namespace store {

namespace {

// Of a class of our own: those from I on are an implementation's.
constexpr int refused_by_rules = MAKE_SQLSTATE('M', 'P', '0', '0', '1');
constexpr int no_such_policy = MAKE_SQLSTATE('M', 'P', '0', '0', '2');
constexpr int request_denied = MAKE_SQLSTATE('M', 'P', '0', '0', '3');

/// An error's texts are C's: they end at a NUL.
std::string words_of(std::string_view text)
{
    return metapatch::detail::without_nul(text);
}

void raise_refusal(int state, failure const& why)
{
    // The code and the pointer are in fields that drivers hand out, and the pointer is for people too.
    ereport(ERROR,
            (errcode(state), errmsg_internal("%s", why.message.c_str()), errdetail_internal("%s", why.detail.c_str()),
             why.pointer.empty() ? 0 : errhint("The first violation is at %s.", why.pointer.c_str()),
             err_generic_string(PG_DIAG_CONSTRAINT_NAME, why.code.c_str()),
             err_generic_string(PG_DIAG_COLUMN_NAME, why.pointer.c_str())));
}

} // namespace

ending failure::refused(metapatch::report const& why)
{
    message = words_of(why.front().message());
    detail = functions::violations_json(why);
    code = name(why.front());
    pointer = words_of(why.front().pointer);
    return ending::refused;
}

ending failure::denied(metapatch::auth0::refusal const& why)
{
    message = words_of(why.message);
    detail = functions::refusal_json(why);
    code = name(why.why);
    pointer = why.violations.empty() ? std::string() : words_of(why.violations.front().pointer);
    return ending::denied;
}

void raise_unless_done(ending how, failure const& why)
{
    switch (how) {
    case ending::done:
        return;
    case ending::refused:
        return raise_refusal(refused_by_rules, why);
    case ending::denied:
        return raise_refusal(request_denied, why);
    case ending::wrong_argument:
        ereport(ERROR, (errcode(no_such_policy), errmsg_internal("%s", why.message.c_str())));
        return;
    case ending::too_long:
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the result is too long for a jsonb")));
        return;
    case ending::out_of_memory:
        raise_out_of_memory();
    case ending::failed:
        ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR), errmsg_internal("%s", why.message.c_str())));
        return;
    }
}

void raise_out_of_memory()
{
    ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
    pg_unreachable();
}

} // namespace store

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_CALL_HPP
#define METAPATCH_POSTGRESQL_CALL_HPP

#include "failure.hpp"

namespace store {

/// An argument that is a text, a json or a policy; nothing where it is null. Raises errors of PostgreSQL.
inline functions::text text_argument(FunctionCallInfo fcinfo, int index)
{
    if (PG_ARGISNULL(index))
        return std::nullopt;
    return view_of(PG_GETARG_TEXT_PP(index));
}

/// The same where it must be given.
std::string_view needed_argument(FunctionCallInfo fcinfo, int index, char const* name);

/// Texts are in the database's encoding, and JSON is in UTF-8.
void require_utf8();

inline Datum text_datum(std::string_view value)
{
    return PointerGetDatum(cstring_to_text_with_len(value.data(), static_cast<int>(value.size())));
}

/// The text, or null.
inline Datum text_result(FunctionCallInfo fcinfo, functions::text value)
{
    if (!value)
        PG_RETURN_NULL();
    return text_datum(*value);
}

/// Something of C++ that lives as long as a memory context, however that ends.
///
/// @return  what is made, in its initial state. Raises errors of PostgreSQL
template<class State>
State* make_in(MemoryContext context)
{
    static_assert(noexcept(State()));
    auto* const end = static_cast<MemoryContextCallback*>(MemoryContextAlloc(context, sizeof(MemoryContextCallback)));
    auto* const made = new (std::nothrow) State();
    if (made == nullptr)
        raise_out_of_memory();
    end->func = [](void* state) { delete static_cast<State*>(state); };
    end->arg = made;
    MemoryContextRegisterResetCallback(context, end);
    return made;
}

/// What a place in a statement keeps from one call to the next: read policies and patches, and memory.
template<class State>
State& state_of(FunctionCallInfo fcinfo)
{
    auto& kept = fcinfo->flinfo->fn_extra;
    if (kept == nullptr) {
        require_utf8();
        kept = make_in<State>(fcinfo->flinfo->fn_mcxt);
    }
    return *static_cast<State*>(kept);
}

} // namespace store

#endif

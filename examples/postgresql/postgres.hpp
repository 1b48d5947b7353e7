// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_POSTGRES_HPP
#define METAPATCH_POSTGRESQL_POSTGRES_HPP

// What is not PostgreSQL's comes before it: its headers define printf and others as macros, and a type `text`.
#include "../functions/field_changes.hpp"
#include "../functions/field_patch.hpp"
#include "../functions/store_policy.hpp"
#include "../functions/user_functions.hpp"
#include "../functions/violations.hpp"

#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/policy/rules.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
#include <postgres.h> // before all others of PostgreSQL

#include <fmgr.h>
#include <funcapi.h>
#include <miscadmin.h>
#include <utils/builtins.h>
#include <utils/fmgrprotos.h>
#include <utils/jsonb.h>
#include <utils/memutils.h>
}

namespace store {

inline std::string_view view_of(text const* value) noexcept
{
    return {VARDATA_ANY(value), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(value))};
}

} // namespace store

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_QUERY_OPTIONS_HPP
#define METAPATCH_SERVER_QUERY_OPTIONS_HPP

#include "http_message.hpp"
#include "store.hpp"

#include <metapatch/auth0/management/view_user.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// What a query asks for.
struct query_options {
    page_request page{};
    std::vector<std::string_view> fields{};
    bool include = true;

    metapatch::auth0::view_fields view() const noexcept { return {fields, include}; }
};

/// Read a query's `fields` and `include_fields`, and where `lists` also `page`, `per_page`, `include_totals`,
/// `sort=created_at:1` (or `:-1`) and `search_engine`.
///
/// @param options  becomes what it asks for; it refers to the query
/// @param others   parameters that the caller reads
/// @return         what is wrong with it, or nothing. A parameter that is not known is refused: to leave aside what
///                 should narrow a list would give a wrong one
std::optional<response> read_query(named_values const& query, bool lists, query_options& options,
                                   std::string_view others = {});

} // namespace server

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LISTING_HPP
#define METAPATCH_SERVER_LISTING_HPP

#include "store.hpp"

#include <string>
#include <string_view>

namespace server {

/// A page as lists are answered: an array of the documents as they stand; or where totals were asked for, an object
/// around it. Source: OpenAPI, ListUsersOffsetPaginatedResponseContent
///
/// @param named  what the array is called in the object, such as `users`
inline std::string listing(page const& found, page_request const& asked, std::string_view named)
{
    std::string made;
    if (asked.total) {
        made.append(R"({"start":)").append(std::to_string(asked.start));
        made.append(R"(,"limit":)").append(std::to_string(asked.length));
        made.append(R"(,"length":)").append(std::to_string(found.documents.size()));
        made.append(R"(,"total":)").append(std::to_string(found.total));
        made.append(R"(,")").append(named).append("\":");
    }
    made += '[';
    for (bool comma = false; auto const& [id, document] : found.documents) {
        made.append(comma ? "," : "").append(document);
        comma = true;
    }
    made += ']';
    if (asked.total)
        made += '}';
    return made;
}

} // namespace server

#endif

// SPDX-License-Identifier: BSL-1.0
#include "connections.hpp"

#include "secrets.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

namespace server {

void ensure_connection(store& data)
{
    auto const id = "con_" + random_hex(8);
    boost::json::object const document{{"id", id}, {"name", first_connection}, {"strategy", "auth0"}};
    data.change_now([&](store_view& now) -> writes {
        // Asked for by its name first: of two servers that start at once, one waits there.
        if (has_connection(now, first_connection) ||
            !now.list(collection::connections, {.length = 1}).documents.empty())
            return {};
        return {put{collection::connections, id, boost::json::serialize(document)},
                name_as{collection::connections, id, {std::string(first_connection)}}};
    });
}

} // namespace server

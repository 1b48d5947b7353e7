// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_CLIENT_DOCUMENTS_HPP
#define METAPATCH_SERVER_CLIENT_DOCUMENTS_HPP

#include "service.hpp"

#include <string_view>

namespace server {

/// Whether there is a client: the one of the settings, or one that was created.
inline bool has_client(service const& with, std::string_view client_id)
{
    bool found = client_id == with.options.client_id;
    if (!found)
        with.data.read([&](store_view& data) { found = data.find(collection::clients, client_id).has_value(); });
    return found;
}

} // namespace server

#endif

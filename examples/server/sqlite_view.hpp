// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SQLITE_VIEW_HPP
#define METAPATCH_SERVER_SQLITE_VIEW_HPP

#include "store.hpp"

namespace server {

class sqlite_database;

/// What a database of SQLite holds, within the transaction that is open.
class sqlite_view final : public store_view {
public:
    explicit sqlite_view(sqlite_database& database) noexcept : database_(database) {}

    std::optional<std::string> find(collection in, std::string_view id) override;
    std::vector<std::string> find_named(collection in, std::string_view named) override;
    std::optional<std::string> find_secret(collection in, std::string_view id) override;
    page list(collection in, page_request const& wanted) override;

    void apply(writes const& asked);

private:
    void apply(put const& asked);
    void apply(erase const& asked);
    void apply(name_as const& asked);
    void apply(keep_secret const& asked);

    sqlite_database& database_;
};

} // namespace server

#endif

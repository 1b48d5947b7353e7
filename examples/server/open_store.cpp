// SPDX-License-Identifier: BSL-1.0
#include "open_store.hpp"

#include "postgresql_store.hpp"
#include "sqlite_store.hpp"
#include "startup_error.hpp"

namespace server {

std::string without_password(std::string const& address)
{
    auto const at = address.rfind('@');
    auto const host = address.find("//");
    auto const colon = host == std::string::npos ? host : address.find(':', host);
    return at == std::string::npos || colon == std::string::npos || colon > at
               ? address
               : address.substr(0, colon) + address.substr(at);
}

std::unique_ptr<store> open_store(std::string const& address)
{
    constexpr std::string_view sqlite = "sqlite:";
    bool const is_postgresql = address.starts_with("postgresql://") || address.starts_with("postgres://");
    bool const is_memory = address == ":memory:" || address == "sqlite::memory:";
    if (!is_memory && !is_postgresql && (!address.starts_with(sqlite) || address.size() == sqlite.size()))
        throw startup_error(exit_status::usage,
                            "--store: " + address + " is neither sqlite:PATH, postgresql://… nor :memory:");
    try {
        if (is_postgresql)
            return open_postgresql_store(address);
        return std::make_unique<sqlite_store>(is_memory ? ":memory:" : address.substr(sqlite.size()));
    } catch (store_unavailable const& why) {
        throw startup_error(exit_status::unavailable,
                            "cannot open the store " + without_password(address) + ": " + why.what());
    }
}

} // namespace server

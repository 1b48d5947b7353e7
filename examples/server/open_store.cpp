// SPDX-License-Identifier: BSL-1.0
#include "open_store.hpp"

#include "sqlite_store.hpp"
#include "startup_error.hpp"

namespace server {

std::unique_ptr<store> open_store(std::string const& address)
{
    constexpr std::string_view sqlite = "sqlite:";
    bool const is_memory = address == ":memory:" || address == "sqlite::memory:";
    if (!is_memory && (!address.starts_with(sqlite) || address.size() == sqlite.size()))
        throw startup_error(exit_status::usage, "--store: " + address + " is neither sqlite:PATH nor :memory:");
    try {
        return std::make_unique<sqlite_store>(is_memory ? ":memory:" : address.substr(sqlite.size()));
    } catch (store_unavailable const& why) {
        throw startup_error(exit_status::unavailable, "cannot open the store " + address + ": " + why.what());
    }
}

} // namespace server

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_STORE_HPP
#define METAPATCH_SERVER_STORE_HPP

#include <array>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace server {

/// What the server keeps documents of.
enum class collection : std::uint8_t {
    users,
    clients,
    organizations,
    connections,
    custom_domains,
    sessions,
    refresh_tokens,
    agents,
    session_claims, ///< custom claims of identity tokens, by session: GET /userinfo tells them too
    login_tickets,  ///< by the fingerprint of the ticket, as the next ones
    authorization_codes,
};

inline constexpr std::size_t collections = 11;

constexpr std::string_view name(collection which) noexcept
{
    constexpr std::array<std::string_view, collections> names{
        "users",          "clients", "organizations",  "connections",   "custom_domains",     "sessions",
        "refresh_tokens", "agents",  "session_claims", "login_tickets", "authorization_codes"};
    return names[static_cast<std::size_t>(which)];
}

/// The database cannot be used now; what was asked for has not been done.
struct store_unavailable : std::runtime_error {
    using runtime_error::runtime_error;
};

/// Some documents of a collection, in the order in which they were created.
struct page {
    std::vector<std::pair<std::string, std::string>> documents{}; ///< id and text
    std::size_t total = 0;                                        ///< of the collection; 0 where it is not asked for
};

/// Which documents a page has.
struct page_request {
    std::size_t start = 0;
    std::size_t length = 50;
    bool total = false;
    bool newest_first = false;
};

/// What a reader sees: one state of the store.
class store_view {
public:
    virtual ~store_view() = default;

    /// The text of a document, byte for byte as it was put. In a transaction nobody else changes it meanwhile.
    virtual std::optional<std::string> find(collection in, std::string_view id) = 0;

    /// The ids of the documents that bear a name; see `name_as`.
    virtual std::vector<std::string> find_named(collection in, std::string_view named) = 0;

    /// The hash of the secret of a document: of a user's password, of a refresh token.
    virtual std::optional<std::string> find_secret(collection in, std::string_view id) = 0;

    virtual page list(collection in, page_request const& wanted) = 0;
};

/// Create or replace a document.
struct put {
    collection in;
    std::string id;
    std::string document;
};

/// Remove a document, with its names and its secret.
struct erase {
    collection in;
    std::string id;
};

/// Give a document these names, in place of those that it had. Several documents may bear the same.
struct name_as {
    collection in;
    std::string id;
    std::vector<std::string> names;
};

/// Keep the hash of the secret of a document, in place of an earlier one.
struct keep_secret {
    collection in;
    std::string id;
    std::string hash;
};

using write = std::variant<put, erase, name_as, keep_secret>;
using writes = std::vector<write>;

/// What a change reads, and then what it writes. It may be called again where the database wants that, and has no other
/// effect than its own captures.
using transaction = std::function<writes(store_view&)>;

/// Where documents are kept, as texts. Every function may be called from several threads.
class store {
public:
    store() = default;
    store(store const&) = delete;
    store& operator=(store const&) = delete;
    virtual ~store() = default;

    /// Read, within one state of the store.
    /// Exceptions: store_unavailable, and what `what` throws
    virtual void read(std::function<void(store_view&)> const& what) = 0;

    /// Do a change: all of it or nothing, as if alone, for good once this has completed.
    ///
    /// `what` runs on a thread of the store; what it refers to must live until this has completed.
    /// Exceptions: store_unavailable, and what `what` throws; then nothing has changed
    virtual boost::asio::awaitable<void> change(transaction what) = 0;

    /// The same for those who may wait.
    virtual void change_now(transaction what) = 0;
};

} // namespace server

#endif

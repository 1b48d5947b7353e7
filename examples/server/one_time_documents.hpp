// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_ONE_TIME_DOCUMENTS_HPP
#define METAPATCH_SERVER_ONE_TIME_DOCUMENTS_HPP

#include "service.hpp"
#include "store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace server {

/// Keep a document that a secret opens once: a login ticket, an authorization code.
///
/// It is in the store, for of several server processes on one database the next request may reach another one, and of
/// two that show the same secret at once one must fail. There it bears the secret's fingerprint alone. Each that is kept
/// removes old ones whose time is over, so that no more are there than are opened in time.
/// @return  the secret
/// Exceptions: store_unavailable
boost::asio::awaitable<std::string> keep_for_once(service const& with, collection in, boost::json::object document,
                                                  std::chrono::seconds lifetime);

/// The document of a secret, which is gone afterwards; nothing where there is none, or its time is over.
/// Exceptions: store_unavailable
boost::asio::awaitable<std::optional<boost::json::object>> take_once(service const& with, collection in,
                                                                     std::string_view secret);

/// A member of such a document that is a string.
std::string text_in(boost::json::object const& document, std::string_view member);

} // namespace server

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_WITH_STATUS_HPP
#define METAPATCH_SERVER_WITH_STATUS_HPP

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace server {

/// A coroutine that waits with it is given the error code with the result, instead of an exception.
inline constexpr auto with_status = boost::asio::as_tuple(boost::asio::use_awaitable);

} // namespace server

#endif

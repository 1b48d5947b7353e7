// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SERVICE_HPP
#define METAPATCH_SERVER_SERVICE_HPP

#include "event_log.hpp"
#include "login_scripts.hpp"
#include "settings.hpp"
#include "store.hpp"
#include "tokens.hpp"

#include <metapatch/auth0/management/user_rules.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string>
#include <type_traits>

namespace server {

/// What handlers work with.
struct service {
    settings const& options;
    store& data;
    tokens& access;
    metapatch::auth0::user_rules const& users;
    std::string const& client_secret; ///< "" where no client gets tokens by client_credentials
    boost::asio::thread_pool& slow;   ///< for what takes long, such as the hash of a password
    login_scripts* scripts;           ///< nullptr where there are none
    event_log const& log;
};

/// Do something on a thread for which nobody else waits.
template<class Function>
boost::asio::awaitable<std::invoke_result_t<Function>> slowly(service const& with, Function what)
{
    auto work = [](Function does) -> boost::asio::awaitable<std::invoke_result_t<Function>> { co_return does(); };
    co_return co_await boost::asio::co_spawn(with.slow.get_executor(), work(std::move(what)),
                                             boost::asio::use_awaitable);
}

} // namespace server

#endif

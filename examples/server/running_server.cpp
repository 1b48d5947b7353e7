// SPDX-License-Identifier: BSL-1.0
#include "running_server.hpp"

#include "authorize.hpp"
#include "connections.hpp"
#include "listener.hpp"
#include "oauth_token.hpp"
#include "open_store.hpp"
#include "operations.hpp"
#include "published.hpp"
#include "resources.hpp"
#include "secrets.hpp"
#include "seed.hpp"
#include "service.hpp"
#include "signup.hpp"
#include "startup_error.hpp"
#include "userinfo.hpp"
#include "users.hpp"

#include <algorithm>
#include <boost/asio/thread_pool.hpp>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

std::string address_of(settings const& given, asio::ip::tcp::endpoint const& where)
{
    auto const address = where.address();
    std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
    if (address.is_loopback() || address.is_unspecified())
        host = "localhost";
    return (given.tls_certificate.empty() ? "http://" : "https://") + host + ":" + std::to_string(where.port());
}

void complete(settings& given, std::string const& address)
{
    if (given.issuer.empty())
        given.issuer = address;
    if (!given.issuer.ends_with('/'))
        given.issuer += '/'; // as the live service's has
    if (given.audiences.empty())
        given.audiences = {given.issuer + "api/v2/"};
}

std::string client_secret_of(settings const& given)
{
    if (!given.client_secret_file.empty())
        return secret_in_file(given.client_secret_file);
    char const* const secret = std::getenv("METAPATCH_CLIENT_SECRET");
    return secret != nullptr ? secret : "";
}

auth0::user_rules rules_of(settings const& given)
{
    auth0::user_rules rules;
    if (given.documented_permissions)
        rules.permissions = auth0::documented;
    rules.stored = metapatch::stored_text::trusted; // this server wrote it
    return rules;
}

void add_routes(router& to, service const& with)
{
    add_user_routes(to, with); // the most frequent first
    add_user_lists(to, with);
    add_user_creation(to, with);
    add_userinfo(to, with);
    add_oauth_token(to, with);
    add_authorize(to, with);
    add_cross_origin_login(to, with);
    add_logout(to, with);
    add_signup(to, with);
    add_resource_routes(to, with);
    add_published(to, with);
}

/// A descriptor for each connection, as far as the system allows.
void raise_limit_of_descriptors(settings const& given)
{
    constexpr rlim_t others = 64;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    auto const wanted = std::min<rlim_t>(given.max_connections + others, limit.rlim_max);
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = wanted;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

void seed_all(settings const& given, store& data)
{
    for (auto const& file : given.seeds) {
        auto const counts = seed(data, file);
        std::cout << "seeded " << counts.created << " users from " << file << "; " << counts.there_already
                  << " were there already, " << counts.without_password << " have no password that is known here\n";
    }
}

void say_where(settings const& given, tokens const& access, std::string const& secret, std::string const& address,
               bool is_loopback)
{
    std::cout << "metapatch-server listens on " << address
              << (is_loopback ? ", for this machine alone (--host for others)" : ", for other machines too") << '\n'
              << "issuer " << given.issuer << ", audience " << given.audiences.front() << ", store "
              << without_password(given.store) << '\n';
    if (access.keys().is_of_this_process)
        std::cout << "the signing key is of this process alone: tokens end with it (--signing-key for another)\n";
    if (secret.empty())
        std::cout << "the client " << given.client_id << " has no secret, and gets no tokens by client_credentials\n";
    std::cout.flush();
}

} // namespace

void run(settings given)
{
    if (given.threads == 0)
        given.threads = std::max(1U, std::thread::hardware_concurrency());
    auto on = std::make_unique<io_threads>(given.threads);
    auto acceptor = std::make_unique<asio::ip::tcp::acceptor>(listen(on->first(), given));
    auto tls = load_certificate(given);
    auto const address = address_of(given, acceptor->local_endpoint());
    complete(given, address);
    raise_limit_of_descriptors(given);

    auto data = open_store(given.store);
    ensure_connection(*data);
    seed_all(given, *data);

    auto const secret = client_secret_of(given);
    auto const rules = rules_of(given);
    tokens access(load_signing_keys(given), given.issuer, given.audiences, given.signs_with_hs256);
    asio::thread_pool slow(given.threads);
    std::optional<login_scripts> scripts;
    if (!given.rules.empty() || !given.actions.empty())
        scripts.emplace(given);
    event_log const log(given.logs_requests);
    service const shared{given, *data, access, rules, secret, slow, scripts ? &*scripts : nullptr, log};
    router routes;
    std::unique_ptr<metrics> counts;
    add_routes(routes, shared);
    add_operations(routes, *data, counts);
    counts = std::make_unique<metrics>(routes);
    rate_limit limit(given.rate_limit, given.rate_limit_span);
    dispatcher const requests(routes, *counts, cors(given.cors_origins), limit, log);
    open_connections open;
    connection_context const with{given, requests, open, counts->connections(), tls ? &*tls : nullptr};

    accept_until_stopped(*on, *acceptor, with, log);
    if (scripts)
        std::cout << "at each login run Rules: " << scripts->rules() << ", Actions: " << scripts->actions() << '\n';
    say_where(given, access, secret, address, acceptor->local_endpoint().address().is_loopback());
    on->run();

    // Nobody serves any more. What is still written ends first, then what waits for it, then what that refers to.
    if (scripts) {
        scripts->stop();
        scripts->threads().join();
    }
    slow.join();
    data.reset();
    acceptor.reset();
    on.reset();
}

} // namespace server

// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"

#include "startup_error.hpp"
#include "url.hpp"

#include <metapatch/version.hpp>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

namespace server {

namespace {

constexpr char const* description = "A server with the endpoints of Auth0 that keep metadata: the Management API, "
                                    "sign-ups, tokens and user information.\n"
                                    "It listens to this machine alone unless --host says otherwise. SIGTERM stops it "
                                    "when what it was asked is answered.";

constexpr char const* environment =
    "Environment:\n"
    "  METAPATCH_CLIENT_SECRET  the secret of the client, where no --client-secret-file is given\n"
    "Exit status: 0 stopped, 2 a wrong option, key or file, 3 the port is taken or the store cannot be reached";

void add_network(CLI::App& app, settings& to)
{
    auto* const group = app.add_option_group("Network");
    group->add_option("--host", to.host, "Address to listen on; 0.0.0.0 is every network of this machine")
        ->capture_default_str();
    group->add_option("--port", to.port, "Port; 0 takes any that is free, and says which")->capture_default_str();
    auto* const certificate = group->add_option("--tls-cert", to.tls_certificate, "Certificate chain (PEM): https");
    auto* const key = group->add_option("--tls-key", to.tls_key, "Private key of the certificate (PEM)");
    certificate->needs(key);
    key->needs(certificate);
    group->add_option("--cors-origin", to.cors_origins, "Origin whose pages may call; may be repeated (default: all)");
    group->add_option("--threads", to.threads, "Threads (default: one for each processor)");
}

void add_store(CLI::App& app, settings& to)
{
    auto* const group = app.add_option_group("Store");
    group
        ->add_option("--store", to.store,
                     "sqlite:PATH, postgresql://USER@HOST/DATABASE, or :memory: which ends with the server")
        ->capture_default_str();
    group->add_option(
        "--seed", to.seeds,
        "Users to begin with: an import file or an export of Auth0, gzipped or not; may be repeated. Users"
        " that are there already stay as they are");
}

void add_address(CLI::Option_group& group, char const* option, std::vector<std::string>& to, char const* what)
{
    group.add_option(option, to, what)->check([](std::string const& given) {
        return is_safe_address(given) ? "" : "no address that a browser can be sent to, such as https://example.com/in";
    });
}

void add_tokens(CLI::App& app, settings& to)
{
    auto* const group = app.add_option_group("Tokens");
    group->add_option("--issuer", to.issuer, "The claim iss (default: the address of this server, with a slash)");
    group->add_option("--audience", to.audiences, "API that tokens are for; may be repeated (default: ISSUERapi/v2/)");
    group->add_option("--signing-key", to.signing_key,
                      "RSA private key (PEM) for RS256 (default: a new one each start)");
    auto* const secret =
        group->add_option("--hs256-secret-file", to.hs256_secret_file, "Accept HS256 by this secret too");
    group->add_flag("--sign-with-hs256", to.signs_with_hs256, "Issue tokens by HS256")->needs(secret);
    group
        ->add_option_function<std::int64_t>(
            "--token-lifetime", [&to](std::int64_t seconds) { to.token_lifetime = std::chrono::seconds(seconds); },
            "Seconds that tokens are valid (default: 86400)")
        ->check(CLI::Range(1, 10 * 365 * 86'400));
    group->add_option("--client-id", to.client_id, "Client that gets tokens by client_credentials")
        ->capture_default_str();
    group->add_option("--client-secret-file", to.client_secret_file, "Its secret; without one it gets no tokens");
    add_address(*group, "--callback", to.callbacks,
                "Address of a page that users of that client log in for; may be repeated. Other clients have theirs in"
                " their documents (callbacks)");
    add_address(*group, "--logout-url", to.logout_urls,
                "Address that a logout of that client may end at; may be repeated (others: allowed_logout_urls)");
    group->add_flag("--password-grant", to.grants_by_password, "Issue tokens for users by their passwords, for tests");
    group->add_flag("--documented-permissions", to.documented_permissions,
                    "Permissions of users as Auth0's documentation has them, not as the service enforces them");
}

void add_seconds(CLI::Option_group& group, char const* option, std::chrono::seconds& to_set, char const* what)
{
    group
        .add_option_function<std::int64_t>(
            option, [&to_set](std::int64_t given) { to_set = std::chrono::seconds(given); },
            what + (" (seconds, default: " + std::to_string(to_set.count()) + ")"))
        ->check(CLI::Range(1, 86'400));
}

void add_scripts(CLI::App& app, settings& to)
{
    auto* const group = app.add_option_group("Rules and Actions, which Node.js runs when a user gets tokens");
    group->add_option("--rules", to.rules, "Folder of Rules, *.js, run in the order of their names");
    group->add_option("--actions", to.actions, "Folder of post-login Actions, *.js, run after the Rules");
    add_seconds(*group, "--script-timeout", to.script_timeout, "For all Rules and Actions of a login");
}

void add_limits(CLI::App& app, settings& to)
{
    auto* const group = app.add_option_group("Limits");
    group->add_option("--max-body", to.max_body_bytes, "Bytes of a body")->capture_default_str();
    group->add_option("--max-header", to.max_header_bytes, "Bytes of a head")->capture_default_str();
    group->add_option("--max-connections", to.max_connections, "Connections at once")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    group
        ->add_option("--rate-limit", to.rate_limit,
                     "Requests to the Management API in each span of time (default: any)")
        ->check(CLI::PositiveNumber);
    add_seconds(*group, "--rate-limit-span", to.rate_limit_span, "What a span is");
    add_seconds(*group, "--request-timeout", to.request_timeout, "For each of a head, a body and an answer");
    add_seconds(*group, "--idle-timeout", to.idle_timeout, "For a connection without a request");
    add_seconds(*group, "--stop-timeout", to.stop_timeout, "For what is being answered at the end");
    group->add_flag_callback(
        "--no-access-log", [&to] { to.logs_requests = false; }, "Log errors alone");
}

} // namespace

std::optional<settings> read_command_line(int argc, char const* const* argv)
{
    settings made;
    CLI::App app(description, "metapatch-server");
    app.set_version_flag("--version", "metapatch-server " + std::string(metapatch::version));
    app.footer(environment);
    add_network(app, made);
    add_store(app, made);
    add_tokens(app, made);
    add_scripts(app, made);
    add_limits(app, made);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& event) {
        if (event.get_exit_code() == 0) {
            app.exit(event, std::cout, std::cerr);
            return std::nullopt;
        }
        throw startup_error(exit_status::usage, event.what());
    }
    return made;
}

} // namespace server

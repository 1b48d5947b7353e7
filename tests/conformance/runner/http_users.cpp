// SPDX-License-Identifier: BSL-1.0
#include "http_users.hpp"

#include "interruption.hpp"
#include "readable.hpp"
#include "string_member.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

namespace metapatch::conformance {

namespace {

using clock = std::chrono::steady_clock;

constexpr int most_tries = 8;
constexpr std::int64_t most_seconds = 120; // that a server can make it wait at once

std::string random_digits()
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::random_device source;
    std::string made;
    for (int i = 0; i < 16; ++i)
        made += digits[source() % 16];
    return made;
}

/// Of a path segment: ids hold a `|`.
std::string percent_encoded(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string made;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain)
            made += c;
        else
            made.append({'%', digits[byte >> 4U], digits[byte & 0xFU]});
    }
    return made;
}

/// A header that is a whole number; -1 where it is none.
std::int64_t number_in(http_response const& response, char const* header)
{
    auto const text = response.header(header);
    std::int64_t number = -1;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? number : -1;
}

/// How long the server wants us to wait; nothing where it does not say.
std::int64_t seconds_asked_for(http_response const& response)
{
    if (auto const seconds = number_in(response, "retry-after"); seconds >= 0)
        return std::min(seconds, most_seconds);
    auto const reset = number_in(response, "x-ratelimit-reset");
    auto const now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    return reset < 0 ? -1 : std::clamp<std::int64_t>(reset - now.count() + 1, 0, most_seconds);
}

std::string member(std::string const& text, char const* name)
{
    boost::system::error_code error;
    auto const read = boost::json::parse(text, error);
    return !error && read.is_object() ? string_member(read.get_object(), name) : std::string();
}

} // namespace

http_users::http_users(http_client& client, std::string connection, double requests_per_second)
    : client_(client), connection_(std::move(connection)),
      pause_(std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(1 / requests_per_second))),
      run_(random_digits())
{
}

http_users::~http_users()
{
    try {
        for (auto const& each : remove_all())
            std::fprintf(stderr, "metapatch-conformance: %s\n", each.c_str());
    } catch (std::exception const& wrong) {
        std::fprintf(stderr, "metapatch-conformance: its users could not be deleted: %s\n", wrong.what());
    }
}

void http_users::wait_until(clock::time_point then, bool cleaning)
{
    while (clock::now() < then) {
        if (cleaning ? is_interrupted_again() : is_interrupted())
            throw interrupted();
        auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(then - clock::now()).count();
        if (is_interrupted() && says_that_it_waits_ && seconds > 1) {
            says_that_it_waits_ = false;
            std::fprintf(stderr,
                         "metapatch-conformance: interrupted; what it has created is deleted in %lld seconds, when the "
                         "server takes requests again; a second interrupt leaves it there\n",
                         static_cast<long long>(seconds));
        }
        std::this_thread::sleep_for(std::min<clock::duration>(then - clock::now(), std::chrono::milliseconds(100)));
    }
}

http_response http_users::send(http_request const& request, bool cleaning)
{
    for (int tries = 1;; ++tries) {
        wait_until(next_, cleaning);
        ++requests_;
        auto response = client_.send(request, cleaning || request.method == "POST");
        next_ = clock::now() + pause_;
        auto const asked_for = seconds_asked_for(response);
        if (response.status == 429) {
            if (tries == most_tries)
                throw http_error("the server says again and again that there are too many requests");
            // Where it does not say how long: 1, 2, 4 … seconds.
            auto const seconds = asked_for >= 0 ? std::max<std::int64_t>(asked_for, 1) : std::int64_t{1} << (tries - 1);
            next_ = clock::now() + std::chrono::seconds(seconds);
            continue;
        }
        if (number_in(response, "x-ratelimit-remaining") == 0 && asked_for > 0)
            next_ = std::max(next_, clock::now() + std::chrono::seconds(asked_for));
        return response;
    }
}

http_response http_users::send_to(std::string const& id, std::string method, std::string body, bool cleaning)
{
    if (!own_.contains(id))
        throw std::logic_error("a request to a user that is not of this run");
    return send({std::move(method), "/api/v2/users/" + percent_encoded(id), std::move(body)}, cleaning);
}

std::string http_users::create()
{
    auto const email = std::string(user_prefix) + run_ + "-" + std::to_string(++created_) + "@example.com";
    boost::json::object user{
        {"connection", connection_}, {"email", email},        {"password", "Aa1!" + random_digits() + random_digits()},
        {"email_verified", true},    {"verify_email", false}, {"app_metadata", {{"metapatch_conformance", run_}}}};
    in_doubt_.push_back(email);
    http_response response;
    try {
        response = send({"POST", "/api/v2/users", boost::json::serialize(user)});
    } catch (lost_answer const&) {
        throw;
    } catch (std::exception const&) {
        if (!is_interrupted_again())
            in_doubt_.pop_back(); // it was not sent
        throw;
    }
    auto const id = member(response.body, "user_id");
    if (response.status / 100 == 4 || (!id.empty() && member(response.body, "email") == email))
        in_doubt_.pop_back();
    // What is not certainly ours is left alone.
    if (response.status != 201 || id.empty() || member(response.body, "email") != email)
        throw http_error("no user could be created: " + std::to_string(response.status) + " " +
                         shortened(response.body));
    own_.insert(id);
    return id;
}

http_response http_users::get(std::string const& id)
{
    return send_to(id, "GET", {});
}

http_response http_users::patch(std::string const& id, std::string body)
{
    return send_to(id, "PATCH", std::move(body));
}

void http_users::remove(std::string const& id)
{
    auto const response = send_to(id, "DELETE", {}, true);
    if (response.status / 100 != 2)
        throw http_error(std::to_string(response.status) + " " + shortened(response.body));
    own_.erase(id);
}

std::vector<std::string> http_users::remove_all()
{
    std::vector<std::string> failed;
    for (auto const& id : std::exchange(own_, {})) { // none is tried for ever
        try {
            own_.insert(id);
            remove(id);
        } catch (std::exception const& error) { // http_error or interrupted
            own_.erase(id);
            failed.push_back("the user " + id + " could not be deleted, and is left to you: " + error.what());
        }
    }
    for (auto const& email : std::exchange(in_doubt_, {}))
        failed.push_back("whether the server has created the user " + email + " is not known, and left to you");
    return failed;
}

} // namespace metapatch::conformance

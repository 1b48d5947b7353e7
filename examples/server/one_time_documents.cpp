// SPDX-License-Identifier: BSL-1.0
#include "one_time_documents.hpp"

#include "clock.hpp"
#include "secrets.hpp"

#include <metapatch/json/text.hpp>

#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t removed_at_once = 8; // more than one, so that what a busy hour has left goes away

bool is_over(json::object const& document)
{
    auto const* const expires = document.if_contains("expires");
    return expires == nullptr || !expires->is_int64() || expires->get_int64() <= seconds_now();
}

json::object read_kept(std::string_view text)
{
    auto read = metapatch::read_state(text);
    return read && *read ? **std::move(read) : json::object();
}

/// The oldest ones whose time is over, to be removed.
writes to_remove_old(service const& with, collection in)
{
    page oldest;
    with.data.read([&](store_view& data) { oldest = data.list(in, {.length = removed_at_once}); });
    writes made;
    for (auto const& [id, text] : oldest.documents)
        if (is_over(read_kept(text)))
            made.push_back(erase{in, id});
    return made;
}

} // namespace

asio::awaitable<std::string> keep_for_once(service const& with, collection in, json::object document,
                                           std::chrono::seconds lifetime)
{
    auto const secret = random_hex(secret_bytes);
    document["expires"] = seconds_now() + lifetime.count();
    auto made = to_remove_old(with, in);
    made.push_back(put{in, hashed_secret(secret), json::serialize(document)});
    co_await with.data.change([&](store_view&) { return made; });
    co_return secret;
}

asio::awaitable<std::optional<json::object>> take_once(service const& with, collection in, std::string_view secret)
{
    auto const id = hashed_secret(secret);
    std::optional<std::string> found;
    co_await with.data.change([&](store_view& data) -> writes {
        found = data.find(in, id);
        return found ? writes{erase{in, id}} : writes();
    });
    auto document = found ? read_kept(*found) : json::object();
    if (is_over(document))
        co_return std::nullopt;
    co_return std::optional<json::object>(std::move(document));
}

std::string text_in(json::object const& document, std::string_view member)
{
    auto const* const value = document.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace server

// SPDX-License-Identifier: BSL-1.0
#include "event_log.hpp"

#include "clock.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdio>
#include <string>

namespace server {

namespace json = boost::json;

namespace {

/// A text as a string of JSON has it. What a client has sent need not be UTF-8.
json::string printable(std::string_view text)
{
    constexpr std::size_t most = 1'000;
    text = text.substr(0, most);
    json::string made;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        made += byte < 0x20 || byte >= 0x7F ? '?' : c;
    }
    return made;
}

void write_line(json::object const& event)
{
    auto const line = json::serialize(event) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr); // one call: lines of several threads do not mix
}

} // namespace

void event_log::request(answered_request const& what) const
{
    if (!with_requests_)
        return;
    write_line({{"time", text_now()},
                {"event", "request"},
                {"peer", what.peer},
                {"method", printable(what.method)},
                {"path", printable(what.path)},
                {"status", what.status},
                {"request_bytes", what.request_bytes},
                {"response_bytes", what.response_bytes},
                {"microseconds", std::llround(what.seconds * 1e6)}});
}

void event_log::fault(std::string_view id, std::string_view method, std::string_view path, std::string_view why) const
{
    write_line({{"time", text_now()},
                {"event", "fault"},
                {"id", id},
                {"method", printable(method)},
                {"path", printable(path)},
                {"why", printable(why)}});
}

void event_log::note(std::string_view message) const
{
    write_line({{"time", text_now()}, {"event", "note"}, {"message", printable(message)}});
}

} // namespace server

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_CLOCK_HPP
#define METAPATCH_SERVER_CLOCK_HPP

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>

namespace server {

inline std::int64_t seconds_now()
{
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

/// The time, as documents and the log have it: `2026-11-22T10:00:00.000Z`.
inline std::string text_now()
{
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    auto const milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    auto const seconds = static_cast<std::time_t>(milliseconds / 1'000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[sizeof("2026-11-22T10:00:00")];
    std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
    auto const fraction = std::to_string(1'000 + milliseconds % 1'000);
    return std::string(text) + "." + fraction.substr(1) + "Z";
}

} // namespace server

#endif

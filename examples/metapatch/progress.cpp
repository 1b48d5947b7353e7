// SPDX-License-Identifier: BSL-1.0
#include "progress.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>

namespace tool {

progress::progress(bool shown, std::optional<std::uint64_t> total_bytes) : shown_(shown), total_bytes_(total_bytes) {}

double progress::seconds() const
{
    return std::chrono::duration<double>(clock::now() - start_).count();
}

void progress::maybe_draw(std::uint64_t lines, std::uint64_t bytes)
{
    auto const now = clock::now();
    if (now - last_ < std::chrono::milliseconds(100))
        return;
    last_ = now;
    std::string text = "\r\x1b[K";
    if (total_bytes_ && *total_bytes_ > 0) {
        constexpr std::size_t width = 30;
        auto const part = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(*total_bytes_));
        std::string bar(static_cast<std::size_t>(part * width), '#');
        bar.resize(width, '.');
        text += "[" + bar + "] " + std::to_string(static_cast<int>(part * 100)) + "%  ";
    }
    auto const rate = static_cast<double>(lines) / std::max(seconds(), 1e-9);
    text += grouped(lines) + " lines, " + grouped(static_cast<std::uint64_t>(rate)) + "/s";
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

void progress::clear()
{
    if (!drawn_)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    drawn_ = false;
}

std::string grouped(std::uint64_t number)
{
    auto const digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

} // namespace tool

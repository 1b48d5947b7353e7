// SPDX-License-Identifier: BSL-1.0
#include "progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

namespace metapatch::conformance {

void progress::at(std::size_t done, std::size_t wrong)
{
    auto const now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(100))
        return;
    last_ = now;
    constexpr std::size_t width = 30;
    std::string bar(total_ == 0 ? 0 : std::min(width, done * width / total_), '#');
    bar.resize(width, '.');
    auto const text = "\r\x1b[K[" + bar + "] " + std::to_string(done) + " of " + std::to_string(total_) +
                      (wrong > 0 ? ", " + std::to_string(wrong) + " wrong" : "");
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

} // namespace metapatch::conformance

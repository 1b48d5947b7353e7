// SPDX-License-Identifier: BSL-1.0
#include "input_window.hpp"

#include <cstring>
#include <utility>

namespace tool {

input_window::input_window(std::string const& path)
    : source_(path), capacity_(std::size_t{1} << 20), buffer_(std::make_unique_for_overwrite<char[]>(capacity_))
{
}

bool input_window::read_more()
{
    if (at_end_)
        return false;
    auto const kept = end_ - begin_;
    if (kept > capacity_ / 2) {
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_ * 2);
        std::memcpy(larger.get(), buffer_.get() + begin_, kept);
        buffer_ = std::move(larger);
        capacity_ *= 2;
    } else if (begin_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, kept);
    }
    begin_ = 0;
    auto const got = source_.read(buffer_.get() + kept, capacity_ - kept);
    end_ = kept + got;
    at_end_ = got == 0;
    return !at_end_;
}

void input_window::want(std::size_t size)
{
    while (bytes().size() < size && read_more()) {
    }
}

} // namespace tool

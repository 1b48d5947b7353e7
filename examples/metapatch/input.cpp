// SPDX-License-Identifier: BSL-1.0
#include "input.hpp"

#include "errors.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tool {

namespace {

constexpr std::string_view white_space = " \t\r\n";

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

} // namespace

bool is_literal(std::string_view argument)
{
    auto const text = trimmed(argument);
    if (text.empty())
        return false;
    return text.front() == '{' || text.front() == '[' || text.front() == '"' || text == "null" || text == "true" ||
           text == "false";
}

bool is_null(std::string_view text)
{
    return trimmed(text) == "null";
}

bool join_lines(std::string& json)
{
    bool found = false;
    for (char const ending : {'\n', '\r'}) {
        for (auto at = json.find(ending); at != std::string::npos; at = json.find(ending, at + 1)) {
            json[at] = ' '; // In valid JSON it is white space, never part of a string.
            found = true;
        }
    }
    return found;
}

std::string read_argument(std::string const& argument)
{
    if (is_literal(argument))
        return argument;
    source from(argument);
    std::string text;
    std::size_t used = 0;
    for (;;) {
        text.resize(std::max<std::size_t>(used * 2, std::size_t{1} << 16));
        auto const got = from.read(text.data() + used, text.size() - used);
        used += got;
        if (got == 0) {
            text.resize(used);
            return text;
        }
    }
}

source::source(std::string const& path)
    : descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      name_(path == "-" ? "standard input" : path)
{
    if (descriptor_ < 0)
        throw io_error("cannot read " + name_ + ": " + std::generic_category().message(errno));
}

source::~source()
{
    ::close(descriptor_);
}

std::size_t source::read(char* into, std::size_t size)
{
    for (;;) {
        auto const got = ::read(descriptor_, into, size);
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno == EAGAIN) {
            pollfd ready{descriptor_, POLLIN, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            throw io_error("cannot read " + name_ + ": " + std::generic_category().message(errno));
        }
    }
}

std::optional<std::uint64_t> source::size() const
{
    struct stat facts {};
    if (::fstat(descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode))
        return std::nullopt;
    return static_cast<std::uint64_t>(facts.st_size);
}

line_reader::line_reader(std::string const& path)
    : source_(path), capacity_(std::size_t{1} << 20), buffer_(std::make_unique_for_overwrite<char[]>(capacity_))
{
}

std::optional<line> line_reader::next()
{
    std::size_t searched = 0; // no byte is searched twice, however long the line
    for (;;) {
        auto const* const from = buffer_.get() + begin_;
        auto const available = end_ - begin_;
        auto const* const newline =
            available == searched ? nullptr : std::memchr(from + searched, '\n', available - searched);
        if (newline != nullptr) {
            auto const length = static_cast<std::size_t>(static_cast<char const*>(newline) - from);
            bool const carriage_return = length > 0 && from[length - 1] == '\r';
            return carriage_return ? take(length - 1, 2) : take(length, 1);
        }
        if (at_end_) {
            if (available == 0)
                return std::nullopt;
            return take(available, 0);
        }
        searched = available;
        fill();
    }
}

line line_reader::take(std::size_t length, std::size_t end_length)
{
    std::string_view const whole(buffer_.get() + begin_, length + end_length);
    begin_ += whole.size();
    bytes_ += whole.size();
    return {whole.substr(0, length), whole.substr(length)};
}

void line_reader::fill()
{
    auto const kept = end_ - begin_;
    if (kept == capacity_) {
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
}

} // namespace tool

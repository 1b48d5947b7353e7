// SPDX-License-Identifier: BSL-1.0
#include "source.hpp"

#include "errors.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>

namespace tool {

bool is_same_file(struct stat const& one, struct stat const& other)
{
    return S_ISREG(one.st_mode) && S_ISREG(other.st_mode) && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

source::source(std::string const& path)
    : descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      name_(path == "-" ? "standard input" : path)
{
    if (descriptor_ < 0)
        throw io_error("cannot read " + name_ + ": " + std::generic_category().message(errno));
    struct stat output {};
    if (::fstat(STDOUT_FILENO, &output) == 0 && is_same_file(facts(), output))
        throw usage_error(name_ + " is read, and standard output goes there too: a shell empties such a file before "
                                  "anything is read; write to another file, or give --batch with --in-place");
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
    auto const known = facts();
    return S_ISREG(known.st_mode) ? std::optional(static_cast<std::uint64_t>(known.st_size)) : std::nullopt;
}

struct stat source::facts() const
{
    struct stat known {};
    if (::fstat(descriptor_, &known) != 0)
        throw io_error("cannot read " + name_ + ": " + std::generic_category().message(errno));
    return known;
}

} // namespace tool

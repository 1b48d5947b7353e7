// SPDX-License-Identifier: BSL-1.0
#include "writer.hpp"

#include "errors.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tool {

writer::writer(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name))
{
    buffer_.reserve(capacity);
}

writer writer::to_file(std::string const& path)
{
    int const descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        throw io_error("cannot write " + path + ": " + std::generic_category().message(errno));
    return {descriptor, path};
}

writer writer::to_standard_output()
{
    return {STDOUT_FILENO, "standard output"};
}

writer::writer(writer&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)),
      buffer_(std::move(other.buffer_)), held_(other.held_)
{
}

writer::~writer()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void writer::flush()
{
    write_through(buffer_);
    buffer_.clear();
}

void writer::finish(durability wanted)
{
    flush();
    if (wanted == durability::on_disk && ::fsync(descriptor_) != 0)
        fail(errno);
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR)
        fail(errno);
}

void writer::write_through(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd ready{descriptor_, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            fail(errno);
        }
    }
}

void writer::fail(int reason) const
{
    auto const words = "cannot write " + name_ + ": " + std::generic_category().message(reason);
    if (reason == EPIPE && descriptor_ == STDOUT_FILENO)
        throw reader_gone(words);
    throw io_error(words);
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "file_replacement.hpp"

#include "errors.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tool {

namespace {

[[noreturn]] void fail(std::string const& path, int reason)
{
    throw io_error("cannot replace " + path + ": " + std::generic_category().message(reason));
}

std::string target_of(std::string const& path)
{
    std::error_code failed;
    auto const target = std::filesystem::canonical(path, failed);
    if (failed)
        fail(path, failed.value());
    if (!std::filesystem::is_regular_file(target, failed))
        throw usage_error("--in-place: " + path + " is no regular file");
    return target.string();
}

} // namespace

file_replacement::file_replacement(std::string const& path)
    : path_(target_of(path)), temporary_(path_), out_(prepared(), path_)
{
}

int file_replacement::prepared()
{
    int const descriptor = temporary_.descriptor();
    if (descriptor < 0)
        fail(path_, errno);
    struct stat known {};
    bool const is_known = ::stat(path_.c_str(), &known) == 0;
    // Who is not root may keep the owner alone; then the group stays the caller's.
    if (is_known && ::fchown(descriptor, known.st_uid, known.st_gid) != 0)
        static_cast<void>(::fchown(descriptor, static_cast<uid_t>(-1), known.st_gid) == 0);
    if (!is_known || ::fchmod(descriptor, known.st_mode & 07777U) != 0) {
        int const reason = errno;
        ::close(descriptor);
        fail(path_, reason);
    }
    return descriptor;
}

void file_replacement::finish()
{
    out_.finish(durability::on_disk);
}

void file_replacement::take_place()
{
    if (!temporary_.rename_to(path_))
        fail(path_, errno);
    // The name is on the disk once its folder is. Where a file system has no such promise, the content is there anyway.
    auto const folder = std::filesystem::path(path_).parent_path();
    int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

} // namespace tool

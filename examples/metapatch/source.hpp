// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_SOURCE_HPP
#define METAPATCH_TOOL_SOURCE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/stat.h>

namespace tool {

/// Whether two descriptors are of one regular file, by whatever names.
bool is_same_file(struct stat const& one, struct stat const& other);

/// The file descriptor of a file or of standard input (`-`). What cannot be read is an `io_error`, and what the results
/// would overwrite a `usage_error`.
class source {
public:
    explicit source(std::string const& path);
    source(source const&) = delete;
    source& operator=(source const&) = delete;
    ~source();

    /// Read up to `size` bytes; 0 is the end.
    std::size_t read(char* into, std::size_t size);

    /// How many bytes a regular file has; nothing for what only streams.
    std::optional<std::uint64_t> size() const;

    /// What the system knows of the file.
    struct stat facts() const;

    /// What messages call it.
    std::string const& name() const noexcept { return name_; }

private:
    int descriptor_;
    std::string name_;
};

} // namespace tool

#endif

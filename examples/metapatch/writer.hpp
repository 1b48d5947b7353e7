// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_WRITER_HPP
#define METAPATCH_TOOL_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// How far what is written has come when it is finished.
enum class durability : std::uint8_t { with_system, on_disk };

/// Buffered output to a file descriptor that lets no failed write pass: each is an `io_error`.
///
/// Standard streams are not used for results: they lose the reason of a failure, and a full disk may show up only in
/// their destructor, after the exit status is decided.
class writer {
public:
    /// @param name  what messages call it
    writer(int descriptor, std::string name);

    /// Create or truncate a file.
    static writer to_file(std::string const& path);

    static writer to_standard_output();

    writer(writer&& other) noexcept;
    writer(writer const&) = delete;
    writer& operator=(writer const&) = delete;
    writer& operator=(writer&&) = delete;

    /// Closes; what is still buffered is lost, so call `finish` where all went well.
    ~writer();

    void write(std::string_view bytes)
    {
        if (buffer_.size() + bytes.size() > capacity && !held_)
            flush();
        if (bytes.size() > capacity && !held_)
            write_through(bytes);
        else
            buffer_ += bytes;
    }

    /// Keep all that is written back, until it is known that it is to be written.
    void hold() noexcept { held_ = true; }
    void release() noexcept { held_ = false; }

    void flush();

    /// Flush and close, so that an error that the system reports late is not lost.
    void finish(durability wanted = durability::with_system);

private:
    static constexpr std::size_t capacity = std::size_t{1} << 20;

    void write_through(std::string_view bytes);
    [[noreturn]] void fail(int reason) const;

    int descriptor_;
    std::string name_;
    std::string buffer_;
    bool held_ = false;
};

} // namespace tool

#endif

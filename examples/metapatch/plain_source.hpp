// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PLAIN_SOURCE_HPP
#define METAPATCH_TOOL_PLAIN_SOURCE_HPP

#include "decoder.hpp"
#include "source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// The bytes that an input means: its own, or where it begins as gzip or zstd does, what is compressed in it.
class plain_source {
public:
    explicit plain_source(std::string const& path) : source_(path) {}

    /// Read up to `size` bytes, at least 4; 0 is the end, or `damage`. Throws `io_error` where the tool was built without
    /// the library that it takes.
    std::size_t read(char* into, std::size_t size);

    /// The name of the format; "" where it is none. Known once something was read.
    std::string_view compression() const noexcept { return compression_; }

    /// Why the bytes end where they do, where that is too early.
    std::optional<std::string> const& damage() const noexcept { return damage_; }

    /// How many bytes of the input itself were read, and how many it has, where that is known.
    std::uint64_t bytes_read() const noexcept { return bytes_read_; }
    std::optional<std::uint64_t> total_bytes() const { return source_.size(); }

    std::string const& name() const noexcept { return source_.name(); }
    source const& origin() const noexcept { return source_; }

private:
    std::size_t read_origin(char* into, std::size_t size);
    std::size_t begin(char* into, std::size_t size);
    std::size_t decode(char* into, std::size_t size);

    source source_;
    bool has_begun_ = false;
    std::string_view compression_;
    std::unique_ptr<decoder> decoder_;
    std::vector<char> compressed_;
    std::string_view left_; ///< of those
    std::optional<std::string> damage_;
    std::uint64_t bytes_read_ = 0;
};

} // namespace tool

#endif

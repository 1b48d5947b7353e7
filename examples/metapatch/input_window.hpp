// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_INPUT_WINDOW_HPP
#define METAPATCH_TOOL_INPUT_WINDOW_HPP

#include "plain_source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tool {

/// What is known of an input and not used yet: a buffer that grows to what is needed at once, and no further.
class input_window {
public:
    explicit input_window(std::string const& path);

    /// The bytes that were read and not dropped; they stay where they are until `read_more`.
    std::string_view bytes() const noexcept { return {buffer_.get() + begin_, end_ - begin_}; }

    /// @return  whether there is more than before; there is not at the end alone
    bool read_more();

    /// Have at least so many bytes, unless the input ends before that.
    void want(std::size_t size);

    void drop(std::size_t size) noexcept
    {
        begin_ += size;
        dropped_ += size;
    }

    /// How many bytes were dropped.
    std::uint64_t dropped() const noexcept { return dropped_; }

    plain_source const& origin() const noexcept { return source_; }

private:
    plain_source source_;
    std::size_t capacity_;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool at_end_ = false;
    std::uint64_t dropped_ = 0;
};

} // namespace tool

#endif

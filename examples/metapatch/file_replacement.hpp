// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_FILE_REPLACEMENT_HPP
#define METAPATCH_TOOL_FILE_REPLACEMENT_HPP

#include "temporary_file.hpp"
#include "writer.hpp"

#include <string>

namespace tool {

/// New content for a file, which takes the place of the old one at once, and whole, or not at all.
///
/// It is written to a temporary file beside it, with the same mode, and renamed over it; what did not take its place is
/// gone. A symbolic link stays one: what
/// it leads to is replaced. What cannot be done is an `io_error`.
class file_replacement {
public:
    explicit file_replacement(std::string const& path);
    file_replacement(file_replacement const&) = delete;
    file_replacement& operator=(file_replacement const&) = delete;

    writer& out() noexcept { return out_; }

    /// All is written: bring it to the disk.
    void finish();

    /// Let it take its place. Once `finish` was called.
    void take_place();

private:
    int prepared();

    std::string path_;
    temporary_file temporary_;
    writer out_;
};

} // namespace tool

#endif

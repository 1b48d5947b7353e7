// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_TEMPORARY_FILE_HPP
#define METAPATCH_TOOL_TEMPORARY_FILE_HPP

#include <string>

namespace tool {

/// A file that is gone when the program ends, by a signal too, unless it was renamed.
class temporary_file {
public:
    /// @param beside  the path of the file that it stands beside, with a name of its own
    explicit temporary_file(std::string const& beside);
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    ~temporary_file();

    /// Open for writing, for this user alone; whoever takes it closes it. Negative where it could not be made, and `errno`
    /// says why.
    int descriptor() const noexcept { return descriptor_; }

    /// @return false where it could not be renamed, and `errno` says why
    bool rename_to(std::string const& path);

private:
    static void remove_all(int signal) noexcept;
    void enlist();
    void unlist();

    static temporary_file* first;

    std::string path_;
    int descriptor_;
    temporary_file* previous_ = nullptr;
    temporary_file* next_ = nullptr;
    bool is_there_;
};

} // namespace tool

#endif

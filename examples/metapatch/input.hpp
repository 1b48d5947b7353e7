// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_INPUT_HPP
#define METAPATCH_TOOL_INPUT_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Whether an argument is JSON text itself, and not the name of a file.
///
/// The argument alone decides, whatever files there are, so that a script means the same everywhere: text is what
/// starts with `{`, `[` or `"`, white space aside, and the words null, true and false. A file of such a name is
/// `./null`.
bool is_literal(std::string_view argument);

/// The text that an argument stands for: itself, standard input (`-`), or a file's content.
std::string read_argument(std::string const& argument);

/// Whether a text is `null`: an absent field, where a document is a field of its own.
bool is_null(std::string_view text);

/// Put valid JSON on one line, at the same length, so that its bytes can go into lines of a batch.
///
/// @return  whether it had line breaks
bool join_lines(std::string& json);

/// The file descriptor of a file or of standard input (`-`).
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

private:
    int descriptor_;
    std::string name_;
};

/// A line and the bytes that end it: "\n", "\r\n", or nothing at the end of the input.
struct line {
    std::string_view text;
    std::string_view end;
};

/// Reads lines of any length through one buffer, which grows to the longest line and no further.
class line_reader {
public:
    explicit line_reader(std::string const& path);

    /// The next line, valid until the next call.
    std::optional<line> next();

    /// Bytes of the lines so far.
    std::uint64_t bytes() const noexcept { return bytes_; }

    std::optional<std::uint64_t> total_bytes() const { return source_.size(); }

private:
    line take(std::size_t length, std::size_t end_length);
    void fill();

    source source_;
    std::size_t capacity_;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool at_end_ = false;
    std::uint64_t bytes_ = 0;
};

} // namespace tool

#endif

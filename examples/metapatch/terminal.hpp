// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_TERMINAL_HPP
#define METAPATCH_TOOL_TERMINAL_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// When to do what only makes sense on a terminal.
enum class when : std::uint8_t { automatic, always, never };

bool is_terminal(int descriptor);

/// Paints text for a terminal, or leaves it as it is.
class colours {
public:
    /// Source: <https://no-color.org>: a NO_COLOR that is not empty turns colours off, unless they are asked for.
    colours(when asked, int descriptor);

    std::string red(std::string_view text) const { return painted("31", text); }
    std::string green(std::string_view text) const { return painted("32", text); }
    std::string yellow(std::string_view text) const { return painted("33", text); }
    std::string bold(std::string_view text) const { return painted("1", text); }
    std::string dim(std::string_view text) const { return painted("2", text); }

    /// Whether a terminal shows it, in colours or not.
    bool on_terminal() const noexcept { return on_terminal_; }

private:
    std::string painted(std::string_view code, std::string_view text) const;

    bool on_terminal_;
    bool on_;
};

/// Text that cannot command a terminal: control characters, C1 ones included, become \u escapes.
std::string printable(std::string_view text);

/// The same, line by line.
std::string printable_lines(std::string_view text);

/// The first, cut to about `length` bytes.
std::string shortened(std::string_view text, std::size_t length);

/// The last line of a list that leaves some out; nothing where it has all.
std::string and_more(std::size_t omitted);

} // namespace tool

#endif

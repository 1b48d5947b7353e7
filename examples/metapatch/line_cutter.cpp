// SPDX-License-Identifier: BSL-1.0
#include "document_cutter.hpp"

#include <cstring>

namespace tool {

namespace {

/// NDJSON: a document a line, whatever it is, and the bytes that end it: "\n", "\r\n", or nothing at the end.
class line_cutter final : public document_cutter {
public:
    line_cutter(input_window& window, bool blanks_count) : document_cutter(window), blanks_count_(blanks_count) {}

    std::optional<piece> next() override
    {
        drop_handed_out();
        std::size_t searched = 0; // no byte is searched twice, however long the line
        for (;;) {
            auto const text = window_.bytes();
            auto const* const newline =
                text.size() == searched ? nullptr : std::memchr(text.data() + searched, '\n', text.size() - searched);
            if (newline != nullptr)
                return line(static_cast<std::size_t>(static_cast<char const*>(newline) - text.data()), 1);
            searched = text.size();
            if (!window_.read_more())
                return searched > 0 ? std::optional(line(searched, 0)) : std::nullopt;
        }
    }

private:
    piece line(std::size_t length, std::size_t newline)
    {
        position_.line = ++lines_;
        auto const text = window_.bytes().substr(0, length);
        std::size_t const end = newline == 1 && text.ends_with('\r') ? 1 : 0;
        bool const is_blank = text.find_first_not_of(" \t\r") == std::string_view::npos;
        return is_blank && !blanks_count_ ? hand_out(0, length + newline, false)
                                          : hand_out(length - end, end + newline, true);
    }

    bool blanks_count_;
    std::size_t lines_ = 0;
};

} // namespace

std::unique_ptr<document_cutter> cut_lines(input_window& window, bool blanks_count)
{
    return std::make_unique<line_cutter>(window, blanks_count);
}

} // namespace tool

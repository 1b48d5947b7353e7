// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_TEXT_TABLE_HPP
#define METAPATCH_TOOL_TEXT_TABLE_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace tool {

/// Rows as lines, in columns that are as wide as their widest cell.
template<std::size_t Columns>
std::string text_table(std::vector<std::array<std::string, Columns>> rows)
{
    std::array<std::size_t, Columns> widths{};
    for (auto const& cells : rows) {
        for (std::size_t i = 0; i < Columns; ++i)
            widths[i] = std::max(widths[i], cells[i].size());
    }
    std::string text;
    for (auto& cells : rows) {
        for (std::size_t i = 0; i + 1 < Columns; ++i) {
            cells[i].resize(widths[i] + 2, ' ');
            text += cells[i];
        }
        text += cells.back() + '\n';
    }
    return text;
}

} // namespace tool

#endif

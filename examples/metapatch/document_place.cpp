// SPDX-License-Identifier: BSL-1.0
#include "document_place.hpp"

#include "progress.hpp"
#include "terminal.hpp"

namespace tool {

std::string in_words(document_place const& place)
{
    auto const file = place.file.empty() ? std::string() : printable(place.file) + ", ";
    if (place.is_line)
        return file + "line " + grouped(place.at.line);
    return file + "element " + grouped(place.number) + " (line " + grouped(place.at.line) + ", column " +
           grouped(place.at.column) + ')';
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_INPUT_HPP
#define METAPATCH_TOOL_INPUT_HPP

#include <string>
#include <string_view>

namespace tool {

/// Whether an argument is JSON text itself, and not the name of a file.
///
/// The argument alone decides, whatever files there are, so that a script means the same everywhere: text is what
/// starts with `{`, `[` or `"`, white space aside, and the words null, true and false. A file of such a name is
/// `./null`.
bool is_literal(std::string_view argument);

/// A text without the white space of JSON at its ends.
std::string_view trimmed(std::string_view text);

/// Whether a text is nothing but white space.
bool is_blank(std::string_view text);

/// Whether a text is `{}`, with white space wherever it may be.
bool is_empty_object(std::string_view text);

/// The text that an argument stands for: itself, standard input (`-`), or a file's content, unpacked where it is
/// compressed.
std::string read_argument(std::string const& argument);

/// Whether a text is `null`: an absent field, where a document is a field of its own.
bool is_null(std::string_view text);

/// Put valid JSON on one line, at the same length, so that its bytes can go into lines of a batch.
///
/// @return  whether it had line breaks
bool join_lines(std::string& json);

} // namespace tool

#endif

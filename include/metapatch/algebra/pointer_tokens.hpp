// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_POINTER_TOKENS_HPP
#define METAPATCH_ALGEBRA_POINTER_TOKENS_HPP

#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/operation_fault.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace metapatch::detail {

/// The reference tokens of a JSON Pointer, unescaped.
using pointer_tokens = std::vector<std::string>;

/// @param tokens  gets those of the pointer
/// @return        nothing, or why it is none: `no_slash` or `bad_escape`
/// Source:        RFC 6901 §3, §4
inline std::optional<operation_fault> read_pointer(std::string_view pointer, pointer_tokens& tokens)
{
    tokens.clear();
    if (!pointer.empty() && pointer.front() != '/')
        return operation_fault::no_slash;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        char c = pointer[i];
        if (c == '/') {
            tokens.emplace_back();
            continue;
        }
        if (c == '~') {
            if (++i == pointer.size() || (pointer[i] != '0' && pointer[i] != '1'))
                return operation_fault::bad_escape;
            c = pointer[i] == '0' ? '~' : '/';
        }
        tokens.back() += c;
    }
    return std::nullopt;
}

/// The JSON Pointer of the first tokens.
///
/// @param count  how many, at most all
inline std::string pointer_of(pointer_tokens const& tokens, std::size_t count)
{
    std::string pointer;
    for (std::size_t i = 0; i < count; ++i)
        append_pointer_token(pointer, tokens[i]);
    return pointer;
}

/// Whether a token is an index, of however many digits.
inline bool is_index(std::string_view token) noexcept
{
    return !token.empty() && token.find_first_not_of("0123456789") == token.npos &&
           (token.front() != '0' || token.size() == 1);
}

/// The index that a token is, where it is at most `most`.
inline std::optional<std::size_t> index_of(std::string_view token, std::size_t most) noexcept
{
    if (!is_index(token))
        return std::nullopt;
    std::size_t index = 0;
    auto const read = std::from_chars(token.data(), token.data() + token.size(), index);
    return read.ec == std::errc() && index <= most ? std::optional(index) : std::nullopt;
}

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_TEXT_HPP
#define METAPATCH_FUNCTIONS_TEXT_HPP

#include <optional>
#include <string_view>

/// What a function does that others than C++ call, a store's or JavaScript's: from texts to texts, or to what is wrong.
namespace functions {

/// A text that may be missing.
using text = std::optional<std::string_view>;

/// The same with the name that whoever gave it knows it by.
struct named_text {
    std::string_view name;
    text content;
};

} // namespace functions

#endif

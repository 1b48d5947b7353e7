// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_ARGUMENTS_HPP
#define METAPATCH_MODULE_ARGUMENTS_HPP

#include "../../functions/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The border between JavaScript and the library: texts come in, a text goes out, and nothing is called back.
namespace border {

using functions::named_text;
using functions::text;

/// Where JavaScript wrote a text.
struct written_text {
    static constexpr std::uint32_t missing = 0xFFFFFFFF;

    std::uint32_t offset; ///< in the input
    std::uint32_t size;   ///< bytes, or `missing`
};

/// The texts of a call.
class arguments {
public:
    /// @param input  begins with `count` of `written_text`, which refer to what is behind them
    arguments(std::string_view input, std::size_t count) noexcept : input_(input), count_(count) {}

    std::size_t count() const noexcept { return count_; }

    /// The text of that index; nothing where it is missing, or not given.
    text operator[](std::size_t index) const noexcept
    {
        if (index >= count_)
            return std::nullopt;
        written_text place{};
        input_.copy(reinterpret_cast<char*>(&place), sizeof place, index * sizeof place);
        if (place.size == written_text::missing)
            return std::nullopt;
        return input_.substr(place.offset, place.size);
    }

    /// The same, empty where it is missing.
    std::string_view or_empty(std::size_t index) const noexcept { return (*this)[index].value_or(std::string_view()); }

private:
    std::string_view input_;
    std::size_t count_;
};

} // namespace border

#endif

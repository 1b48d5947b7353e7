// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_TEMPORARY_TEXT_HPP
#define METAPATCH_JSON_TEMPORARY_TEXT_HPP

#include <metapatch/version.hpp>

#include <concepts>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>

// What refers to its argument says so by an attribute, by which clang warns of what dangles; to g++ it is foreign.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored_attributes "clang::lifetimebound"
#endif

namespace metapatch {

/// Whether `Given&&` is a temporary that owns a text, such as a `std::string` that a function returns, and so is gone
/// before what refers to the text is used: those take none. A view, a literal and a named string are no such thing.
template<class Given>
concept temporary_text = !std::is_reference_v<Given> && !std::is_trivially_destructible_v<Given> &&
                         std::convertible_to<Given const&, std::optional<std::string_view>>;

/// The same of a range that owns its elements.
template<class Given>
concept temporary_range =
    !std::is_reference_v<Given> && std::ranges::range<Given> && !std::ranges::borrowed_range<Given>;

} // namespace metapatch

#endif

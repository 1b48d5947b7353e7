// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_VERSION_HPP
#define METAPATCH_VERSION_HPP

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "metapatch needs C++20: compile with -std=c++20 or later (/std:c++20)"
#endif

#include <string_view>

/// All of the library that knows no vendor.
namespace metapatch {

/// The version of this library, as in its package files.
///
/// Until 1.0.0 a change of the minor number may break the API; see README.md.
inline constexpr std::string_view version = "0.1.0";

} // namespace metapatch

#endif

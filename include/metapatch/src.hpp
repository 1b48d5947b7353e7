// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SRC_HPP
#define METAPATCH_SRC_HPP

/// What is compiled once for a whole program whose files say so: they are compiled with METAPATCH_SEPARATE defined as
/// `extern template`, and one of them includes this before all else. The CMake target `metapatch::separate` does both.
///
/// The library is header-only in any case: what is not compiled here is compiled where it is used, and files of both
/// kinds go together.
#ifdef METAPATCH_VERSION_HPP
#error "metapatch/src.hpp comes before all other headers of metapatch: no precompiled header or unity build before it"
#endif
#undef METAPATCH_SEPARATE
#define METAPATCH_SEPARATE template

#include <metapatch/algebra.hpp>
#include <metapatch/auth0.hpp>

#endif

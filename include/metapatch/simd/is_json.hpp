// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_IS_JSON_HPP
#define METAPATCH_SIMD_IS_JSON_HPP

#include <metapatch/simd/json_check.hpp>
#include <metapatch/simd/packed_check.hpp>
#include <metapatch/simd/vectors64.hpp>

#include <cstddef>
#include <string_view>

namespace metapatch {

namespace detail {

// What checks a text, compiled once for each set of instructions.
template<class Bytes>
bool is_json_by(std::string_view text, std::size_t max_nesting, check_memory& room) noexcept
{
    return json_check(text, max_nesting, room).run<Bytes>();
}

#if defined(__x86_64__) && defined(__GNUC__)

template<class Bytes>
[[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] bool
is_json_by_avx2(std::string_view text, std::size_t max_nesting, check_memory& room) noexcept
{
    return json_check(text, max_nesting, room).run<Bytes>();
}

template<class Bytes>
[[gnu::target("avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,pclmul"), gnu::flatten]] bool
is_json_by_avx512(std::string_view text, std::size_t max_nesting, check_memory& room) noexcept
{
    return packed_check(text, max_nesting, room).run<Bytes>();
}

#endif

/// The same as `is_json`, with what was read in `room`.
inline bool is_json(std::string_view text, std::size_t max_nesting, scan_with instructions, check_memory& room) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx512)
        return is_json_by_avx512<avx512_bytes>(text, max_nesting, room);
    if (instructions == scan_with::avx2)
        return is_json_by_avx2<avx2_bytes>(text, max_nesting, room);
    if (instructions == scan_with::sse2)
        return is_json_by<sse2_bytes>(text, max_nesting, room);
#endif
    static_cast<void>(instructions);
    return is_json_by<baseline_bytes>(text, max_nesting, room);
}

} // namespace detail

/// Whether a text is JSON, in full: RFC 8259, UTF-8, and nested no deeper than is allowed. Where and why it is not, a
/// `scanner` tells.
///
/// @param max_nesting  levels of containers, at most `nesting_ceiling`
/// Complexity: O(bytes). No recursion, no allocation. Exceptions: none.
/// Source:     RFC 8259; RFC 3629.
inline bool is_json(std::string_view text, std::size_t max_nesting = nesting_ceiling,
                    scan_with instructions = fastest_scan()) noexcept
{
    detail::check_memory room;
    return detail::is_json(text, max_nesting, instructions, room);
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
namespace detail {
METAPATCH_SEPARATE bool is_json_by<baseline_bytes>(std::string_view, std::size_t, check_memory&) noexcept;
#if defined(__x86_64__) && defined(__GNUC__)
METAPATCH_SEPARATE bool is_json_by<sse2_bytes>(std::string_view, std::size_t, check_memory&) noexcept;
METAPATCH_SEPARATE bool is_json_by_avx2<avx2_bytes>(std::string_view, std::size_t, check_memory&) noexcept;
METAPATCH_SEPARATE bool is_json_by_avx512<avx512_bytes>(std::string_view, std::size_t, check_memory&) noexcept;
#endif
} // namespace detail
#endif

} // namespace metapatch

#endif

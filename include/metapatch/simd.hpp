// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_HPP
#define METAPATCH_SIMD_HPP

/// JSON texts, 64 bytes at a time, with the vector instructions that the processor has, or without any.
///
/// `is_json` checks a text in full; `member_cursor` goes through the members of an object; `end_of_value` cuts values
/// from a stream; `scan_with` says by which instructions. The rest is what these are made of, from the bottom up:
/// questions about 64 bytes, where strings are, searches and checks built on both, how they are run.
#include <metapatch/simd/bytes64.hpp>
#include <metapatch/simd/nested_places.hpp>
#include <metapatch/simd/scalars.hpp>
#include <metapatch/simd/token_order.hpp>

#include <metapatch/simd/packed_scalars.hpp>
#include <metapatch/simd/vectors16.hpp>

#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/container_check.hpp>
#include <metapatch/simd/utf8_blocks.hpp>
#include <metapatch/simd/vectors32.hpp>
#include <metapatch/simd/wanted_keys.hpp>

#include <metapatch/simd/check_memory.hpp>
#include <metapatch/simd/vectors64.hpp>

#include <metapatch/simd/end_of_value.hpp>
#include <metapatch/simd/search_run.hpp>
#include <metapatch/simd/short_text.hpp>

#include <metapatch/simd/bracket_blocks.hpp>
#include <metapatch/simd/json_check.hpp>
#include <metapatch/simd/outline_search.hpp>
#include <metapatch/simd/packed_check.hpp>
#include <metapatch/simd/short_blocks.hpp>

#include <metapatch/simd/key_places.hpp>
#include <metapatch/simd/short_search.hpp>

#include <metapatch/simd/key_search.hpp>
#include <metapatch/simd/member_search.hpp>

#include <metapatch/simd/members.hpp>

#include <metapatch/simd/is_json.hpp>

#include <metapatch/simd/nested_members.hpp>
#include <metapatch/simd/packed_keys.hpp>

#include <metapatch/simd/outline.hpp>

#endif

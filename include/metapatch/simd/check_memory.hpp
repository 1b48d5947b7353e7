// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_CHECK_MEMORY_HPP
#define METAPATCH_SIMD_CHECK_MEMORY_HPP

#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/container_check.hpp>
#include <metapatch/simd/token_order.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// What lies beside a check of a text, which so can be kept in registers. Left uninitialised.
struct check_memory {
    static constexpr std::size_t bytes_at_once = 4096; ///< so many are read before what is noted of them is looked at
    static constexpr std::size_t slack = 64;           ///< more notes may be written than there are

    /// The blocks of a text that was found to be JSON; nullptr where not all are there.
    read_block const* blocks_of(std::string_view text) const noexcept
    {
        return text.size() < bytes_at_once ? blocks.data() : nullptr;
    }

    /// What else a check asks of 64 bytes.
    struct other_bits {
        std::uint64_t controls; ///< as the next one wherever they are
        std::uint64_t spaces;   ///< ' ' alone
        std::uint64_t commas;   ///< as the next one outside of strings
        std::uint64_t colons;
    };

    std::array<read_block, bytes_at_once / 64> blocks; // of the last bytes; of a shorter text, of all
    std::array<std::uint16_t, bytes_at_once / 2 + slack> escapes;
    block_room last_blocks;

    // Of a check that packs:
    std::array<char, bytes_at_once + 3 * slack> tokens;  // the first byte of each
    std::array<char, bytes_at_once + 3 * slack> scalars; // all bytes of them
    token_order::memory are_objects;

    // Of another:
    std::array<other_bits, bytes_at_once / 64> others;
    std::array<char, bytes_at_once + slack> brackets;
    std::array<std::uint16_t, bytes_at_once / 2 + slack> scalar_places;
    container_check::memory containers;
};

} // namespace metapatch::detail

#endif

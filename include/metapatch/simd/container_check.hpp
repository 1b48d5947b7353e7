// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_CONTAINER_CHECK_HPP
#define METAPATCH_SIMD_CONTAINER_CHECK_HPP

#include <metapatch/json/walk.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace metapatch::detail {

/// Something that is told between brackets, moved on to the bracket that comes next.
class told_brackets {
public:
    /// @param told  where it is told, of 64 bytes
    /// @return      the brackets at which it is told, or in front of which, behind the bracket before
    [[gnu::always_inline]] std::uint64_t of(std::uint64_t told, std::uint64_t brackets) noexcept
    {
        // A bit added to the gap that it is in comes out behind that.
        told |= carry_;
        auto const gaps = ~brackets;
        auto const sum = (told & gaps) + gaps;
        carry_ = sum < gaps ? 1 : 0;
        return (sum | told) & brackets;
    }

    /// Whether it is told behind the last bracket so far.
    bool wait() const noexcept { return carry_ != 0; }

private:
    std::uint64_t carry_ = 0;
};

/// Checks the brackets of a text one by one: whether they match, nest no deeper than is allowed, and stand in a
/// container of the kind that is told.
class container_check {
public:
    /// How a bracket is marked in front of which something is told.
    static constexpr std::uint64_t in_object = 0x80; ///< set
    static constexpr std::uint64_t in_array = 0x01;  ///< taken away: each bracket has that bit

    /// A bit for each open container, in pages of 64 levels.
    using memory = std::array<std::uint64_t, nesting_ceiling / 64 + 1>;

    /// @param room  beside the check, which so can be kept in registers; left uninitialised
    container_check(std::size_t max_nesting, memory& room) noexcept
        : max_nesting_(std::min(max_nesting, nesting_ceiling)), pages_(room.data())
    {
    }

    /// @param bracket  with its marks
    /// @return         whether it may stand there, as far as `fine` is not asked
    [[gnu::always_inline]] bool take(std::uint64_t bracket) noexcept
    {
        // Which open, which close, and of which kind they are cannot be foreseen: so there is no branch on it.
        std::uint64_t const closing = bracket >> 2 & 1;
        std::uint64_t const object = bracket >> 5 & 1;
        auto const here = kinds_ & 1;
        bad_ |= (bracket / in_object & ~here) | (~bracket & in_array & here) | (closing & (here ^ object));
        auto const depth = depth_ + 1 - 2 * closing;
        if (depth > max_nesting_) [[unlikely]] // or below 0
            return false;
        auto const least = depth_ - closing;
        if (least % 64 == 0 && closing == 0) [[unlikely]] {
            // Nothing may be told of what no container is around.
            bad_ |= least == 0 ? (bracket / in_object | (~bracket & in_array)) : 0;
            pages_[least / 64] = kinds_;
        }
        kinds_ = closing != 0 ? kinds_ >> 1 : kinds_ << 1 | object;
        if (least % 64 == 0 && closing != 0) [[unlikely]]
            kinds_ = pages_[least / 64];
        depth_ = static_cast<std::size_t>(depth);
        return true;
    }

    bool fine() const noexcept { return (bad_ & 1) == 0; }

    /// Whether all that was opened is closed.
    bool complete() const noexcept { return depth_ == 0; }

private:
    std::size_t max_nesting_;
    std::size_t depth_ = 0;
    std::uint64_t bad_ = 0;   // bit 0
    std::uint64_t kinds_ = 0; // of the open containers since the page began, the innermost in bit 0: 1 is an object
    std::uint64_t* pages_;
};

} // namespace metapatch::detail

#endif

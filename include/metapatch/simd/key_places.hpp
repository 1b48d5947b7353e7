// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_KEY_PLACES_HPP
#define METAPATCH_SIMD_KEY_PLACES_HPP

#include <metapatch/simd/short_blocks.hpp>
#include <metapatch/simd/vectors64.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Where keys are in an object of a few kilobytes that are wanted on any of its levels, and how deep each is: so that
/// whoever goes into its objects, and out of them again, need not search for the next key.
///
/// All places are within the text, whatever the text is.
class key_places {
public:
    key_places() noexcept {} // not `= default`: the room is left uninitialised also by `key_places x{}`

    /// Find all of a text.
    /// @param begin  of what is behind the bracket that opens the object
    /// @param known  the blocks of the text, where it was read before; else nullptr
    /// @return       false where the text is too long, or has too many that may be such keys, or where there are no
    ///               instructions that it is worth while with: then nothing is known
    bool read(std::string_view text, std::size_t begin, wanted_keys const& wanted, scan_with instructions,
              read_block const* known) noexcept
    {
        if constexpr (!may_be_wide)
            return false;
        auto const use = functions_with(instructions);
        close_of_ = use.close_of;
        size_ = at_ = 0;
        return use.read != nullptr && begin < text.size() && text.size() <= short_blocks::most &&
               use.read(*this, text, begin, wanted, known);
    }

    /// The next key on a level; `end` where there is none before.
    /// @param begin  no less than it was the last time
    /// @param level  how many containers are open around it
    std::size_t next(std::size_t begin, std::size_t end, std::size_t level) noexcept
    {
        for (; at_ < size_ && places_[at_] < end; ++at_) {
            std::size_t const place = places_[at_];
            if (place >= begin && levels_[at_] == static_cast<int>(level) && blocks_.is_key(place))
                return place;
        }
        return end;
    }

    /// Of the bracket that closes the object; where there is none, of the end of the text.
    std::size_t object_end() const noexcept { return blocks_.object_end(); }

    /// The same of any container.
    /// @param begin  behind the bracket that opens it
    /// @param level  how many containers are open there, with it
    std::size_t close_of(std::size_t begin, std::size_t level) const noexcept { return close_of_(*this, begin, level); }

private:
    static constexpr std::size_t most = 64; ///< keys

    struct functions {
        bool (*read)(key_places& here, std::string_view text, std::size_t begin, wanted_keys const& wanted,
                     read_block const* known) noexcept;
        std::size_t (*close_of)(key_places const& here, std::size_t begin, std::size_t level) noexcept;
    };

    template<class Bytes>
    [[gnu::always_inline]] bool find(std::string_view text, std::size_t begin, wanted_keys const& wanted,
                                     read_block const* known) noexcept
    {
        blocks_.read<Bytes>(text, begin, wanted, known);
        for (auto blocks = blocks_.with_keys(); blocks != 0; blocks &= blocks - 1) {
            auto const at = static_cast<std::size_t>(std::countr_zero(blocks));
            for (auto left = blocks_.maybe(at); left != 0; left &= left - 1) {
                auto const key = left & (0 - left);
                places_[size_] = static_cast<std::uint16_t>(blocks_.place_of(at, key));
                levels_[size_] = static_cast<std::int16_t>(blocks_.depth_at<Bytes>(at, key));
                size_ += blocks_.is_likely(at, key, wanted) ? 1 : 0;
                if (size_ > most) [[unlikely]]
                    return false;
            }
        }
        return true;
    }

#if defined(__x86_64__) && defined(__GNUC__)
    [[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] static bool
    read_avx2(key_places& here, std::string_view text, std::size_t begin, wanted_keys const& wanted,
              read_block const* known) noexcept
    {
        return here.find<avx2_bytes>(text, begin, wanted, known);
    }
    [[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] static std::size_t
    close_avx2(key_places const& here, std::size_t begin, std::size_t level) noexcept
    {
        return here.blocks_.close_of<avx2_bytes>(begin, level);
    }

    [[gnu::target("avx512bw,avx512vbmi,bmi,popcnt,pclmul"), gnu::flatten]] static bool
    read_avx512(key_places& here, std::string_view text, std::size_t begin, wanted_keys const& wanted,
                read_block const* known) noexcept
    {
        return here.find<avx512_bytes>(text, begin, wanted, known);
    }
    [[gnu::target("avx512bw,bmi,popcnt,pclmul"), gnu::flatten]] static std::size_t
    close_avx512(key_places const& here, std::size_t begin, std::size_t level) noexcept
    {
        return here.blocks_.close_of<avx512_bytes>(begin, level);
    }
#endif

    static functions functions_with(scan_with instructions) noexcept
    {
#if defined(__x86_64__) && defined(__GNUC__)
        if (instructions == scan_with::avx512)
            return {read_avx512, close_avx512};
        if (instructions == scan_with::avx2)
            return {read_avx2, close_avx2};
#endif
        static_cast<void>(instructions);
        return {nullptr, nullptr};
    }

    short_blocks blocks_;
    std::size_t (*close_of_)(key_places const&, std::size_t, std::size_t) noexcept = nullptr;
    std::size_t size_ = 0;
    std::size_t at_ = 0;                         // those before are passed
    std::array<std::uint16_t, most + 1> places_; // of the quotes that begin the keys
    std::array<std::int16_t, most + 1> levels_;
};

} // namespace metapatch::detail

#endif

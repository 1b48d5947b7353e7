// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_UNIT_PACKING_BYTES_HPP
#define METAPATCH_TESTS_UNIT_PACKING_BYTES_HPP

#include <array>
#include <cstdint>
#include <cstring>
#include <metapatch/simd/bytes64.hpp>

namespace metapatch::test {

/// What only the widest vectors do, byte by byte: a model for them, and a way to check what is made of it wherever there
/// are none.
struct packing_bytes : detail::portable_bytes {
    using table = std::array<char, 64>;

    static char looked_up(table const& of, char byte) { return of[static_cast<std::uint8_t>(byte) % 64]; }

    static std::uint64_t equal_in(table const& of, char const* bytes)
    {
        std::uint64_t found = 0;
        for (unsigned i = 0; i < 64; ++i)
            found |= static_cast<std::uint64_t>(looked_up(of, bytes[i]) == bytes[i]) << i;
        return found;
    }

    static std::uint64_t disjoint(table const& of, table const& of_next, char const* bytes)
    {
        std::uint64_t found = 0;
        for (unsigned i = 0; i < 64; ++i) {
            auto const common = looked_up(of, bytes[i]) & looked_up(of_next, bytes[i + 1]);
            found |= static_cast<std::uint64_t>(common == 0) << i;
        }
        return found;
    }

    static void pack(char const* bytes, std::uint64_t which, char* out)
    {
        std::array<char, 64> packed{};
        std::size_t size = 0;
        for (unsigned i = 0; i < 64; ++i) {
            if ((which >> i & 1) != 0)
                packed[size++] = bytes[i];
        }
        std::memcpy(out, packed.data(), packed.size());
    }

    static void pack_places(std::uint64_t which, std::uint16_t base, std::uint16_t* out)
    {
        std::array<std::uint16_t, 64> packed{};
        std::size_t size = 0;
        for (unsigned i = 0; i < 64; ++i) {
            if ((which >> i & 1) != 0)
                packed[size++] = static_cast<std::uint16_t>(i);
        }
        for (unsigned i = 0; i < 64; ++i)
            out[i] = static_cast<std::uint16_t>(base + packed[i]);
    }

    static void pack_words(std::uint16_t const* words, std::uint64_t which, std::uint16_t* out)
    {
        for (unsigned i = 0; i < 64; ++i) {
            if ((which >> i & 1) != 0)
                *out++ = words[i];
        }
    }

    static std::uint64_t gathered(std::uint64_t bits, std::uint64_t where)
    {
        std::uint64_t found = 0;
        for (unsigned i = 0, size = 0; i < 64; ++i) {
            if ((where >> i & 1) != 0)
                found |= (bits >> i & 1) << size++;
        }
        return found;
    }

    static std::uint32_t repeated(std::uint16_t const* words, std::size_t size)
    {
        std::uint32_t found = 0;
        for (std::size_t i = 0; i < size && i < 32; ++i) {
            for (std::size_t j = 0; j < size; ++j)
                found |= static_cast<std::uint32_t>(i != j && words[i] == words[j]) << i;
        }
        return found;
    }

    class container_numbers {
    public:
        container_numbers(std::uint64_t opens, std::uint64_t closes, std::size_t depth, table const& numbers,
                          table& depths)
        {
            auto level = static_cast<int>(depth);
            for (unsigned i = 0; i < 64; ++i) {
                level += static_cast<int>(opens >> i & 1) - static_cast<int>(closes >> i & 1);
                depths_[i] = static_cast<char>(level);
                numbers_[i] = numbers[static_cast<unsigned>(level) % 64];
            }
            depths = depths_;
        }

        void set(std::size_t level, unsigned token, char number)
        {
            for (unsigned i = token; i < 64; ++i) {
                if (depths_[i] == static_cast<char>(level))
                    numbers_[i] = number;
            }
        }

        std::uint64_t at(std::size_t level) const
        {
            std::uint64_t found = 0;
            for (unsigned i = 0; i < 64; ++i)
                found |= static_cast<std::uint64_t>(depths_[i] == static_cast<char>(level)) << i;
            return found;
        }

        void pack(std::uint64_t which, char* out) const { packing_bytes::pack(numbers_.data(), which, out); }

    private:
        table depths_{};
        table numbers_{};
    };

    class level_finder {
    public:
        level_finder(std::uint64_t opens, std::uint64_t closes)
        {
            int level = 0;
            for (unsigned i = 0; i < 64; ++i) {
                level += static_cast<int>(opens >> i & 1);
                levels_[i] = level;
                level -= static_cast<int>(closes >> i & 1);
            }
        }

        std::uint64_t at(int level) const
        {
            std::uint64_t found = 0;
            for (unsigned i = 0; i < 64; ++i)
                found |= static_cast<std::uint64_t>(levels_[i] == level) << i;
            return found;
        }

    private:
        std::array<int, 64> levels_{};
    };
};

} // namespace metapatch::test

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_ALLOCATION_COUNTING_HPP
#define METAPATCH_TESTS_ALLOCATION_COUNTING_HPP

#include <boost/container/pmr/memory_resource.hpp>
#include <cstddef>
#include <limits>

namespace metapatch::test {

/// What the global heap has been asked for. The whole program allocates through it: Boost.JSON's default storage too.
struct heap {
    static inline std::size_t allocations = 0;
    static inline std::size_t bytes = 0;
    static inline std::size_t largest = 0;
    static inline std::ptrdiff_t live = 0;
    static inline std::size_t left = std::numeric_limits<std::size_t>::max(); ///< allocations before one fails

    static void forget() noexcept { allocations = bytes = largest = 0; }

    /// Fail from the allocation after `count` more ones on.
    static void fail_after(std::size_t count) noexcept { left = count; }
    static void never_fail() noexcept { left = std::numeric_limits<std::size_t>::max(); }
};

/// Storage that counts, and that checks that it gets back what it gave.
class counting_resource final : public boost::container::pmr::memory_resource {
public:
    std::size_t allocations = 0;
    std::size_t bytes = 0;
    std::size_t largest = 0;
    std::ptrdiff_t live_bytes = 0;

    void forget() noexcept { allocations = bytes = largest = 0; }

private:
    void* do_allocate(std::size_t size, std::size_t) override
    {
        auto* const memory = ::operator new(size);
        ++allocations;
        bytes += size;
        largest = size > largest ? size : largest;
        live_bytes += static_cast<std::ptrdiff_t>(size);
        return memory;
    }

    void do_deallocate(void* memory, std::size_t size, std::size_t) override
    {
        live_bytes -= static_cast<std::ptrdiff_t>(size);
        ::operator delete(memory);
    }

    bool do_is_equal(boost::container::pmr::memory_resource const& other) const noexcept override
    {
        return this == &other;
    }
};

} // namespace metapatch::test

#endif

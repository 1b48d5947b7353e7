// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_RUNNING_OUT_HPP
#define METAPATCH_TESTS_RUNNING_OUT_HPP

#include <boost/container/pmr/memory_resource.hpp>
#include <boost/json/storage_ptr.hpp>
#include <cstddef>
#include <new>

namespace metapatch::test {

/// Memory that is there until so many allocations were made.
class running_out final : public boost::container::pmr::memory_resource {
public:
    void allow(std::size_t allocations) noexcept { left_ = allocations; }

private:
    void* do_allocate(std::size_t bytes, std::size_t) override
    {
        if (left_ == 0)
            throw std::bad_alloc();
        --left_;
        return ::operator new(bytes);
    }
    void do_deallocate(void* memory, std::size_t, std::size_t) override { ::operator delete(memory); }
    bool do_is_equal(boost::container::pmr::memory_resource const& other) const noexcept override
    {
        return this == &other;
    }

    std::size_t left_ = static_cast<std::size_t>(-1);
};

} // namespace metapatch::test

#endif

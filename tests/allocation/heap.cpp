// SPDX-License-Identifier: BSL-1.0
#include "counting.hpp"

#include <cstdlib>
#include <new>

using metapatch::test::heap;

// The replaceable functions that all others call.
void* operator new(std::size_t size)
{
    if (heap::left == 0)
        throw std::bad_alloc();
    if (heap::left != std::numeric_limits<std::size_t>::max())
        --heap::left;
    auto* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr)
        throw std::bad_alloc();
    ++heap::allocations;
    ++heap::live;
    heap::bytes += size;
    heap::largest = size > heap::largest ? size : heap::largest;
    return memory;
}

void operator delete(void* memory) noexcept
{
    heap::live -= memory != nullptr ? 1 : 0;
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

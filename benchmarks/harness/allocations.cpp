// SPDX-License-Identifier: BSL-1.0
#include "allocations.hpp"

#ifdef __GLIBC__

#include <cerrno>
#include <malloc.h>

namespace {

std::size_t count = 0; // this program has one thread

} // namespace

// In glibc a program's own definitions replace the library's everywhere, and these forward to them: operator new and
// all peers end here.
extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t items, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size)
{
    ++count;
    return __libc_malloc(size);
}

void* calloc(std::size_t items, std::size_t size)
{
    ++count;
    return __libc_calloc(items, size);
}

void* realloc(void* old, std::size_t size)
{
    ++count;
    return __libc_realloc(old, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    ++count;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size)
{
    ++count;
    *out = __libc_memalign(alignment, size);
    return *out != nullptr ? 0 : ENOMEM;
}
}

std::optional<std::size_t> bench::allocations() noexcept
{
    return count;
}

void bench::keep_freed_memory() noexcept
{
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 256 << 20);
}

#else

std::optional<std::size_t> bench::allocations() noexcept
{
    return std::nullopt;
}

void bench::keep_freed_memory() noexcept {}

#endif

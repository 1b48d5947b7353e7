// SPDX-License-Identifier: BSL-1.0

// The memory of an instance. What is freed waits for the next of its size, and is not joined to what lies beside it: an
// instance lives for one call after the other, and ends once it has grown large. The C library's own does more, and is
// 2 % of the package.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>

// Where the linker's data ends.
extern "C" unsigned char __heap_base; // NOLINT: its name

namespace {

constexpr std::size_t page = std::size_t{64} << 10;
constexpr std::size_t grain = 16; // whatever begins at a multiple of it is aligned
constexpr std::size_t fine = 8;   // grains up to which each number of them is a size; beyond, four sizes an octave
constexpr std::size_t most = std::size_t{1} << 31;

struct size_class {
    std::size_t index;
    std::size_t size; // of a block, with the grain before it that keeps its index
};

constexpr size_class class_of(std::size_t bytes)
{
    auto const grains = (bytes + grain - 1) / grain + 1;
    if (grains <= fine)
        return {grains, grains * grain};
    auto const shift = static_cast<std::size_t>(std::bit_width(grains - 1)) - 3;
    auto const steps = ((grains - 1) >> shift) + 1; // 5 to 8
    return {fine + 4 * (shift - 1) + steps - 4, (steps << shift) * grain};
}

static_assert(class_of(0).size == grain && class_of(1).size == 2 * grain && class_of(112).size == 8 * grain);
static_assert(class_of(113).index == class_of(112).index + 1 && class_of(113).size == 10 * grain);
static_assert(class_of(145).index == class_of(113).index + 1 && class_of(145).size == 12 * grain);
static_assert(class_of(241).index == class_of(240).index + 1 && class_of(240).size == 16 * grain);
static_assert(class_of(most).size > most && class_of(most).index < 128);

struct unused_block {
    unused_block* next;
};

unused_block* unused[128];
std::uintptr_t rest; // never used, up to the end of what there is
std::uintptr_t rest_end;

void* block_of_rest(std::size_t size)
{
    if (rest == 0)
        rest = rest_end = (reinterpret_cast<std::uintptr_t>(&__heap_base) + grain - 1) & ~(grain - 1);
    if (auto const end = __builtin_wasm_memory_size(0) * page; end > rest_end)
        rest_end = end; // what an instance begins with
    if (size > rest_end - rest) {
        auto const pages = (size - (rest_end - rest) + page - 1) / page;
        if (__builtin_wasm_memory_grow(0, pages) == static_cast<std::size_t>(-1))
            __builtin_trap();
        rest_end += pages * page;
    }
    auto* const block = reinterpret_cast<void*>(rest);
    rest += size;
    return block;
}

} // namespace

void* operator new(std::size_t bytes)
{
    if (bytes > most)
        __builtin_trap();
    auto const [index, size] = class_of(bytes);
    void* block = unused[index];
    if (block != nullptr)
        unused[index] = unused[index]->next;
    else
        block = block_of_rest(size);
    *static_cast<std::size_t*>(block) = index;
    return static_cast<std::byte*>(block) + grain;
}

void operator delete(void* memory) noexcept
{
    if (memory == nullptr)
        return;
    void* const block = static_cast<std::byte*>(memory) - grain;
    auto const index = *static_cast<std::size_t*>(block);
    unused[index] = ::new (block) unused_block{unused[index]};
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

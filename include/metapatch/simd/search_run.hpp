// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_SEARCH_RUN_HPP
#define METAPATCH_SIMD_SEARCH_RUN_HPP

#include <metapatch/simd/vectors64.hpp>

#include <cstddef>
#include <optional>

/// How searches through 64 bytes at a time are run, with the instructions that the processor has.
namespace metapatch::detail {

/// How many places a search may find at a time.
inline constexpr std::size_t places_at_once = 192;

/// What the form of a search for short texts answers where it finds more; then it has found nothing.
inline constexpr std::size_t too_many_places = static_cast<std::size_t>(-1);

/// How many bytes are searched at a time, that they are still near when they are used.
inline constexpr std::size_t bytes_at_once = 1 << 14;

/// Where a search may copy what it passes, so that each byte is loaded once for both. It may write more than it tells
/// of: anything within the room.
struct copy_target {
    char* to = nullptr;   ///< for the byte from which the search goes on; nullptr: nothing is copied
    std::size_t room = 0; ///< bytes from there on
};

/// A search that goes on where it halted.
///
/// Its state is in registers while it runs, and is written to memory only where it halts before it is done: most texts
/// are searched in one go.
template<class Search>
class search_run {
public:
    using task = typename Search::task;
    using findings = typename Search::findings;

    explicit search_run(task const& given) noexcept : given_(given) {}

    /// Write the next places to `out`.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        Search search = halted_ ? *halted_ : Search(given_);
        if constexpr (requires { search.copy_to(target_); })
            search.copy_to(target_);
        auto const found = search.template find<Bytes>(out);
        so_far_ = search.so_far();
        if (!so_far_.done)
            halted_ = search;
        return found;
    }

    template<class Bytes>
    [[gnu::always_inline]] std::size_t find_in_short(std::size_t* out) noexcept
    {
        return Search::template find_in_short<Bytes>(given_, out, so_far_);
    }

    findings const& so_far() const noexcept { return so_far_; }

    void copy_to(copy_target const& target) noexcept { target_ = target; }

private:
    task given_;
    copy_target target_{};
    findings so_far_{};
    std::optional<Search> halted_{};
};

// What finds places, compiled once for each set of instructions.
template<class Search, class Bytes>
std::size_t find_places(search_run<Search>& run, std::size_t* out) noexcept
{
    return run.template find<Bytes>(out);
}

#if defined(__x86_64__) && defined(__GNUC__)

template<class Search>
[[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t find_places_avx2(search_run<Search>& run,
                                                                                     std::size_t* out) noexcept
{
    return run.template find<avx2_bytes>(out);
}

template<class Search>
[[gnu::target("avx512bw,avx512vbmi,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t
find_places_avx512(search_run<Search>& run, std::size_t* out) noexcept
{
    return run.template find<avx512_bytes>(out);
}

template<class Search>
[[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t find_short_avx2(search_run<Search>& run,
                                                                                    std::size_t* out) noexcept
{
    return run.template find_in_short<avx2_bytes>(out);
}

template<class Search>
[[gnu::target("avx512bw,avx512vbmi,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t
find_short_avx512(search_run<Search>& run, std::size_t* out) noexcept
{
    return run.template find_in_short<avx512_bytes>(out);
}

#endif

template<class Search>
using place_function = std::size_t (*)(search_run<Search>& run, std::size_t* out) noexcept;

template<class Search>
place_function<Search> place_finder(scan_with instructions) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx512)
        return find_places_avx512<Search>;
    if (instructions == scan_with::avx2)
        return find_places_avx2<Search>;
    if (instructions == scan_with::sse2)
        return find_places<Search, sse2_bytes>;
#endif
    static_cast<void>(instructions);
    return find_places<Search, baseline_bytes>;
}

/// The same by the search's form for short texts; nullptr where there are no instructions that it is worth while with.
template<class Search>
place_function<Search> short_place_finder(scan_with instructions) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx512)
        return find_short_avx512<Search>;
    if (instructions == scan_with::avx2)
        return find_short_avx2<Search>;
#endif
    static_cast<void>(instructions);
    return nullptr;
}

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_TEXT_WRITER_HPP
#define METAPATCH_BENCHMARKS_HARNESS_TEXT_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

/// splitmix64: a few lines, and good enough that no pattern shows. Never twice in one expression: compilers differ in
/// which comes first.
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) noexcept : state_(seed) {}

    std::size_t below(std::size_t limit) noexcept
    {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (mixed ^ (mixed >> 31)) % limit;
    }

    bool chance(std::size_t percent) noexcept { return below(100) < percent; }

private:
    std::uint64_t state_;
};

/// Writes metadata and patches for it, the same on every machine. Every patch sets one member that is there, removes
/// one, and adds one; a large one sets many.
class text_writer {
public:
    explicit text_writer(std::uint64_t seed);

    /// An object whose first-level members are of all kinds: two dozen records, lists and scalars that grow with the
    /// size.
    std::string nested(std::size_t size);

    /// Strings of 134 bytes a member, the key counted.
    std::string flat(std::size_t size);

    /// Numbers of 11 bytes a member.
    std::string tiny(std::size_t size);

    /// As `nested`, and with members on the second and the third level that `deep_patch` sets.
    std::string deep(std::size_t size);

    /// For the object that was written before.
    std::string patch(std::size_t size);

    /// For an object that `deep` wrote: sets one member on each of three levels.
    std::string deep_patch() const;

private:
    template<class Member>
    std::string object(std::size_t size, Member const& member);

    template<class Member>
    void branch(std::string_view name, std::size_t size, std::size_t depth, Member const& member);

    void nested_member(std::size_t share, std::size_t size);
    void key(std::size_t word, std::size_t index);
    void container(std::size_t size, std::size_t depth);
    void inner_value(std::size_t left, std::size_t depth);
    void scalar();
    void price(bool negative);
    void sentence(std::size_t end);
    void word();

    random_numbers random_;
    std::string_view update_;
    std::string_view addition_;
    std::string_view removal_;
    std::string text_;
    std::size_t count_ = 0; ///< first-level members so far
};

} // namespace bench

#endif

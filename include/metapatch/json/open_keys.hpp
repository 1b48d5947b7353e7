// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_OPEN_KEYS_HPP
#define METAPATCH_JSON_OPEN_KEYS_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/walk.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Room for keys while a text is read.
using key_room = small_vector<ranked_key, 16>;

/// The keys of the objects that are open while a text is read, to tell whether one occurs twice in an object.
class open_keys {
public:
    /// @param room  for the keys; what it holds is lost
    explicit open_keys(key_room& room) noexcept : keys_(room) { keys_.clear(); }

    /// How many containers are open.
    std::size_t level() const noexcept { return level_; }

    /// Open a container; no more than `nesting_ceiling` at a time.
    void open() noexcept { open_[++level_] = {keys_.size(), 0, 0}; }

    /// @param key  what it means; must live until its object is closed
    void add(std::string_view key) { add(key, fingerprint(key)); }

    /// The same, where the key's fingerprint is known.
    void add(std::string_view key, std::uint64_t print)
    {
        keys_.push_back({print, key});
        auto& object = open_[level_];
        auto const bit = std::uint64_t{1} << (spread(print) >> 58);
        object.again |= object.seen & bit;
        object.seen |= bit;
    }

    /// Close a container.
    /// @return whether it held a key twice; an array has none of its own
    bool close()
    {
        auto const [first, seen, again] = open_[level_--];
        if (again == 0) { // as mostly, where the keys are few
            keys_.shrink(first);
            return false;
        }
        return close_repeated(first);
    }

private:
    /// Close an object of which two keys may be the same.
    [[gnu::noinline]] bool close_repeated(std::size_t first)
    {
        auto const count = keys_.size() - first;
        auto* const own = keys_.data() + first;
        bool found = false;
        if (count <= few) [[likely]] {
            for (std::size_t i = 1; i < count; ++i) {
                for (std::size_t j = 0; j < i; ++j)
                    found = found || same_key(own[i], own[j]);
            }
        } else {
            sort_keys(own, own + count);
            for (std::size_t i = 1; i < count; ++i)
                found = found || same_key(own[i], own[i - 1]);
        }
        keys_.shrink(first);
        return found;
    }

    static constexpr std::size_t few = 8;

    struct container {
        std::size_t first_key;
        std::uint64_t seen;  ///< a bit of 64 for each of its keys
        std::uint64_t again; ///< those that more than one of them has
    };

    key_room& keys_;
    std::size_t level_ = 0;
    std::array<container, nesting_ceiling + 1> open_; // those that are not are left uninitialised
};

} // namespace metapatch::detail

#endif

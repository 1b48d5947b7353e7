// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OPEN_KEYS_HPP
#define METAPATCH_OPEN_KEYS_HPP

#include <metapatch/fingerprint.hpp>
#include <metapatch/walk.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace metapatch::detail {

/// The keys of the objects that are open while a text is read, to tell whether one occurs twice in an object.
class open_keys {
public:
    struct printed {
        std::uint64_t print;
        std::string_view key;

        bool operator==(printed const& other) const noexcept { return print == other.print && key == other.key; }
    };

    /// @param room  for the keys; what it holds is lost
    explicit open_keys(std::vector<printed>& room) noexcept : keys_(room) { keys_.clear(); }

    /// How many containers are open.
    std::size_t level() const noexcept { return level_; }

    /// Open a container; no more than `nesting_ceiling` at a time.
    void open() noexcept { first_key_[++level_] = keys_.size(); }

    /// @param key  what it means; must live until its object is closed
    void add(std::string_view key) { keys_.push_back({fingerprint(key), key}); }

    /// Close a container.
    /// @return whether it held a key twice; an array has none of its own
    bool close()
    {
        auto const begin = keys_.begin() + static_cast<std::ptrdiff_t>(first_key_[level_--]);
        bool found = false;
        if (keys_.end() - begin <= few) {
            for (auto each = begin; each != keys_.end(); ++each)
                found = std::find(begin, each, *each) != each || found;
        } else {
            std::sort(begin, keys_.end(), [](printed const& a, printed const& b) {
                return a.print != b.print ? a.print < b.print : a.key < b.key;
            });
            found = std::adjacent_find(begin, keys_.end()) != keys_.end();
        }
        keys_.erase(begin, keys_.end());
        return found;
    }

private:
    static constexpr std::ptrdiff_t few = 8;

    std::vector<printed>& keys_;
    std::size_t level_ = 0;
    std::array<std::size_t, nesting_ceiling + 1>
        first_key_; // of each open container; the others are left uninitialised
};

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_FINDINGS_HPP
#define METAPATCH_OUTCOME_FINDINGS_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace metapatch {

/// What was found at places of a document, in order.
///
/// A pointer is as long as the keys on its way, so a small text can ask for many long pointers. Beyond
/// `pointer_budget` bytes of pointers, and beyond as many findings as it is to keep, what is found is only counted:
/// `omitted()`. The first is always kept.
///
/// Where nothing was found, nothing has been allocated.
///
/// @tparam Found  a JSON Pointer as a string, or what has a member `pointer`
template<class Found>
class findings {
public:
    using value_type = Found;
    using const_iterator = typename std::vector<Found>::const_iterator;
    static constexpr std::size_t pointer_budget = std::size_t{1} << 20;

    findings() = default;

    /// @param max_size  how many it keeps, at least one
    explicit findings(std::size_t max_size) noexcept : max_size_(std::max<std::size_t>(max_size, 1)) {}

    void add(Found found)
    {
        if (full()) {
            ++omitted_;
            return;
        }
        pointer_bytes_ += pointer_size(found);
        kept_.push_back(std::move(found));
    }

    /// Count what was found elsewhere and is not kept here.
    void add_omitted(std::size_t count) noexcept { omitted_ += count; }

    /// Add all of another list, behind this one's.
    void add_all(findings const& more)
    {
        for (auto const& each : more)
            add(each);
        add_omitted(more.omitted());
    }

    /// Forget all.
    void clear() noexcept
    {
        kept_.clear();
        pointer_bytes_ = 0;
        omitted_ = 0;
    }

    /// Whether it keeps no more, so that `add` only counts: then no pointer has to be made for it.
    bool full() const noexcept { return pointer_bytes_ > pointer_budget || kept_.size() >= max_size_; }

    std::size_t max_size() const noexcept { return max_size_; } ///< how many it keeps

    bool empty() const noexcept { return kept_.empty(); }
    std::size_t size() const noexcept { return kept_.size(); }
    std::size_t omitted() const noexcept { return omitted_; } ///< beside those of `size()`
    const_iterator begin() const noexcept { return kept_.begin(); }
    const_iterator end() const noexcept { return kept_.end(); }
    Found const& front() const noexcept { return kept_.front(); }
    Found const& operator[](std::size_t i) const noexcept { return kept_[i]; }

    /// Whether the same was found, however many either keeps.
    bool operator==(findings const& other) const { return kept_ == other.kept_ && omitted_ == other.omitted_; }

private:
    static std::size_t pointer_size(Found const& found) noexcept
    {
        if constexpr (std::is_same_v<Found, std::string>)
            return found.size();
        else
            return found.pointer.size();
    }

    std::vector<Found> kept_;
    std::size_t max_size_ = std::numeric_limits<std::size_t>::max();
    std::size_t pointer_bytes_ = 0;
    std::size_t omitted_ = 0;
};

/// JSON Pointers, RFC 6901.
using pointer_list = findings<std::string>;

} // namespace metapatch

#endif

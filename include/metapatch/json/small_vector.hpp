// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_SMALL_VECTOR_HPP
#define METAPATCH_JSON_SMALL_VECTOR_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <type_traits>
#include <vector>

namespace metapatch::detail {

/// Elements one behind the other, the first `Near` of them in place, so that a few cost no allocation. What was
/// allocated once is used again.
///
/// Not the one of Boost.Container, whose inclusion takes a tenth of the time that including the library may take.
template<class T, std::size_t Near>
class small_vector {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    small_vector() noexcept {} // not `= default`: the room is left uninitialised also by `small_vector x{}`
    small_vector(small_vector const&) = delete;
    small_vector& operator=(small_vector const&) = delete;
    small_vector(small_vector&& other) noexcept { take(other); }
    small_vector& operator=(small_vector&& other) noexcept
    {
        if (this != &other)
            take(other);
        return *this;
    }
    ~small_vector() = default;

    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    T* data() noexcept { return is_far_ ? far_.data() : near(); }
    T const* data() const noexcept { return is_far_ ? far_.data() : near(); }
    T& operator[](std::size_t index) noexcept { return data()[index]; }
    T const& operator[](std::size_t index) const noexcept { return data()[index]; }
    T& back() noexcept { return data()[size_ - 1]; }
    T* begin() noexcept { return data(); }
    T* end() noexcept { return data() + size_; }
    T const* begin() const noexcept { return data(); }
    T const* end() const noexcept { return data() + size_; }

    /// Exceptions: std::bad_alloc, and only where it grows beyond all sizes it had; strong guarantee.
    T& push_back(T const& element)
    {
        if (!is_far_ && size_ < Near)
            return *std::construct_at(near() + size_++, element);
        return push_far(element);
    }

    /// The same, of an element that is as it is by default.
    T& add()
    {
        if (!is_far_ && size_ < Near)
            return *std::construct_at(near() + size_++);
        return push_far(T{});
    }

    void clear() noexcept
    {
        size_ = 0;
        is_far_ = false;
        far_.clear();
    }

    /// Keep the first `count`.
    void shrink(std::size_t count) noexcept
    {
        if (is_far_)
            far_.erase(far_.begin() + static_cast<std::ptrdiff_t>(count), far_.end());
        size_ = count;
    }

private:
    T* near() noexcept { return reinterpret_cast<T*>(near_); }
    T const* near() const noexcept { return reinterpret_cast<T const*>(near_); }

    [[gnu::noinline]] T& push_far(T const& element)
    {
        auto const copy = element; // it may be one of these
        if (!is_far_) {
            far_.reserve(4 * Near);
            far_.assign(near(), near() + size_);
            is_far_ = true;
        }
        far_.push_back(copy);
        ++size_;
        return far_.back();
    }

    void take(small_vector& other) noexcept
    {
        far_ = std::move(other.far_);
        is_far_ = other.is_far_;
        size_ = other.size_;
        if (!is_far_)
            std::uninitialized_copy_n(other.near(), size_, near());
        other.clear();
    }

    std::size_t size_ = 0;
    bool is_far_ = false;
    std::vector<T> far_; // all of them, where they are more than there is room for
    alignas(T) std::byte near_[sizeof(T) * Near];
};

} // namespace metapatch::detail

#endif

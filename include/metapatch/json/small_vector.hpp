// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_SMALL_VECTOR_HPP
#define METAPATCH_JSON_SMALL_VECTOR_HPP

#include <metapatch/version.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace metapatch::detail {

/// Room for what a small_vector grows to: a copy of the bytes it has, and the others uninitialised.
///
/// Of bytes, and no template, because a std::unique_ptr to an array for each class of elements, and the standard
/// algorithms on them, were a sixth of the functions that a file which updates a user has to compile.
[[gnu::noinline]] inline std::unique_ptr<std::byte[]> grown_room(void const* elements, std::size_t bytes,
                                                                 std::size_t room)
{
    std::unique_ptr<std::byte[]> grown(new std::byte[room]);
    std::memcpy(grown.get(), elements, bytes);
    return grown;
}

/// Elements one behind the other, the first `Near` of them in place, so that a few cost no allocation. What was
/// allocated once is used again.
///
/// Not the one of Boost.Container, whose inclusion takes a tenth of the time that including the library may take.
template<class T, std::size_t Near>
class small_vector {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);

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
    T* data() noexcept { return data_; }
    T const* data() const noexcept { return data_; }
    T& operator[](std::size_t index) noexcept { return data_[index]; }
    T const& operator[](std::size_t index) const noexcept { return data_[index]; }
    T& back() noexcept { return data_[size_ - 1]; }
    T* begin() noexcept { return data_; }
    T* end() noexcept { return data_ + size_; }
    T const* begin() const noexcept { return data_; }
    T const* end() const noexcept { return data_ + size_; }

    /// Exceptions: std::bad_alloc, and only where it grows beyond all sizes it had; strong guarantee.
    [[gnu::always_inline]] T& push_back(T const& element)
    {
        if (size_ == capacity_) [[unlikely]]
            return push_grown(element);
        return *::new (static_cast<void*>(data_ + size_++)) T(element);
    }

    /// The same, of an element whose first members are these; the others are as they are by default.
    template<class... Members>
    T& add(Members const&... members)
    {
        if (size_ == capacity_) [[unlikely]]
            grow();
        return *::new (static_cast<void*>(data_ + size_++)) T{members...};
    }

    void clear() noexcept { size_ = 0; }

    /// Keep the first `count`.
    void shrink(std::size_t count) noexcept { size_ = count; }

private:
    static T* in(std::byte* room) noexcept { return reinterpret_cast<T*>(room); }

    T& push_grown(T const& element)
    {
        auto const copy = element; // it may be one of these
        grow();
        return *::new (static_cast<void*>(data_ + size_++)) T(copy);
    }

    [[gnu::noinline]] void grow()
    {
        auto const capacity = 4 * capacity_;
        far_ = grown_room(data_, size_ * sizeof(T), capacity * sizeof(T));
        data_ = in(far_.get());
        capacity_ = capacity;
    }

    void take(small_vector& other) noexcept
    {
        far_ = std::move(other.far_);
        size_ = other.size_;
        capacity_ = other.capacity_;
        data_ = far_ ? other.data_ : in(near_);
        if (!far_)
            std::memcpy(near_, other.near_, size_ * sizeof(T));
        other.data_ = in(other.near_);
        other.size_ = 0;
        other.capacity_ = Near;
    }

    T* data_ = in(near_);
    std::size_t size_ = 0;
    std::size_t capacity_ = Near;
    std::unique_ptr<std::byte[]> far_; // all of them, once they were more than there is room for
    alignas(T) std::byte near_[Near * sizeof(T)];
};

} // namespace metapatch::detail

#endif

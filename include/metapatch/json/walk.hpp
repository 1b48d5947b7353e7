// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_WALK_HPP
#define METAPATCH_JSON_WALK_HPP

#include <metapatch/json/temporary_text.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch {

/// The deepest nesting that any policy admits.
inline constexpr std::size_t nesting_ceiling = 1024;

/// Append one reference token to a JSON Pointer: `/`, then the key with `~` as `~0` and `/` as `~1`.
/// Source: RFC 6901 §3.
inline void append_pointer_token(std::string& pointer, std::string_view key)
{
    pointer += '/';
    if (key.find('~') == key.npos && key.find('/') == key.npos) { // as mostly: a copy, however long the key is
        pointer += key;
        return;
    }
    for (char const c : key) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

/// Visits the values below a JSON value in document order, without recursion.
///
/// @code
/// for (value_walk walk(body); walk.next();)
///     use(walk.key(), walk.value());
/// @endcode
///
/// The value that the walk starts from is not visited itself. The tree must not change during the walk.
///
/// Complexity: O(1) a step. No allocation down to `nesting_ceiling` levels; below them a step may allocate, and may
/// then throw std::bad_alloc.
class value_walk {
public:
    explicit value_walk(boost::json::object const& root [[clang::lifetimebound]]) { open(root); }

    explicit value_walk(boost::json::value const& root [[clang::lifetimebound]]) { open(root); }

    explicit value_walk(boost::json::object const&&) = delete; // it would refer to what is gone
    explicit value_walk(boost::json::value const&&) = delete;

    value_walk(value_walk const&) = delete;
    value_walk& operator=(value_walk const&) = delete;

    /// Go to the next value; false when there is none left.
    bool next()
    {
        if (value_ != nullptr && !skip_)
            open(*value_);
        skip_ = false;
        while (depth_ > 0) {
            auto& here = top();
            if (here.next == here.size) {
                --depth_;
                if (depth_ >= near_.size())
                    far_.pop_back();
                continue;
            }
            auto const index = here.next++;
            value_ = here.members != nullptr ? &here.members[index].value() : &here.elements[index];
            return true;
        }
        return false;
    }

    /// Do not visit what is inside the current value.
    void skip_inside() noexcept { skip_ = true; }

    boost::json::value const& value() const noexcept { return *value_; }

    /// Whether the current value is the member of an object, and so has a key.
    bool has_key() const noexcept { return top().members != nullptr; }

    std::string_view key() const noexcept { return top().members[top().next - 1].key(); }

    /// How deep the current value lies: 1 for a member of the root.
    std::size_t level() const noexcept { return depth_; }

    /// The JSON Pointer of the current value, from the root of the walk. O(its length).
    std::string pointer() const
    {
        std::string text;
        for (std::size_t i = 0; i < depth_; ++i) {
            auto const& here = i < near_.size() ? near_[i] : far_[i - near_.size()];
            auto const index = here.next - 1;
            if (here.members != nullptr)
                append_pointer_token(text, here.members[index].key());
            else
                append_pointer_token(text, std::to_string(index));
        }
        return text;
    }

private:
    struct container {
        boost::json::key_value_pair const* members; ///< of an object
        boost::json::value const* elements;         ///< of an array
        std::size_t next;
        std::size_t size;
    };

    void open(boost::json::value const& value)
    {
        if (auto const* object = value.if_object())
            open(*object);
        else if (auto const* array = value.if_array())
            push({nullptr, array->begin(), 0, array->size()});
    }

    void open(boost::json::object const& object) { push({object.begin(), nullptr, 0, object.size()}); }

    void push(container const& entered)
    {
        if (depth_ < near_.size())
            near_[depth_] = entered;
        else
            far_.push_back(entered);
        ++depth_;
    }

    container& top() noexcept { return depth_ <= near_.size() ? near_[depth_ - 1] : far_.back(); }
    container const& top() const noexcept { return depth_ <= near_.size() ? near_[depth_ - 1] : far_.back(); }

    boost::json::value const* value_ = nullptr;
    std::size_t depth_ = 0;
    bool skip_ = false;
    std::array<container, nesting_ceiling> near_; // left uninitialised: only what is entered is ever touched
    std::vector<container> far_;
};

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_SPLAY_SEQUENCE_HPP
#define METAPATCH_ALGEBRA_SPLAY_SEQUENCE_HPP

#include <metapatch/version.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace metapatch::detail {

/// A sequence in which elements are found, inserted and taken out by their index, wherever they stand: a splay tree.
///
/// @tparam T   is default-constructible and movable
/// Complexity: any n operations on a sequence that was made by `push_back` take O(n log n), whatever their order: no
///             choice of indices makes it slow, as it could with a tree that is balanced by chance. What is taken out
///             leaves its node behind, so memory is that of all elements that were ever there
/// Exceptions: std::bad_alloc; then the sequence is as it was
template<class T>
class splay_sequence {
public:
    std::size_t size() const noexcept { return size_of(root_); }

    void reserve(std::size_t elements) { nodes_.reserve(elements); }

    void push_back(T element) { insert(size(), std::move(element)); }

    /// @param index  less than `size()`. The element stays where it is until the next insertion
    T& at(std::size_t index)
    {
        auto here = root_;
        for (;;) {
            auto const before = size_of(nodes_[here].child[left]);
            if (index == before)
                break;
            bool const behind = index > before;
            if (behind)
                index -= before + 1;
            here = nodes_[here].child[behind ? right : left];
        }
        splay(here);
        return nodes_[here].element;
    }

    /// @param index  where it stands afterwards, at most `size()`
    void insert(std::size_t index, T element)
    {
        nodes_.push_back({std::move(element), none, {none, none}, 1});
        auto const made = nodes_.size() - 1;
        if (index < size()) {
            at(index);
            adopt(made, left, nodes_[root_].child[left]);
            nodes_[root_].child[left] = none;
            measure(root_);
            adopt(made, right, root_);
        } else if (root_ != none) {
            at(size() - 1);
            adopt(made, left, root_);
        }
        measure(made);
        root_ = made;
    }

    /// @param index  less than `size()`
    T take(std::size_t index)
    {
        at(index);
        auto const taken = root_;
        auto const [before, behind] = nodes_[taken].child;
        for (auto const side : {before, behind}) {
            if (side != none)
                nodes_[side].parent = none;
        }
        root_ = before != none ? before : behind;
        if (before != none && behind != none) {
            at(size() - 1);
            adopt(root_, right, behind);
            measure(root_);
        }
        return std::move(nodes_[taken].element);
    }

    /// Calls `use` with each element, in order. O(n).
    template<class Use>
    void for_each(Use use)
    {
        auto here = end_of(root_, left);
        while (here != none) {
            use(nodes_[here].element);
            if (nodes_[here].child[right] != none) {
                here = end_of(nodes_[here].child[right], left);
                continue;
            }
            while (nodes_[here].parent != none && side_of(here) == right)
                here = nodes_[here].parent;
            here = nodes_[here].parent;
        }
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr std::size_t left = 0;
    static constexpr std::size_t right = 1;

    struct node {
        T element;
        std::size_t parent;
        std::array<std::size_t, 2> child;
        std::size_t size; ///< of the tree below and with it
    };

    std::size_t size_of(std::size_t tree) const noexcept { return tree == none ? 0 : nodes_[tree].size; }

    std::size_t side_of(std::size_t here) const noexcept
    {
        return nodes_[nodes_[here].parent].child[left] == here ? left : right;
    }

    std::size_t end_of(std::size_t tree, std::size_t side) const noexcept
    {
        while (tree != none && nodes_[tree].child[side] != none)
            tree = nodes_[tree].child[side];
        return tree;
    }

    void measure(std::size_t here) noexcept
    {
        auto const& child = nodes_[here].child;
        nodes_[here].size = size_of(child[left]) + 1 + size_of(child[right]);
    }

    void adopt(std::size_t parent, std::size_t side, std::size_t child) noexcept
    {
        nodes_[parent].child[side] = child;
        if (child != none)
            nodes_[child].parent = parent;
    }

    /// Put a node in the place of its parent, which goes to its other side.
    void rotate(std::size_t here) noexcept
    {
        auto const parent = nodes_[here].parent;
        auto const above = nodes_[parent].parent;
        auto const side = side_of(here);
        if (above == none)
            nodes_[here].parent = none;
        else
            adopt(above, side_of(parent), here);
        adopt(parent, side, nodes_[here].child[1 - side]);
        adopt(here, 1 - side, parent);
        measure(parent);
        measure(here);
    }

    void splay(std::size_t here) noexcept
    {
        while (nodes_[here].parent != none) {
            auto const parent = nodes_[here].parent;
            if (nodes_[parent].parent != none)
                rotate(side_of(here) == side_of(parent) ? parent : here);
            rotate(here);
        }
        root_ = here;
    }

    std::vector<node> nodes_;
    std::size_t root_ = none;
};

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_OPENED_DOCUMENT_HPP
#define METAPATCH_ALGEBRA_OPENED_DOCUMENT_HPP

#include <metapatch/algebra/opened_containers.hpp>
#include <metapatch/algebra/pointer_tokens.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/json/measure.hpp>
#include <metapatch/outcome/operation_fault.hpp>

#include <boost/json/value.hpp>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace metapatch::detail {

/// A document that is changed at one place after the other. A container is opened, once, where something inside it is
/// looked up; all else stays as Boost.JSON has it.
///
/// Between the changes it may be nested as deep as they make it: nothing of it is walked or destroyed by recursion.
class opened_document {
public:
    explicit opened_document(std::optional<boost::json::value>&& document)
        : exists_(document.has_value()), root_{document ? std::move(*document) : boost::json::value()}
    {
    }

    opened_document(opened_document const&) = delete;
    opened_document& operator=(opened_document const&) = delete;

    /// What stands at a pointer, or how far there is something: `found` tokens lead to what is there, and the next does
    /// not for the reason `fault`.
    struct look_up {
        std::optional<value_slot> place;
        std::size_t found;
        operation_fault fault;
    };

    /// @param count  how many of the tokens lead there
    look_up find(pointer_tokens const& path, std::size_t count)
    {
        if (!exists_)
            return {std::nullopt, 0, operation_fault::no_document};
        auto at = root();
        for (std::size_t i = 0; i < count; ++i) {
            auto* const inside = open(at);
            if (inside == nullptr)
                return {std::nullopt, i, operation_fault::not_a_container};
            auto const next = inside->find(path[i]);
            if (!next)
                return {std::nullopt, i, inside->why_not(path[i])};
            at = *next;
        }
        return {at, count, {}};
    }

    /// Put a value where a pointer leads, over a member that is there, and before an element.
    look_up put(pointer_tokens const& path, opened_value value)
    {
        if (path.empty()) {
            root_ = std::move(value);
            exists_ = true;
            return {root(), 0, {}};
        }
        auto parent = find(path, path.size() - 1);
        if (!parent.place)
            return parent;
        auto* const inside = open(*parent.place);
        if (inside != nullptr && inside->put(path.back(), std::move(value)))
            return parent;
        auto const why = inside == nullptr ? operation_fault::not_a_container : inside->why_not(path.back());
        return {std::nullopt, path.size() - 1, why};
    }

    /// Remove what is at a pointer.
    ///
    /// @param taken  gets what it was
    look_up take(pointer_tokens const& path, std::optional<opened_value>& taken)
    {
        if (path.empty()) {
            auto const there = find(path, 0);
            if (std::exchange(exists_, false))
                taken.emplace(std::exchange(root_, {}));
            return there;
        }
        auto const parent = find(path, path.size() - 1);
        if (!parent.place)
            return parent;
        auto* const inside = open(*parent.place);
        if (inside == nullptr)
            return {std::nullopt, path.size() - 1, operation_fault::not_a_container};
        if (!inside->find(path.back()))
            return {std::nullopt, path.size() - 1, inside->why_not(path.back())};
        taken.emplace(inside->take(path.back()));
        return parent;
    }

    /// Whether a place has that value. O(the value given) expected, and in an array also the logarithm of its size.
    static bool holds(value_slot there, boost::json::value const& expected)
    {
        struct pair {
            value_slot there;
            boost::json::value const* expected;
        };
        std::vector<pair> pending{{there, &expected}};
        while (!pending.empty()) {
            auto const here = pending.back();
            pending.pop_back();
            auto* const opened = *here.there.opened;
            if (opened == nullptr) {
                if (!equal(*here.there.closed, *here.expected))
                    return false;
                continue;
            }
            bool const same_inside =
                opened->match(*here.expected, [&](value_slot inside, boost::json::value const& each) {
                    pending.push_back({inside, &each});
                });
            if (!same_inside)
                return false;
        }
        return true;
    }

    /// Make a plain value of what is at a place, all that is inside it included. O(n) in that.
    ///
    /// @return false where it is nested beyond `nesting_ceiling`; then the document is of no use
    static bool close(value_slot whole)
    {
        struct opened_place {
            value_slot at;
            std::size_t level; ///< of its container, from 1
        };
        std::vector<opened_place> found;
        bool fits = true;
        auto const add = [&](value_slot at, std::size_t level) {
            if (*at.opened != nullptr)
                found.push_back({at, level});
            auto const levels = *at.opened != nullptr ? level : level - 1 + nesting(*at.closed);
            fits = fits && levels <= nesting_ceiling;
        };
        add(whole, 1);
        for (std::size_t i = 0; i < found.size() && fits; ++i) {
            auto const here = found[i];
            (*here.at.opened)->for_each([&](value_slot inside) { add(inside, here.level + 1); });
        }
        if (!fits)
            return false;
        for (auto here = found.rbegin(); here != found.rend(); ++here) { // what is inside stands behind
            *here->at.closed = (*here->at.opened)->closed();
            *here->at.opened = nullptr;
        }
        return true;
    }

    /// The same for the whole document.
    bool close() { return !exists_ || close(root()); }

    /// What `close` has closed.
    std::optional<boost::json::value> document() &&
    {
        return exists_ ? std::optional(std::move(root_.closed)) : std::nullopt;
    }

private:
    value_slot root() noexcept { return {&root_.closed, &root_.opened}; }

    /// The container at a place, opened; null where there is none.
    opened_container* open(value_slot at)
    {
        if (*at.opened == nullptr && at.closed->is_structured()) {
            containers_.emplace_back(std::move(*at.closed));
            *at.closed = nullptr;
            *at.opened = &containers_.back();
        }
        return *at.opened;
    }

    bool exists_;
    opened_value root_;
    std::deque<opened_container> containers_; // which none owns that is inside another
};

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_OPENED_CONTAINERS_HPP
#define METAPATCH_ALGEBRA_OPENED_CONTAINERS_HPP

#include <metapatch/algebra/pointer_tokens.hpp>
#include <metapatch/algebra/splay_sequence.hpp>
#include <metapatch/outcome/operation_fault.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace metapatch::detail {

class opened_container;

/// A value: `closed` alone, or what it was opened to.
struct opened_value {
    boost::json::value closed{};
    opened_container* opened = nullptr;
};

/// Where a value stands. Good until the next change of what it stands in.
struct value_slot {
    boost::json::value* closed;
    opened_container** opened;
};

/// An object from which members are removed in O(1) amortised, and which keeps their order all the same. A member that
/// is removed leaves its key behind; where most have gone, those that are left are copied together.
class opened_object {
public:
    explicit opened_object(boost::json::object&& members)
        : members_(std::move(members)), live_(members_.size()), next_(live_)
    {
        slots_.reserve(live_);
        for (std::size_t i = 0; i < live_; ++i)
            slots_.push_back({i, nullptr});
    }

    std::size_t size() const noexcept { return live_; }

    std::optional<value_slot> find(std::string_view key)
    {
        auto const there = members_.find(key);
        if (there == members_.end() || slot_of(there).order == gone)
            return std::nullopt;
        return value_slot{&there->value(), &slot_of(there).opened};
    }

    /// A member that is there keeps its place, another one goes last.
    void put(std::string_view key, opened_value value)
    {
        auto const [there, is_new] = members_.emplace(key, nullptr);
        if (is_new)
            slots_.push_back({gone, nullptr});
        auto& its = slot_of(there);
        if (its.order == gone) {
            in_order_ = in_order_ && is_new;
            its.order = next_++;
            ++live_;
        }
        there->value() = std::move(value.closed);
        its.opened = value.opened;
    }

    /// @param key  of a member that is there
    opened_value take(std::string_view key)
    {
        auto const there = members_.find(key);
        slot_of(there).order = gone;
        opened_value taken{std::move(there->value()), slot_of(there).opened};
        --live_;
        if (live_ < slots_.size() / 2)
            tidy();
        return taken;
    }

    template<class Use>
    void for_each(Use use)
    {
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (slots_[i].order != gone)
                use(value_slot{&members_.begin()[i].value(), &slots_[i].opened});
        }
    }

    /// The members, in order. Their values have been closed.
    boost::json::object closed()
    {
        tidy();
        return std::move(members_);
    }

private:
    static constexpr std::size_t gone = static_cast<std::size_t>(-1);

    struct slot {
        std::size_t order; ///< among the members, or `gone`
        opened_container* opened;
    };

    slot& slot_of(boost::json::object::iterator member)
    {
        return slots_[static_cast<std::size_t>(member - members_.begin())];
    }

    /// Drop what has gone. O(n), and O(n log n) where a member has come back.
    void tidy()
    {
        if (live_ == slots_.size() && in_order_)
            return;
        std::vector<std::size_t> kept;
        kept.reserve(live_);
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (slots_[i].order != gone)
                kept.push_back(i);
        }
        if (!in_order_)
            std::sort(kept.begin(), kept.end(),
                      [this](std::size_t a, std::size_t b) { return slots_[a].order < slots_[b].order; });
        boost::json::object members(members_.storage());
        std::vector<slot> slots;
        members.reserve(live_);
        slots.reserve(live_);
        for (auto const i : kept) {
            auto& member = members_.begin()[i];
            members.emplace(member.key(), std::move(member.value()));
            slots.push_back({slots.size(), slots_[i].opened});
        }
        members_ = std::move(members);
        slots_ = std::move(slots);
        next_ = live_;
        in_order_ = true;
    }

    boost::json::object members_; // and those that have gone, as null
    std::vector<slot> slots_;     // one for each of them
    std::size_t live_;
    std::size_t next_; // in the order
    bool in_order_ = true;
};

/// An array in which an element is found, put in and removed in O(log n) amortised.
class opened_array {
public:
    explicit opened_array(boost::json::array&& elements) : storage_(elements.storage())
    {
        elements_.reserve(elements.size());
        for (auto& each : elements)
            elements_.push_back({std::move(each), nullptr});
    }

    std::size_t size() const noexcept { return elements_.size(); }

    std::optional<value_slot> find(std::string_view token)
    {
        auto const index = size() > 0 ? index_of(token, size() - 1) : std::nullopt;
        return index ? std::optional(place_of(elements_.at(*index))) : std::nullopt;
    }

    /// @return false where the token is no place for an element
    bool put(std::string_view token, opened_value value)
    {
        auto const index = token == "-" ? std::optional(size()) : index_of(token, size());
        if (index)
            elements_.insert(*index, std::move(value));
        return index.has_value();
    }

    /// @param token  the index of an element that is there
    opened_value take(std::string_view token) { return elements_.take(index_of(token, size() - 1).value()); }

    template<class Use>
    void for_each(Use use)
    {
        elements_.for_each([&](opened_value& each) { use(place_of(each)); });
    }

    boost::json::array closed()
    {
        boost::json::array made(storage_);
        made.reserve(size());
        elements_.for_each([&](opened_value& each) { made.push_back(std::move(each.closed)); });
        return made;
    }

private:
    static value_slot place_of(opened_value& element) noexcept { return {&element.closed, &element.opened}; }

    boost::json::storage_ptr storage_;
    splay_sequence<opened_value> elements_;
};

/// An object or an array that is worked on.
class opened_container {
public:
    explicit opened_container(boost::json::value&& whole) : is_(opened(std::move(whole))) {}

    std::optional<value_slot> find(std::string_view token)
    {
        return std::visit([token](auto& each) { return each.find(token); }, is_);
    }

    /// @return false where the token is no place for a value
    bool put(std::string_view token, opened_value value)
    {
        if (auto* const array = std::get_if<opened_array>(&is_))
            return array->put(token, std::move(value));
        std::get<opened_object>(is_).put(token, std::move(value));
        return true;
    }

    /// @param token  leads to a value
    opened_value take(std::string_view token)
    {
        return std::visit([token](auto& each) { return each.take(token); }, is_);
    }

    /// Why a token leads to nothing.
    operation_fault why_not(std::string_view token) const noexcept
    {
        if (std::holds_alternative<opened_object>(is_))
            return operation_fault::no_member;
        return token == "-" || is_index(token) ? operation_fault::no_element : operation_fault::no_index;
    }

    /// Calls `use` with the place of each value inside.
    template<class Use>
    void for_each(Use use)
    {
        std::visit([&use](auto& each) { each.for_each(use); }, is_);
    }

    /// Calls `use` with each value inside and the one that another value has in its place.
    ///
    /// @return false where the other one is of another kind, or has other keys, or not as many values
    template<class Use>
    bool match(boost::json::value const& other, Use use)
    {
        if (auto* const object = std::get_if<opened_object>(&is_)) {
            auto const* const members = other.if_object();
            if (members == nullptr || members->size() != object->size())
                return false;
            for (auto const& member : *members) {
                auto const mine = object->find(member.key());
                if (!mine)
                    return false;
                use(*mine, member.value());
            }
            return true;
        }
        auto& array = std::get<opened_array>(is_);
        auto const* const elements = other.if_array();
        if (elements == nullptr || elements->size() != array.size())
            return false;
        auto const* next = elements->begin();
        array.for_each([&](value_slot mine) { use(mine, *next++); });
        return true;
    }

    /// A plain value of what it is. All that is inside has been closed.
    boost::json::value closed()
    {
        return std::visit([](auto& each) { return boost::json::value(each.closed()); }, is_);
    }

private:
    using either = std::variant<opened_object, opened_array>;

    static either opened(boost::json::value&& whole)
    {
        if (whole.is_object())
            return opened_object(std::move(whole.get_object()));
        return opened_array(std::move(whole.get_array()));
    }

    either is_;
};

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_ADVICE_HPP
#define METAPATCH_ALGEBRA_ADVICE_HPP

#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/findings.hpp>
#include <metapatch/patch/patch.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch {

/// What is allowed and mostly not meant.
enum class advice_code : std::uint8_t {
    root_collision, ///< a first-level name that a root attribute has too, and hides where the field is copied over it
    type_change,    ///< a value of another JSON type than the stored one
    loss,           ///< a stored member vanishes, because its object, or the field, is replaced by one without its name
    unsafe_integer, ///< an integer beyond ±(2^53 - 1), which JavaScript cannot tell from its neighbours
    field_name,     ///< the only member bears the field's own name: a whole body, given as the patch of its field
};

/// The stable name of an advice, as it appears on the wire.
constexpr std::string_view name(advice_code code) noexcept
{
    switch (code) {
    case advice_code::root_collision:
        return "root_collision";
    case advice_code::type_change:
        return "type_change";
    case advice_code::loss:
        return "loss";
    case advice_code::unsafe_integer:
        return "unsafe_integer";
    case advice_code::field_name:
        return "field_name";
    }
    return "unknown";
}

/// One piece of advice, and what it is about.
struct advice {
    advice_code code{};
    std::string pointer{}; ///< RFC 6901, from the root of the field

    bool operator==(advice const&) const = default;
};

namespace detail {

/// Visits the members of a patch whose stored member is known, on all levels that merge, and what lies in objects that
/// are replaced. Depth first, without recursion.
class replaced_members {
public:
    /// @param levels  how many merge; 0: the stored object itself is replaced
    replaced_members(boost::json::object const& stored, boost::json::object const& changes, std::size_t levels)
        : levels_(levels)
    {
        frames_.push_back({&stored, &changes, 1, levels == 0, 0, 0});
    }

    /// @param set   called for each member of the patch on a level that merges and the value stored there
    /// @param lost  called for each stored member that an object replaces without naming it
    template<class Set, class Lost>
    void visit(Set set, Lost lost)
    {
        while (!frames_.empty()) {
            auto& here = frames_.back();
            auto const& walked = here.replaces ? *here.stored : *here.changes;
            if (here.next == walked.size()) {
                frames_.pop_back();
                continue;
            }
            auto const& member = walked.begin()[here.next++];
            auto const* const other = (here.replaces ? *here.changes : *here.stored).if_contains(member.key());
            pointer_.resize(here.pointer_size);
            append_pointer_token(pointer_, member.key());
            if (other == nullptr) {
                if (here.replaces)
                    lost(pointer_);
                continue;
            }
            auto const& before = here.replaces ? member.value() : *other;
            auto const& after = here.replaces ? *other : member.value();
            if (!here.replaces)
                set(pointer_, before, after);
            if (before.is_object() && after.is_object())
                frames_.push_back({&before.get_object(), &after.get_object(), here.level + 1,
                                   here.replaces || here.level == levels_, 0, pointer_.size()});
        }
    }

private:
    struct frame {
        boost::json::object const* stored;
        boost::json::object const* changes;
        std::size_t level;
        bool replaces; ///< else it merges
        std::size_t next;
        std::size_t pointer_size;
    };

    std::size_t levels_;
    std::string pointer_;
    std::vector<frame> frames_;
};

/// An integer that a double does not hold exactly, with all its neighbours. Of a double it is not known whether an
/// integer was meant, but for those too large for 64 bits, as readers make them of integers.
inline bool is_unsafe_integer(boost::json::value const& value) noexcept
{
    constexpr std::int64_t most = (std::int64_t{1} << 53) - 1;
    if (auto const* i = value.if_int64())
        return *i > most || *i < -most;
    if (auto const* u = value.if_uint64())
        return *u > static_cast<std::uint64_t>(most);
    auto const* real = value.if_double();
    return real != nullptr && (*real >= 18446744073709551616.0 || *real < -9223372036854775808.0);
}

/// Values of the same JSON type.
inline bool same_type(boost::json::value const& left, boost::json::value const& right) noexcept
{
    return left.kind() == right.kind() || (left.is_number() && right.is_number());
}

/// Whether the only member of a patch bears the name of the field that it is of. A null there is no body: it removes
/// what such a body has left behind.
inline bool is_whole_body(patch const& changes, std::string_view own_name)
{
    auto const& members = changes.members();
    return !own_name.empty() && members.size() == 1 && std::string_view(members.begin()->key()) == own_name &&
           !members.begin()->value().is_null();
}

/// @param lost  called with the pointer of each loss
template<class Lost>
void visit_losses(state const& stored, patch const& changes, merge_rules const& rules, Lost lost)
{
    if (!stored || changes.members().empty())
        return; // a clear alone is meant
    if (changes.clears() && rules.depth > 0)
        return; // so is one that was asked for beside members
    replaced_members(*stored, changes.members(), changes.clears() ? 0 : changes.levels()).visit([](auto&&...) {}, lost);
}

} // namespace detail

/// JSON Pointers to the shallowest stored members that vanish because a patch replaces an object by one that does not
/// name them: the trap of a merge of few levels, and of a field that is replaced as a whole. `deepen` gives the patch
/// that keeps them. What a patch removes, clears, or replaces by another type, is meant.
///
/// Beyond `pointer_budget` bytes of pointers they are only counted.
///
/// @param stored  the field as it is
/// @param changes a patch of the policy
/// @param policy  its merge alone counts: under one that replaces, each body but `{}` replaces the field itself
/// Complexity:    O(n) in what the patch touches, and in the pointers; no recursion. Exceptions: std::bad_alloc
/// Source:        semantics §5
template<key_rule Keys>
[[nodiscard]] pointer_list losses(state const& stored, patch const& changes, policy<Keys> const& policy)
{
    pointer_list found;
    detail::visit_losses(stored, changes, policy.merge,
                         [&found](std::string const& pointer) { found.add(found.full() ? std::string() : pointer); });
    return found;
}

/// What to tell the author of a patch: never an error.
///
/// @param stored      the field as it is
/// @param changes     a patch of the policy
/// @param policy      its merge alone counts
/// @param root_names  attributes of the document that the field is copied over; none for most fields
/// @param unsafe      which numbers are unsafe integers, for a caller whose values are more than they show
/// @param own_name    the member of the document that the field is; "" where that is not known
/// @return            first whether it is a whole body, then all collisions, changes of type, losses, and unsafe
///                    integers, each in the order of the patch; beyond `pointer_budget` bytes of pointers it is only
///                    counted
/// Complexity:        O(n) in the patch and in what it touches, O(names) a member; no recursion
/// Exceptions:        std::bad_alloc
/// Source:            semantics §3, "Advice"
template<key_rule Keys, class Unsafe = bool (*)(boost::json::value const&) noexcept>
[[nodiscard]] findings<advice> advise(state const& stored, patch const& changes, policy<Keys> const& policy,
                                      std::span<std::string_view const> root_names = {},
                                      Unsafe unsafe = &detail::is_unsafe_integer, std::string_view own_name = {})
{
    findings<advice> found;
    auto const add = [&found](advice_code code, std::string const& pointer) {
        found.add({code, found.full() ? std::string() : pointer});
    };
    if (detail::is_whole_body(changes, own_name)) {
        std::string pointer;
        append_pointer_token(pointer, own_name);
        add(advice_code::field_name, pointer);
    }
    for (auto const& member : changes.members()) {
        if (!member.value().is_null() &&
            std::find(root_names.begin(), root_names.end(), std::string_view(member.key())) != root_names.end()) {
            std::string pointer;
            append_pointer_token(pointer, member.key());
            add(advice_code::root_collision, pointer);
        }
    }
    if (stored) {
        detail::replaced_members(*stored, changes.members(), changes.levels())
            .visit(
                [&](std::string const& pointer, boost::json::value const& before, boost::json::value const& after) {
                    if (!after.is_null() && !detail::same_type(before, after))
                        add(advice_code::type_change, pointer);
                },
                [](auto&&) {});
    }
    detail::visit_losses(stored, changes, policy.merge,
                         [&add](std::string const& pointer) { add(advice_code::loss, pointer); });
    for (value_walk walk(changes.members()); walk.next();) {
        if (walk.value().is_number() && unsafe(walk.value()))
            found.add({advice_code::unsafe_integer, found.full() ? std::string() : walk.pointer()});
    }
    return found;
}

} // namespace metapatch

#endif

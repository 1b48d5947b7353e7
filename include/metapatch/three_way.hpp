// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_THREE_WAY_HPP
#define METAPATCH_THREE_WAY_HPP

#include <metapatch/rebase.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

/// What a client that changed its copy of a field has to send where others have changed the field meanwhile.
struct three_way_patch {
    patch mine;                           ///< to apply to theirs
    std::vector<std::string> conflicts{}; ///< first-level keys that both have changed, and not in the same way
    std::vector<std::string> pointers{};  ///< JSON Pointers to where both truly disagree; mine has the last word there
};

namespace detail {

/// Puts what changed between two objects into a third, and notes where that one has changed too.
class three_way_merge {
public:
    three_way_merge(boost::json::object const& base, boost::json::object const& mine, boost::json::object& theirs,
                    three_way_patch& out)
        : out_(out)
    {
        nodes_.push_back({&base, &mine, &theirs, {}});
    }

    void merge()
    {
        for (std::size_t i = 0; i < nodes_.size(); ++i) // grows meanwhile
            merge(i);
    }

private:
    struct node {
        boost::json::object const* base;
        boost::json::object const* mine;
        boost::json::object* theirs;
        std::string pointer;
    };

    static bool same(boost::json::value const* left, boost::json::value const* right)
    {
        return left == nullptr || right == nullptr ? left == right : equal(*left, *right);
    }

    void merge(std::size_t at)
    {
        auto const here = nodes_[at];
        std::vector<std::string_view> inside;
        std::vector<std::string_view> gone;
        auto const look = [&](std::string_view key, boost::json::value const* base, boost::json::value const* mine) {
            if (same(base, mine))
                return;
            auto* const theirs = here.theirs->if_contains(key);
            if (same(mine, theirs))
                return;
            if (!same(base, theirs)) {
                if (at == 0)
                    out_.conflicts.emplace_back(key);
                if (mine != nullptr && theirs != nullptr && mine->is_object() && theirs->is_object()) {
                    inside.push_back(key);
                    return;
                }
                out_.pointers.push_back(pointer(here.pointer, key));
            }
            if (mine == nullptr)
                gone.push_back(key);
            else
                (*here.theirs)[key] = *mine;
        };
        for (auto const& member : *here.base)
            look(member.key(), &member.value(), here.mine->if_contains(member.key()));
        for (auto const& member : *here.mine) {
            if (!here.base->contains(member.key()))
                look(member.key(), nullptr, &member.value());
        }
        remove(gone, *here.theirs);
        for (auto const key : inside) { // now that nothing moves any more
            auto const* const base = here.base->if_contains(key);
            nodes_.push_back({base != nullptr && base->is_object() ? &base->get_object() : &none_,
                              &here.mine->at(key).get_object(), &here.theirs->at(key).get_object(),
                              pointer(here.pointer, key)});
        }
    }

    /// In one pass, however many they are.
    static void remove(std::vector<std::string_view> const& keys, boost::json::object& from)
    {
        boost::json::object nulls;
        for (auto const key : keys)
            nulls.emplace(key, nullptr);
        detail::merge<boost::json::object const> removal(from, nulls, 1);
        removal.prepare();
        removal.commit();
    }

    static std::string pointer(std::string const& parent, std::string_view key)
    {
        auto text = parent;
        append_pointer_token(text, key);
        return text;
    }

    three_way_patch& out_;
    boost::json::object none_;
    std::deque<node> nodes_;
};

} // namespace detail

/// Merge what was changed in a copy of a field into what others have made of the field.
///
/// A member that one side alone has changed is that side's. Where both have changed an object, its members are merged
/// in the same way, on every level; where both have changed a value and differ, mine has the last word and the place is
/// noted.
///
/// @param base    the field as it was when the copy was taken
/// @param mine    the copy, changed
/// @param theirs  the field as it is now
/// @param policy  as for `diff`
/// @return        a patch for theirs; untouched where all of mine is there
/// Errors:        those of `diff`
/// Complexity:    O(n) in all three, times the nesting of what both have changed; no recursion of its own. Theirs is copied
/// Exceptions:    std::bad_alloc
/// Source:        SPEC §5
template<key_rule Keys>
[[nodiscard]] result<three_way_patch> three_way(state const& base, state const& mine, state const& theirs,
                                                policy<Keys> const& policy, boost::json::storage_ptr storage = {})
{
    three_way_patch made{patch(storage)};
    boost::json::object const none;
    boost::json::object target = theirs ? *theirs : none;
    detail::three_way_merge(base ? *base : none, mine ? *mine : none, target, made).merge();
    bool const present = mine.has_value() == base.has_value() ? theirs.has_value() : mine.has_value();
    auto changes = diff(theirs, present || !target.empty() ? state(std::move(target)) : state(), policy, storage);
    if (!changes)
        return std::move(changes).error();
    made.mine = std::move(*changes);
    return made;
}

} // namespace metapatch

#endif

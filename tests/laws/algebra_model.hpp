// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_ALGEBRA_MODEL_HPP
#define METAPATCH_TESTS_LAWS_ALGEBRA_MODEL_HPP

#include "model.hpp"

#include <boost/json/object.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/patch/patch.hpp>
#include <string>
#include <string_view>
#include <vector>

/// The algebra as plainly as can be, by recursion: what the library's answers are held against.
namespace metapatch::model {

inline bool same(boost::json::value const* left, boost::json::value const* right)
{
    return left == nullptr || right == nullptr ? left == right : equal(*left, *right);
}

inline bool same(state const& left, state const& right)
{
    return left.has_value() == right.has_value() && (!left || equal(*left, *right));
}

inline boost::json::value const* member(state const& of, std::string_view key)
{
    return of ? of->if_contains(key) : nullptr;
}

/// What a patch makes of a state by its merge alone.
inline state effect(state const& before, patch const& p, merge_rules const& rules)
{
    if (p.is_untouched())
        return before;
    if (p.clears() && p.members().empty())
        return rules.cleared == cleared_field::absent ? state() : state(boost::json::object());
    return merged(before && !p.clears() ? *before : boost::json::object(), p.members(), p.levels());
}

/// Where a value that is to be set holds a null that removes instead.
inline void nulls_in(boost::json::value const& wanted, std::string const& pointer, std::size_t levels,
                     std::vector<std::string>& out)
{
    if (wanted.is_null())
        out.push_back(pointer);
    if (levels > 1 && wanted.is_object()) {
        for (auto const& each : wanted.get_object())
            nulls_in(each.value(), pointer + token(each.key()), levels - 1, out);
    }
}

struct members_between {
    boost::json::object members{};
    std::vector<std::string> unreachable{}; ///< pointers to nulls that no patch sets
};

/// The members that lead from one object to another.
inline members_between between(boost::json::object const& from, boost::json::object const& to, std::size_t levels,
                               std::string const& pointer = "")
{
    members_between made;
    for (auto const& each : from) {
        if (!to.contains(each.key()))
            made.members[each.key()] = nullptr;
    }
    for (auto const& each : to) {
        auto const* const old = from.if_contains(each.key());
        if (same(old, &each.value()))
            continue;
        auto const here = pointer + token(each.key());
        if (levels > 1 && old != nullptr && old->is_object() && each.value().is_object()) {
            auto inside = between(old->get_object(), each.value().get_object(), levels - 1, here);
            made.members[each.key()] = std::move(inside.members);
            made.unreachable.insert(made.unreachable.end(), inside.unreachable.begin(), inside.unreachable.end());
        } else {
            nulls_in(each.value(), here, levels, made.unreachable);
            made.members[each.key()] = each.value();
        }
    }
    return made;
}

/// Where one patch sets or removes what the other merges into.
inline std::vector<std::string> set_then_merged(boost::json::object const& first, boost::json::object const& second,
                                                std::size_t levels, std::string const& pointer = "")
{
    std::vector<std::string> found;
    for (auto const& each : second) {
        auto const* const before = first.if_contains(each.key());
        if (before == nullptr || levels == 1 || !each.value().is_object())
            continue;
        auto const here = pointer + token(each.key());
        if (!before->is_object()) {
            found.push_back(here);
            continue;
        }
        auto const inside = set_then_merged(before->get_object(), each.value().get_object(), levels - 1, here);
        found.insert(found.end(), inside.begin(), inside.end());
    }
    return found;
}

/// What vanishes where an object replaces another.
inline void lost(boost::json::object const& stored, boost::json::object const& changes, std::size_t levels,
                 std::string const& pointer, std::vector<std::string>& out)
{
    if (levels == 0) { // replaced
        for (auto const& each : stored) {
            auto const* const named = changes.if_contains(each.key());
            if (named == nullptr)
                out.push_back(pointer + token(each.key()));
            else if (named->is_object() && each.value().is_object())
                lost(each.value().get_object(), named->get_object(), 0, pointer + token(each.key()), out);
        }
        return;
    }
    for (auto const& each : changes) {
        auto const* const old = stored.if_contains(each.key());
        if (old != nullptr && old->is_object() && each.value().is_object())
            lost(old->get_object(), each.value().get_object(), levels - 1, pointer + token(each.key()), out);
    }
}

/// What three states of an object come to: each member is whose it was changed by; mine where both disagree.
inline boost::json::object three_way(boost::json::object const& base, boost::json::object const& mine,
                                     boost::json::object const& theirs, std::string const& pointer,
                                     std::vector<std::string>& disagreements)
{
    boost::json::object made;
    boost::json::object keys = base;
    for (auto const* const each : {&mine, &theirs}) {
        for (auto const& member : *each)
            keys[member.key()] = 0;
    }
    for (auto const& each : keys) {
        auto const key = each.key();
        auto const* const b = base.if_contains(key);
        auto const* const m = mine.if_contains(key);
        auto const* const t = theirs.if_contains(key);
        auto const* kept = same(b, m) ? t : m;
        if (!same(b, m) && !same(b, t) && !same(m, t)) {
            if (m != nullptr && t != nullptr && m->is_object() && t->is_object()) {
                auto const inside = b != nullptr && b->is_object() ? b->get_object() : boost::json::object();
                made[key] = three_way(inside, m->get_object(), t->get_object(), pointer + token(key), disagreements);
                continue;
            }
            disagreements.push_back(pointer + token(key));
        }
        if (kept != nullptr)
            made[key] = *kept;
    }
    return made;
}

} // namespace metapatch::model

#endif

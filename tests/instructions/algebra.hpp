// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_INSTRUCTIONS_ALGEBRA_HPP
#define METAPATCH_TESTS_INSTRUCTIONS_ALGEBRA_HPP

#include "operation.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <memory>
#include <metapatch/algebra.hpp>
#include <metapatch/algebra/advice.hpp>
#include <metapatch/algebra/convert.hpp>
#include <metapatch/policy/policy.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Operations of the algebra on many members, half of them one level down, and on four times as many: the cost must grow
/// with the members, not with their square.
namespace metapatch::instructions {

/// Members that are there in one version of an object: of each four, one is gone from it, one has a value of that version,
/// and two are as in version 0, which has all; but of each five, one is different in every version.
inline boost::json::object members(std::size_t count, std::size_t version)
{
    boost::json::object made;
    for (std::size_t i = 0; i < count; ++i) {
        if (version == 0 || i % 4 != version)
            made.emplace("member" + std::to_string(i), i % 5 == 0 || (i + 1) % 4 == version ? version : 0);
    }
    return made;
}

inline boost::json::object fields(std::size_t count, std::size_t version)
{
    auto made = members(count / 2, version);
    made.emplace("inside", members(count / 2, version));
    return made;
}

/// Small patches: they set members, then merge into half of them, and all set one more.
inline std::vector<patch> small_patches(std::size_t count)
{
    std::vector<patch> made;
    for (std::size_t i = 0; i < count; ++i) {
        auto const key = "member" + std::to_string(i % (count * 2 / 3));
        auto const value = i < count * 2 / 3 ? boost::json::value(i) : boost::json::object{{"x", i}};
        made.push_back(patch::of({{key, value}, {"last", i}}, false, unlimited));
    }
    return made;
}

/// A JSON Patch of all operations: on members of one object, and on elements at the front of an array.
inline boost::json::array json_patch_operations(std::size_t count)
{
    boost::json::array made{{{"op", "add"}, {"path", "/list"}, {"value", boost::json::array()}}};
    for (std::size_t i = 0; i < count / 2; ++i) {
        auto const key = "/inside/new" + std::to_string(i);
        made.push_back({{"op", "add"}, {"path", key}, {"value", i}});
        made.push_back({{"op", "test"}, {"path", key}, {"value", i}});
        made.push_back({{"op", "copy"}, {"from", key}, {"path", "/list/0"}});
        made.push_back({{"op", "move"}, {"from", key}, {"path", "/list/0"}});
        made.push_back({{"op", "remove"}, {"path", "/list/0"}});
        made.push_back({{"op", "remove"}, {"path", "/inside/member" + std::to_string(i)}});
    }
    return made;
}

/// @param make  gives, for a number of members, what is counted
template<class Make>
void add_growing(std::string const& name, Make make, std::vector<operation>& all)
{
    for (auto const count : {std::size_t{1'000}, std::size_t{4'000}})
        all.push_back({name + "_" + std::to_string(count), [make, count] { return make(count); }});
}

inline std::vector<operation> algebra_operations()
{
    std::vector<operation> all;
    add_growing(
        "compose",
        [](std::size_t count) {
            std::vector<patch> patches;
            for (auto& each : small_patches(count))
                patches.push_back(patch::of(std::move(each).members(), false, 1));
            return [patches = std::move(patches)] { return compose(std::span(patches)).has_value(); };
        },
        all);
    add_growing(
        "compose_deep",
        [](std::size_t count) {
            return [patches = small_patches(count)] { return to_bodies(std::span(patches), rfc7396).has_value(); };
        },
        all);
    add_growing(
        "diff",
        [](std::size_t count) {
            return [from = state(fields(count, 1)), to = state(fields(count, 2))] {
                return diff(from, to, rfc7396).has_value();
            };
        },
        all);
    add_growing(
        "three_way",
        [](std::size_t count) {
            return [base = state(fields(count, 0)), mine = state(fields(count, 1)), theirs = state(fields(count, 2))] {
                return !three_way(base, mine, theirs, first_level)->conflicts.empty();
            };
        },
        all);
    add_growing(
        "rebase",
        [](std::size_t count) {
            state const base(fields(count, 0));
            return [changes = diff(base, state(fields(count, 1)), rfc7396).value(),
                    onto = diff(base, state(fields(count, 2)), rfc7396).value()] {
                return !rebase(changes, onto, rfc7396).rest.is_untouched();
            };
        },
        all);
    add_growing(
        "losses",
        [](std::size_t count) {
            return [stored = state(fields(count, 0)), changes = patch::of(fields(count, 1), false, 1)] {
                return !losses(stored, changes, first_level).empty();
            };
        },
        all);
    add_growing(
        "deepen_json_patch",
        [](std::size_t count) {
            return [stored = state(fields(count, 0)), operations = boost::json::value(json_patch_operations(count))] {
                return deepen_json_patch(stored, operations, first_level).has_value();
            };
        },
        all);
    return all;
}

} // namespace metapatch::instructions

#endif

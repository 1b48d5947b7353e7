// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_ALGEBRA_CASES_HPP
#define METAPATCH_TESTS_LAWS_ALGEBRA_CASES_HPP

#include "random.hpp"
#include "shrink.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/patch/patch.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the laws of the algebra are tried on: every policy, and cases as one JSON value each, so that they shrink. A case
/// has states S, T and U, where a missing one is absent, and patches p, q and r, where a missing one is untouched.
namespace metapatch::laws {

/// A release build tries a million cases in all; the others, of which some are slow by sanitizers, a tenth of them.
#ifdef NDEBUG
inline constexpr std::uint64_t cases_per_policy = 2'000;
#else
inline constexpr std::uint64_t cases_per_policy = 200;
#endif

struct named_policy {
    std::string name;
    auth0::field_policy rules;
};

/// Every way to merge, with every meaning of `{}`, of `null` and of a clear; then Auth0's fields.
inline std::vector<named_policy> every_policy()
{
    std::vector<named_policy> all;
    for (std::size_t const depth : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, unlimited}) {
        for (unsigned knobs = 0; knobs < 8; ++knobs) {
            merge_rules const merge{depth, (knobs & 1) != 0 ? empty_body::merges : empty_body::clears,
                                    (knobs & 2) != 0 ? null_body::clears : null_body::rejected,
                                    (knobs & 4) != 0 ? cleared_field::absent : cleared_field::empty};
            all.push_back({"depth " + std::to_string(depth) + " knobs " + std::to_string(knobs), {{}, merge, {}, {}}});
        }
    }
    for (auto const& each : auth0::profiles)
        all.push_back({std::string(each.name), each.policy});
    return all;
}

inline bool can_clear(merge_rules const& rules)
{
    return rules.depth == 0 || rules.on_empty == empty_body::clears || rules.on_null == null_body::clears;
}

inline std::size_t levels_of(merge_rules const& rules)
{
    return rules.depth == 0 ? 1 : rules.depth;
}

/// Reads the parts of a case.
class case_reader {
public:
    case_reader(boost::json::value const& on, merge_rules const& rules) : on_(on), rules_(rules) {}

    metapatch::state state(std::string_view name) const
    {
        auto const* const part = find(name);
        if (part == nullptr)
            return {};
        return object_in(*part);
    }

    /// `{"clear":true,"members":{…}}` without what is not so. Only patches that the policy has.
    metapatch::patch patch(std::string_view name) const
    {
        auto const* const part = find(name);
        if (part == nullptr)
            return metapatch::patch();
        auto const& parts = object_in(*part);
        bool const clears = parts.contains("clear");
        auto const* const members = parts.if_contains("members");
        boost::json::object made = members != nullptr ? object_in(*members) : boost::json::object();
        bool const nothing = made.empty() && !clears && rules_.on_empty == empty_body::clears;
        if (nothing || (clears ? !can_clear(rules_) : rules_.depth == 0))
            throw not_a_case();
        return metapatch::patch::of(std::move(made), clears, levels_of(rules_));
    }

private:
    static boost::json::object const& object_in(boost::json::value const& part)
    {
        if (!part.is_object())
            throw not_a_case();
        return part.get_object();
    }

    boost::json::value const* find(std::string_view name) const { return object_in(on_).if_contains(name); }

    boost::json::value const& on_;
    merge_rules const& rules_;
};

/// Few keys and few values, so that states and patches meet; of some keys a policy refuses the removal.
class case_maker {
public:
    explicit case_maker(std::uint64_t seed) : random_(seed) {}

    boost::json::value made(merge_rules const& rules)
    {
        boost::json::object on;
        auto const base = state();
        for (auto const* name : {"S", "T", "U"}) {
            if (!random_.one_in(8))
                on[name] = random_.one_in(3) ? state() : near(base);
        }
        for (auto const* name : {"p", "q", "r"}) {
            if (!random_.one_in(8))
                on[name] = patch(rules);
        }
        return on;
    }

    /// A document and the operations of a JSON Patch, most of them on what is there.
    boost::json::value made_operations()
    {
        static constexpr std::array<char const*, 6> names{"add", "remove", "replace", "move", "copy", "test"};
        boost::json::object on;
        if (!random_.one_in(10))
            on["S"] = random_.one_in(10) ? value(3, 10) : state();
        boost::json::array operations;
        for (auto n = random_.below(random_.one_in(5) ? 30 : 5); n > 0; --n) {
            auto const* const stored = on.if_contains("S");
            boost::json::object operation{{"op", names[random_.below(names.size())]}};
            operation["path"] = pointer(stored);
            operation["from"] = pointer(stored);
            auto const* const there = stored != nullptr && random_.one_in(2) ? some_value_of(*stored) : nullptr;
            operation["value"] = there != nullptr ? *there : value(2, 10);
            bool const inside = operation["op"] == "move" &&
                                operation["path"].get_string().starts_with(operation["from"].get_string()) &&
                                operation["path"] != operation["from"];
            if (!inside) // of itself nothing can become a part
                operations.push_back(std::move(operation));
        }
        on["operations"] = std::move(operations);
        return on;
    }

    /// A state that differs a little.
    boost::json::object near(boost::json::object from)
    {
        for (auto changes = random_.below(3); changes > 0; --changes) {
            auto const name = key();
            auto* const there = from.if_contains(name);
            if (there != nullptr && there->is_object() && random_.one_in(2))
                *there = near(there->get_object());
            else if (random_.one_in(3))
                from.erase(name);
            else
                from[name] = value(3, 30);
        }
        return from;
    }

    boost::json::object state() { return object(5, 3, 30); }
    boost::json::object members() { return object(4, 3, 4); }

    boost::json::object patch(merge_rules const& rules)
    {
        boost::json::object made;
        if (can_clear(rules) && (rules.depth == 0 || random_.one_in(6)))
            made["clear"] = true;
        if (!made.empty() && random_.one_in(2))
            return made;
        made["members"] = random_.one_in(8) ? boost::json::object() : members();
        if (made["members"].get_object().empty() && rules.on_empty == empty_body::clears && !made.contains("clear"))
            made["members"].get_object()["a"] = nullptr;
        return made;
    }

    std::string key()
    {
        static constexpr std::array<char const*, 4> usual{"a", "b", "c", "_"};
        static constexpr std::array<char const*, 3> unusual{"d.e", "blocked", "f/~"};
        return random_.one_in(15) ? unusual[random_.below(unusual.size())] : usual[random_.below(usual.size())];
    }

    boost::json::value value(std::size_t levels, std::size_t null_odds)
    {
        if (random_.one_in(null_odds))
            return nullptr;
        switch (random_.below(levels > 1 ? 7 : 4)) {
        case 0:
            return 1;
        case 1:
            return 2.0;
        case 2:
            return "x";
        case 3:
            return random_.one_in(2) ? boost::json::value(boost::json::array{nullptr, 1}) : boost::json::object();
        default:
            return object(3, levels - 1, null_odds);
        }
    }

    boost::json::object object(std::size_t most, std::size_t levels, std::size_t null_odds)
    {
        boost::json::object made;
        for (auto n = random_.below(most + 1); n > 0; --n) {
            auto const name = key(); // in steps: the order in which arguments are evaluated is the compiler's
            made[name] = value(levels, null_odds);
        }
        return made;
    }

private:
    /// To a place in a document, or near one.
    std::string pointer(boost::json::value const* into)
    {
        std::string text;
        while (into != nullptr && !random_.one_in(4)) {
            if (into->is_object()) {
                auto const& members = into->get_object();
                bool const there = !members.empty() && !random_.one_in(5);
                auto const name = there ? std::string(members.begin()[random_.below(members.size())].key()) : key();
                append_pointer_token(text, name);
                into = members.if_contains(name);
            } else if (into->is_array()) {
                auto const& elements = into->get_array();
                auto const index = random_.below(elements.size() + 1);
                text += random_.one_in(8) ? "/-" : "/" + std::to_string(index);
                into = index < elements.size() ? &elements[index] : nullptr;
            } else {
                text += random_.one_in(2) ? "/0" : "/a";
                into = nullptr;
            }
        }
        return text;
    }

    boost::json::value const* some_value_of(boost::json::value const& whole)
    {
        auto const* const members = whole.if_object();
        return members != nullptr && !members->empty() ? &members->begin()[random_.below(members->size())].value()
                                                       : nullptr;
    }

    model::generator random_;
};

} // namespace metapatch::laws

#endif

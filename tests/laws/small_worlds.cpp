// SPDX-License-Identifier: BSL-1.0
// Where states and bodies are few, all of them can be tried: what a difference cannot reach, no body reaches; and none
// reaches it with fewer members, or without a clear where the difference clears.
#include "algebra_laws.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <metapatch/algebra/bodies.hpp>

using namespace metapatch;

namespace {

/// Every object with so many keys, of which each has one of the values or none.
std::vector<boost::json::object> every_object(std::vector<std::string> const& keys,
                                              std::vector<boost::json::value> const& values)
{
    std::vector<boost::json::object> all{{}};
    for (auto const& key : keys) {
        for (std::size_t i = all.size(); i > 0; --i) {
            for (auto const& value : values)
                all.emplace_back(all[i - 1])[key] = value;
        }
    }
    return all;
}

/// What one way to a state takes.
struct cost {
    bool clears;
    std::size_t members;

    auto operator<=>(cost const&) const = default;
};

std::size_t count_members(boost::json::object const& members, std::size_t levels)
{
    auto count = members.size();
    for (auto const& each : members) {
        if (levels > 1 && each.value().is_object())
            count += count_members(each.value().get_object(), levels - 1);
    }
    return count;
}

class small_world {
public:
    explicit small_world(auth0::field_policy const& rules) : rules_(rules)
    {
        std::vector<boost::json::value> const values{1, nullptr, boost::json::object(), {{"a", 1}}, {{"a", nullptr}}};
        states_.emplace_back();
        for (auto& each : every_object({"a", "b"}, values))
            states_.emplace_back(std::move(each));
        bodies_.emplace_back(nullptr);
        for (auto& each : every_object({"a", "b"}, values))
            bodies_.emplace_back(std::move(each));
        bodies_.emplace_back(boost::json::object{{"_", nullptr}});
    }

    /// The cheapest way to each state by one body, or by a clear and then another.
    std::map<std::string, cost> ways_from(state const& from) const
    {
        std::map<std::string, cost> ways;
        note_ways(from, 0, ways);
        for (auto const& first : bodies_) {
            auto const answer = model::apply(from, first, rules_);
            if (answer.refusals.empty() && answer.made.cleared)
                note_ways(answer.field, 1, ways);
        }
        return ways;
    }

    std::vector<state> const& states() const { return states_; }

private:
    void note_ways(state const& from, std::size_t clears, std::map<std::string, cost>& ways) const
    {
        for (auto const& body : bodies_) {
            auto const answer = model::apply(from, body, rules_);
            if (!answer.refusals.empty())
                continue;
            auto const members = body.is_object() ? count_members(body.get_object(), laws::levels_of(rules_.merge)) : 0;
            cost const way{clears > 0 || answer.made.cleared, members};
            auto& known = ways.try_emplace(test::shown(answer.field), way).first->second;
            known = std::min(known, way);
        }
    }

    auth0::field_policy rules_;
    std::vector<state> states_;
    std::vector<boost::json::value> bodies_;
};

/// As the ways are noted: with members in one order.
std::string in_order(state const& of)
{
    boost::json::object made;
    for (auto const* key : {"a", "b"}) {
        if (auto const* const value = model::member(of, key))
            made[key] = *value;
    }
    return of ? test::shown(made) : "absent";
}

std::map<std::string, cost> in_order(std::map<std::string, cost> const& ways)
{
    std::map<std::string, cost> made;
    for (auto const& [text, way] : ways) {
        auto const of = text == "absent" ? state() : test::present(text);
        auto& known = made.try_emplace(in_order(of), way).first->second;
        known = std::min(known, way);
    }
    return made;
}

void check_difference(state const& from, state const& to, std::map<std::string, cost> const& ways,
                      laws::named_policy const& policy)
{
    auto const made = diff(from, to, policy.rules);
    auto const way = ways.find(in_order(to));
    auto const words = [&] {
        return "  " + policy.name + "\n  from " + test::shown(from) + "\n  to " + test::shown(to) + "\n  diff " +
               (made ? laws::shown(*made) : test::told(made)) +
               (way != ways.end() ? "\n  way of " + std::to_string(way->second.members) : "\n  no way");
    };
    if (model::same(from, to))
        return laws::require(made && made->is_untouched(), words);
    laws::require(made.has_value() == (way != ways.end()), words);
    if (!made || !to || (!from && to->empty()))
        return; // absent, and empty from absent: there a clear is right
    laws::require(made->clears() == way->second.clears, words);
    laws::require(count_members(made->members(), made->levels()) == way->second.members, words);
}

} // namespace

BOOST_AUTO_TEST_SUITE(small_worlds)

BOOST_AUTO_TEST_CASE(no_body_goes_where_no_difference_does_or_with_fewer_members)
{
    for (auto const& policy : laws::every_policy()) {
        if (policy.name.starts_with("auth0"))
            continue; // all values are to be admitted
        small_world const world(policy.rules);
        for (auto const& from : world.states()) {
            auto const ways = in_order(world.ways_from(from));
            for (auto const& to : world.states())
                check_difference(from, to, ways, policy);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

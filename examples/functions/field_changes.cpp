// SPDX-License-Identifier: BSL-1.0
#include "field_changes.hpp"

#include "field_patch.hpp"
#include "state_changes.hpp"

#include <metapatch/algebra/advice.hpp>
#include <metapatch/algebra/text_diff.hpp>
#include <metapatch/algebra/three_way.hpp>
#include <metapatch/json/compact_size.hpp>

#include <span>
#include <string_view>

namespace functions {

namespace {

using metapatch::report;

constexpr metapatch::rule_code conflict{"conflict", "both sides have changed it, each in its own way"};

/// What operands were refused for, and in which text that is.
report refusal_of(operands const& in)
{
    auto const name = in.wrong_text().name;
    auto const which = name == "stored" || name == "theirs" ? metapatch::input_text::stored
                       : name == "patch" || name == "mine"  ? metapatch::input_text::patch
                       : name == "to"                       ? metapatch::input_text::to
                                                            : metapatch::input_text::from;
    return metapatch::detail::told_of_all(which, in.why());
}

bodies texts_of(metapatch::result<metapatch::patch_bodies> const& made, state_changes const& changes)
{
    if (!made)
        return changes.told(made.error());
    std::vector<std::string> texts;
    for (auto const& body : made->in_turn)
        texts.push_back(changes.text_of(body));
    return texts;
}

bodies diff_of_documents(field_rules const& policy, text from, text to)
{
    operands in(policy);
    auto const after = in.state_of({"to", to}); // first, for the bodies write its numbers
    auto const before = in.state_of({"from", from});
    if (in.are_wrong())
        return refusal_of(in);
    state_changes const changes(in, metapatch::presence::exact);
    return texts_of(changes.bodies_for(changes.between(before, after), before.fields), changes);
}

} // namespace

bodies diff(field_rules const& policy, text from, text to, metapatch::presence how)
{
    if (policy.is_document)
        return diff_of_documents(policy, from, to);
    auto made = metapatch::diff(from, to, policy.rules, how);
    if (!made)
        return std::move(made).error();
    return std::move(made->in_turn);
}

metapatch::result<metapatch::pointer_list> losses(field_rules const& policy, text stored, text patch)
{
    operands in(policy);
    auto const before = in.state_of({"stored", stored});
    auto const changes = in.patch_of({"patch", patch});
    if (in.are_wrong())
        return refusal_of(in);
    auto const lost = metapatch::losses(before.fields, changes, policy.rules);
    metapatch::pointer_list told;
    for (auto const& each : lost)
        told.add(std::string(in.pointer(each)));
    told.add_omitted(lost.omitted());
    return told;
}

metapatch::result<std::size_t> size(text stored)
{
    return stored ? metapatch::compact_size(*stored) : metapatch::result<std::size_t>(0);
}

field_text merge(field_rules const& policy, text base, text mine, text theirs)
{
    operands in(policy);
    auto const stored = in.state_of({"theirs", theirs});
    auto const copy = in.state_of({"mine", mine});
    auto const before = in.state_of({"base", base});
    if (in.are_wrong())
        return refusal_of(in);
    state_changes const changes(in, metapatch::presence::exact);
    auto const merged =
        metapatch::three_way(before.fields, copy.fields, stored.fields, policy.rules, changes.presence());
    if (!merged)
        return changes.told(merged.error());
    if (!merged->conflicts.empty()) {
        report found;
        for (auto const& each : merged->conflicts)
            found.add({.code = metapatch::errc::own_rule, .pointer = std::string(in.pointer(each)), .own = conflict});
        found.add_omitted(merged->conflicts.omitted());
        return found;
    }
    auto const made = texts_of(changes.bodies_for(merged->mine, stored.fields), changes);
    if (!made)
        return made.error();
    auto now = theirs ? std::optional(std::string(*theirs)) : std::nullopt;
    for (auto const& body : *made) {
        auto done = apply(policy, now, body);
        if (!done)
            return done;
        now = *std::move(done);
    }
    return now;
}

report composition::add(text patch)
{
    auto const kept = patch ? text(texts_.emplace_back(*patch)) : text();
    patches_.push_back(in_.patch_of({"patch", kept}));
    return in_.are_wrong() ? refusal_of(in_) : report();
}

bodies composition::all() const
{
    state_changes const changes(in_, metapatch::presence::exact);
    return texts_of(to_bodies(std::span<metapatch::patch const>(patches_), policy_.rules, changes.presence()), changes);
}

metapatch::result<std::optional<std::string>> only_body(bodies made)
{
    if (!made)
        return std::move(made).error();
    if (made->empty())
        return std::optional<std::string>();
    if (made->size() > 1)
        return report({.code = metapatch::errc::not_expressible, .limit = 1, .actual = made->size()});
    return std::optional(std::move(made->front()));
}

} // namespace functions

// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "batch_checks.hpp"
#include "bodies_answer.hpp"
#include "change_lines.hpp"
#include "command_operands.hpp"
#include "commands.hpp"
#include "deepening.hpp"
#include "export_diff.hpp"
#include "input.hpp"
#include "patch_text.hpp"

#include <metapatch/algebra/bodies.hpp>
#include <metapatch/algebra/diff.hpp>
#include <metapatch/patch/apply.hpp>

#include <algorithm>
#include <span>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tool {

namespace {

/// What changes between two states, where the answer is for people.
beside_bodies changes_between(options const& asked, metapatch::state const& from, metapatch::state const& to,
                              operands const& in)
{
    if (!answers_in_text(asked))
        return {};
    colours const paint(asked.color, STDOUT_FILENO);
    if (asked.presence == metapatch::presence::exact)
        return {change_lines(from, to, in.dom(), paint)};
    metapatch::state const empty(boost::json::object{});
    return {change_lines(from ? from : empty, to ? to : empty, in.dom(), paint)};
}

} // namespace

exit_status diff(options const& asked)
{
    if (asked.batch.is_asked_for())
        return diff_exports(asked);
    check_no_batch(asked);
    auto const given = from_and_to(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, asked.field);
    auto const to = in.field(part::to, given.to); // first, for the bodies write its numbers
    auto const from = in.field(part::from, given.from);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());
    auto const changes = metapatch::diff(from.state, to.state, in.rules(), asked.presence);
    return say_bodies(asked, policy, bodies_for(asked, changes, from, in),
                      changes_between(asked, from.state, to.state, in));
}

exit_status compose(options const& asked)
{
    if (std::ranges::count(asked.composed, "-") > 1)
        throw usage_error("standard input can be one PATCH alone");
    auto const policy = required_policy(asked);
    operands in(policy.policy, {});
    std::vector<metapatch::patch> patches;
    for (auto const& argument : asked.composed)
        patches.push_back(in.patch(part::patch, argument, patches.size() + 1));
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());
    return say_bodies(
        asked, policy,
        texts_of(metapatch::to_bodies(std::span(std::as_const(patches)), in.rules(), asked.presence), in));
}

exit_status inverse(options const& asked)
{
    auto const given = stored_and_patch(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, asked.field);
    auto const before = in.field(part::stored, given.stored);
    auto const text = read_argument(given.patch);
    auto const changes = in.patch_of(part::patch, text);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());

    patch_text patching(policy.policy); // which knows whether the patch was refused in the first place
    std::optional<std::string> left;
    patching.set_patch(text);
    if (auto const refused = patching.apply(before.text, left))
        return say_refusal(asked, policy.name, *refused);
    auto const after = in.field_of(part::stored, std::move(left));
    auto const back = metapatch::inverse(before.state, changes, in.rules(), asked.presence);
    return say_bodies(asked, policy, bodies_for(asked, back, after, in),
                      changes_between(asked, after.state, before.state, in));
}

exit_status deepen(options const& asked)
{
    if (asked.batch.is_asked_for())
        return deepen_batch(asked);
    check_no_batch(asked);
    auto const given = stored_and_patch(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, asked.field);
    auto const deep = in.value(part::patch, given.patch);
    auto const stored = in.field(part::stored, given.stored);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());
    check_deep_patch(asked, deep);
    auto const changes = deepened(asked, stored, deep, in);
    if (!changes && !is_unreachable(changes.error()))
        return say_refusal(asked, policy.name, {part::patch, changes.error()});
    beside_bodies beside;
    if (changes && answers_in_text(asked)) {
        auto const after = metapatch::applied(stored.state, *changes, in.rules());
        if (after)
            beside = changes_between(asked, stored.state, *after, in);
    }
    return say_bodies(asked, policy, bodies_for(asked, changes, stored, in), beside);
}

} // namespace tool

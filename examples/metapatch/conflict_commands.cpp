// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "bodies_answer.hpp"
#include "change_lines.hpp"
#include "command_operands.hpp"
#include "commands.hpp"
#include "writer.hpp"

#include <metapatch/algebra/rebase.hpp>
#include <metapatch/algebra/three_way.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/patch/apply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>

namespace tool {

namespace {

namespace json = boost::json;

template<class Texts>
json::array to_json(Texts const& texts)
{
    return json::array(texts.begin(), texts.end());
}

/// `{"outcome":"conflict",…}` in one line, or with "ok".
std::string outcome_line(std::string_view outcome, json::object const& facts)
{
    json::object line{{"outcome", outcome}};
    for (auto const& member : facts)
        line[member.key()] = member.value();
    return json::serialize(line) + '\n';
}

/// A line for a place on which two sides differ.
std::string conflict_line(std::string_view pointer, std::string const& one, std::string const& other, colours paint)
{
    return paint.red("! " + printable(pointer) + "  " + one + " <> " + other) + '\n';
}

/// What a patch says of a first-level member.
std::string said_by(metapatch::patch const& changes, std::string_view key, metapatch::exact_dom const& dom)
{
    if (auto const* const value = changes.members().if_contains(key))
        return value->is_null() ? "removed" : shown(*value, dom);
    return changes.clears() ? "cleared" : "untouched";
}

std::string lines_of(metapatch::patch_conflicts const& found, metapatch::patch const& one,
                     metapatch::patch const& other, metapatch::exact_dom const& dom, colours paint)
{
    std::string text;
    for (auto const& key : found.keys) {
        std::string pointer;
        metapatch::append_pointer_token(pointer, key);
        text += conflict_line(pointer, said_by(one, key, dom), said_by(other, key, dom), paint);
    }
    if (found.presence)
        text += paint.red("! the field itself  present <> absent") + '\n';
    return text;
}

std::string lines_of(metapatch::three_way_patch const& merged, known_field const& mine, known_field const& theirs,
                     metapatch::exact_dom const& dom, colours paint)
{
    auto const value_in = [&dom](known_field const& field, std::string_view pointer) {
        auto const* const value = member_at(field.state, pointer);
        return value != nullptr ? shown(*value, dom) : "removed";
    };
    std::string text;
    for (auto const& pointer : merged.conflicts)
        text += conflict_line(pointer, value_in(mine, pointer), value_in(theirs, pointer), paint);
    return text + and_more(merged.conflicts.omitted());
}

} // namespace

exit_status conflicts(options const& asked)
{
    check_standard_input(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, {});
    auto const one = in.patch(part::patch, *asked.operands[0]);
    auto const other = in.patch(part::other, *asked.operands[1]);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());

    auto const found = metapatch::conflicts(one, other, in.rules());
    auto out = writer::to_standard_output();
    colours const paint(asked.color, STDOUT_FILENO);
    if (!answers_in_text(asked))
        out.write(outcome_line(found.empty() ? "ok" : "conflict",
                               {{"keys", to_json(found.keys)}, {"presence", found.presence}}));
    else if (found.empty())
        out.write(paint.green("no conflict") + ": in either order they have the same effect\n");
    else
        out.write(lines_of(found, one, other, in.dom(), paint) + paint.bold("conflict") +
                  ": the later of the two has the last word\n");
    out.finish();
    return found.empty() ? exit_status::applied : exit_status::refused;
}

exit_status rebase(options const& asked)
{
    check_standard_input(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, {});
    auto const changes = in.patch(part::patch, *asked.operands[0]);
    auto const onto = in.patch(part::onto, *asked.operands[1]);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());

    auto const made = metapatch::rebase(changes, onto, in.rules(), asked.presence);
    auto const paint = explanation_colours(asked);
    auto lines = lines_of(made.conflicts, changes, onto, in.dom(), paint);
    json::object facts{{"conflicts", to_json(made.conflicts.keys)}, {"presence", made.conflicts.presence}};
    if (!made.conflicts.empty() && !asked.overwrite)
        return explain(asked,
                       lines + paint.bold("conflict") + ": PATCH would undo what ONTO did there; --overwrite lets it\n",
                       outcome_line("conflict", facts), exit_status::refused);
    return say_bodies(asked, policy, texts_of(metapatch::to_bodies(made.rest, in.rules(), asked.presence), in),
                      {std::move(lines), std::move(facts)});
}

exit_status merge(options const& asked)
{
    check_standard_input(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, asked.field);
    auto const mine = in.field(part::mine, asked.operands[1]); // first, for the bodies write its numbers
    auto const theirs = in.field(part::theirs, asked.operands[2]);
    auto const base = in.field(part::base, asked.operands[0]);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());

    auto const made = metapatch::three_way(base.state, mine.state, theirs.state, in.rules(), asked.presence);
    if (!made)
        return say_impossible(asked, policy.name, made.error());
    auto const paint = explanation_colours(asked);
    auto lines = asked.output == output_form::json ? std::string() : lines_of(*made, mine, theirs, in.dom(), paint);
    json::object facts{{"conflicts", to_json(made->conflicts)}, {"changed_by_both", to_json(made->changed_by_both)}};
    if (made->conflicts.omitted() > 0)
        facts["omitted"] = made->conflicts.omitted();
    if (!made->conflicts.empty() && !asked.overwrite)
        return explain(asked,
                       lines + paint.bold("conflict") + ": MINE and THEIRS differ there; --overwrite sends MINE\n",
                       outcome_line("conflict", facts), exit_status::refused);
    if (answers_in_text(asked)) {
        if (auto const after = metapatch::applied(theirs.state, made->mine, in.rules()))
            lines += change_lines(theirs.state, *after, in.dom(), paint);
    }
    return say_bodies(asked, policy, bodies_for(asked, made->mine, theirs, in), {std::move(lines), std::move(facts)});
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "bodies_answer.hpp"

#include "answer.hpp"
#include "writer.hpp"

#include <metapatch/algebra/text_diff.hpp>

#include <boost/json/serialize.hpp>
#include <cstdio>
#include <string_view>
#include <utility>

namespace tool {

namespace {

constexpr std::string_view not_atomic =
    " bodies, to be sent in turn: they are not atomic, for others can see, and write, a state between";

std::string nothing_to_send(field_policy const& policy)
{
    bool const would_clear = policy.merge.depth == 0 || policy.merge.on_empty == metapatch::empty_body::clears;
    return would_clear ? "nothing to send; an empty patch {} would clear the field instead" : "nothing to send";
}

/// Members of an object that come after others.
std::string further_members(boost::json::object const& facts)
{
    auto const text = boost::json::serialize(facts);
    return facts.empty() ? std::string() : "," + text.substr(1, text.size() - 2);
}

/// @param outcome  where there are bodies
std::string json_line(std::string_view outcome, body_texts const& bodies, boost::json::object const& facts)
{
    if (bodies.empty())
        return R"({"outcome":"no_patch")" + further_members(facts) + "}\n";
    auto text = R"({"outcome":")" + std::string(outcome) + R"(","bodies":[)";
    for (auto const& body : bodies)
        text += (&body != &bodies.front() ? "," : "") + body;
    return text + ']' + further_members(facts) + "}\n";
}

std::string in_text(body_texts const& bodies, field_policy const& policy, colours paint)
{
    if (bodies.empty())
        return paint.bold(nothing_to_send(policy)) + '\n';
    std::string text;
    if (bodies.size() > 1)
        text = paint.yellow(std::to_string(bodies.size()) + std::string(not_atomic)) + '\n';
    for (auto const& body : bodies)
        text += paint.bold("to send:") + ' ' + printable(body) + '\n';
    return text;
}

std::string said(std::string const& message)
{
    return "metapatch: " + message + '\n';
}

} // namespace

metapatch::result<body_texts> texts_of(metapatch::result<metapatch::patch_bodies> const& bodies, operands const& in)
{
    if (!bodies)
        return bodies.error();
    body_texts texts;
    for (auto const& body : bodies->in_turn)
        texts.push_back(in.dom().write(body));
    return texts;
}

metapatch::result<body_texts> bodies_for(options const& asked, metapatch::result<metapatch::patch> const& changes,
                                         known_field const& stored, operands const& in)
{
    if (!changes)
        return changes.error();
    auto made = metapatch::to_body_texts(*changes, stored.state, stored.text, in.dom(), in.policy(), asked.presence);
    if (!made)
        return made.error();
    return std::move(made->in_turn);
}

document_answer answer_of(options const& asked, metapatch::result<body_texts> const& bodies)
{
    if (!bodies) {
        boost::json::object line{{"outcome", "impossible"}};
        for (auto& member : to_json(bodies.error()))
            line[member.key()] = std::move(member.value());
        return {further_members(line).substr(1), "impossible: " + bodies.error().message(), {"impossible"}};
    }
    bool const refused = bodies->size() > 1 && !asked.in_turn;
    auto const line = json_line(refused ? "not_atomic" : "ok", *bodies, {});
    document_answer answer{.members = line.substr(1, line.size() - 3)};
    if (refused)
        answer.codes = {"not_atomic"};
    if (bodies->empty())
        answer.words = "nothing to send";
    else
        answer.words = refused ? std::to_string(bodies->size()) + std::string(not_atomic) : "to send:";
    for (auto const& body : *bodies)
        answer.words += ' ' + printable(body);
    return answer;
}

exit_status say_bodies(options const& asked, named_policy const& policy, metapatch::result<body_texts> const& bodies,
                       beside_bodies const& beside)
{
    if (!bodies)
        return say_impossible(asked, policy.name, bodies.error());
    auto const& [lines, facts] = beside;
    bool const refused = bodies->size() > 1 && !asked.in_turn;
    auto const warning = std::to_string(bodies->size()) + std::string(not_atomic);
    if (answers_in_text(asked) || asked.output == output_form::json || refused || bodies->empty()) {
        auto const text =
            explains_on_error(asked)
                ? said(refused ? warning + "; --in-turn prints them, one a line" : nothing_to_send(policy.policy))
                : lines + in_text(*bodies, policy.policy, explanation_colours(asked));
        return explain(asked, text, json_line(refused ? "not_atomic" : "ok", *bodies, facts),
                       refused           ? exit_status::refused
                       : bodies->empty() ? exit_status::nothing
                                         : exit_status::applied);
    }
    auto out = writer::to_standard_output();
    for (auto const& body : *bodies)
        out.write(body + '\n');
    out.finish();
    if (bodies->size() > 1)
        std::fputs(said(warning).c_str(), stderr);
    return exit_status::applied;
}

} // namespace tool

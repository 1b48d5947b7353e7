// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"

#include "writer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <span>
#include <unistd.h>
#include <utility>

namespace tool {

bool answers_in_text(options const& asked)
{
    return asked.output == output_form::text || (asked.output == output_form::automatic && is_terminal(STDOUT_FILENO));
}

bool explains_on_error(options const& asked)
{
    return asked.output == output_form::automatic && !is_terminal(STDOUT_FILENO);
}

colours explanation_colours(options const& asked)
{
    return {asked.color, explains_on_error(asked) ? STDERR_FILENO : STDOUT_FILENO};
}

exit_status explain(options const& asked, std::string_view text, std::string_view json_line, exit_status status)
{
    if (explains_on_error(asked)) {
        std::fputs(std::string(text).c_str(), stderr);
        return status;
    }
    auto out = writer::to_standard_output();
    out.write(answers_in_text(asked) ? text : json_line);
    out.finish();
    return status;
}

exit_status say_refusal(options const& asked, std::string_view policy, refusal const& refused)
{
    return explain(asked, to_text(refused, policy, explanation_colours(asked)), to_json_line(refused),
                   exit_status::refused);
}

exit_status say_refusals(options const& asked, std::string_view policy, std::vector<refusal> const& refused)
{
    std::string text;
    for (auto const& each : refused)
        text += to_text(each, policy, explanation_colours(asked));
    boost::json::object line{{"outcome", "rejected"}};
    for (auto& member : to_json(refused.front()))
        line[member.key()] = std::move(member.value());
    if (refused.size() > 1) {
        auto& others = line["also"].emplace_array();
        for (auto const& each : std::span(refused).subspan(1))
            others.push_back(to_json(each));
    }
    return explain(asked, text, boost::json::serialize(line) + '\n', exit_status::refused);
}

exit_status say_impossible(options const& asked, std::string_view policy, metapatch::report const& why)
{
    boost::json::object line{{"outcome", "impossible"}};
    for (auto& member : to_json(why))
        line[member.key()] = std::move(member.value());
    auto const paint = explanation_colours(asked);
    return explain(asked, paint.red("impossible") + " under " + printable(policy) + ":\n" + to_text(why, paint),
                   boost::json::serialize(line) + '\n', exit_status::refused);
}

} // namespace tool

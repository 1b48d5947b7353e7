// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "change_lines.hpp"
#include "command_operands.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "operands.hpp"
#include "writer.hpp"

#include <metapatch/auth0/login/lock.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tool {

namespace {

namespace auth0 = metapatch::auth0;

std::string warning_lines(auth0::lock_post const& post, colours paint)
{
    std::string text;
    for (auto const& each : post.warnings) {
        auto const field = !each.field.empty() ? printable(each.field)
                           : each.index        ? "element " + std::to_string(*each.index)
                                               : std::string("FIELDS");
        text += "warning: " + paint.yellow(name(each.code)) + ' ' + paint.bold(field) + ": ";
        text.append(message(each.code)) += '\n';
    }
    return text;
}

/// For people, who may look over a shoulder: without the password.
std::string in_text(auth0::lock_post const& post, metapatch::exact_dom const& dom, colours paint)
{
    auto const line = [&](std::string const& before, auto const& member) {
        bool const secret = std::string_view(member.key()) == "password";
        return before + paint.bold(printable(member.key())) + "  " +
               (secret ? paint.dim("(not shown)") : shown(member.value(), dom)) + '\n';
    };
    std::string text;
    for (auto const& member : post.body) {
        if (std::string_view(member.key()) != "user_metadata" || !member.value().is_object()) {
            text += line("", member);
            continue;
        }
        text += paint.bold("user_metadata") + '\n';
        for (auto const& inside : member.value().get_object())
            text += line("  ", inside);
    }
    return text;
}

std::string in_json(auth0::lock_post const& post, metapatch::exact_dom const& dom)
{
    boost::json::array warnings;
    for (auto const& each : post.warnings) {
        boost::json::object one{{"code", name(each.code)}, {"field", each.field}};
        if (each.index)
            one["index"] = *each.index;
        warnings.push_back(std::move(one));
    }
    return std::string(R"({"outcome":)") + (post.is_complete() ? "\"ok\"" : "\"incomplete\"") + R"(,"body":)" +
           dom.write(post.body) + R"(,"warnings":)" + boost::json::serialize(warnings) + "}\n";
}

} // namespace

exit_status lock(options const& asked)
{
    check_standard_input(asked);
    operands in({}, {});
    auto const fields = in.value(part::fields, *asked.operands[0]);
    auto const values = in.field_of(part::values, read_argument(*asked.operands[1]));
    auto const form = asked.operands[2] ? in.field_of(part::form, read_argument(*asked.operands[2])) : known_field();
    if (in.any_refused())
        return say_refusals(asked, "JSON", in.refused());

    auto const post = auth0::lock_signup(fields, *values.state, form.state.value_or(boost::json::object()));
    auto out = writer::to_standard_output();
    if (answers_in_text(asked)) {
        colours const paint(asked.color, STDOUT_FILENO);
        out.write(in_text(post, in.dom(), paint) + warning_lines(post, paint));
    } else if (asked.output == output_form::json) {
        out.write(in_json(post, in.dom()));
    } else {
        if (post.is_complete())
            out.write(in.dom().write(post.body) + '\n');
        std::fputs(warning_lines(post, {asked.color, STDERR_FILENO}).c_str(), stderr);
    }
    out.finish();
    return post.is_complete() ? exit_status::applied : exit_status::refused;
}

} // namespace tool

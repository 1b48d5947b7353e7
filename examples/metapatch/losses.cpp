// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "change_lines.hpp"
#include "command_operands.hpp"
#include "commands.hpp"
#include "operands.hpp"
#include "writer.hpp"

#include <metapatch/algebra/advice.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>

namespace tool {

exit_status losses(options const& asked)
{
    auto const given = stored_and_patch(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, asked.field);
    auto const stored = in.field(part::stored, given.stored);
    auto const changes = in.patch(part::patch, given.patch);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());

    auto const lost = metapatch::losses(stored.state, changes);
    auto out = writer::to_standard_output();
    colours const paint(asked.color, STDOUT_FILENO);
    if (!answers_in_text(asked)) {
        boost::json::object line{{"outcome", lost.empty() ? "ok" : "loss"}};
        line["pointers"] = boost::json::array(lost.begin(), lost.end());
        if (lost.omitted() > 0)
            line["omitted"] = lost.omitted();
        out.write(boost::json::serialize(line) + '\n');
    } else if (lost.empty()) {
        out.write(paint.green("no loss") + ": what vanishes is named by the patch\n");
    } else {
        for (auto const& pointer : lost)
            out.write(paint.red("- " + printable(pointer) + "  " + shown(*member_at(stored.state, pointer), in.dom())) +
                      '\n');
        out.write(and_more(lost.omitted()));
        out.write(paint.bold("loss") + ": PATCH replaces the objects around these members whole, and does not name "
                                       "them; `metapatch deepen` keeps them\n");
    }
    out.finish();
    return lost.empty() ? exit_status::applied : exit_status::refused;
}

} // namespace tool

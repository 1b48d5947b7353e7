// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "batch_checks.hpp"
#include "change_lines.hpp"
#include "command_operands.hpp"
#include "commands.hpp"
#include "document_report.hpp"
#include "field_intent.hpp"
#include "input.hpp"
#include "operands.hpp"
#include "writer.hpp"

#include <metapatch/algebra/advice.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>
#include <utility>

namespace tool {

namespace {

/// The members of the answer as JSON, without the braces.
std::string in_json(metapatch::pointer_list const& lost)
{
    boost::json::object line{{"outcome", lost.empty() ? "ok" : "loss"}};
    line["pointers"] = boost::json::array(lost.begin(), lost.end());
    if (lost.omitted() > 0)
        line["omitted"] = lost.omitted();
    auto const text = boost::json::serialize(line);
    return text.substr(1, text.size() - 2);
}

std::string in_lines(metapatch::pointer_list const& lost, metapatch::state const& stored, operands const& in,
                     colours paint)
{
    std::string text;
    for (auto const& pointer : lost)
        text += paint.red("- " + printable(pointer) + "  " + shown(*member_at(stored, pointer), in.dom())) + '\n';
    return text + and_more(lost.omitted());
}

class loss_report : public document_report {
public:
    loss_report(options const& asked, named_policy const& policy) : asked_(asked), policy_(policy) {}

    bool takes_patches() const override { return true; }
    void set_patch(std::string_view text) override { patch_ = text; }
    patch_intent intent() const override { return intent_of(patch_, policy_.policy.merge); }

    document_answer answer(std::string_view document) override
    {
        if (!std::exchange(looked_, true))
            check_is_field(asked_, policy_, document);
        operands in(policy_.policy, asked_.field);
        auto const stored = in.field_in(part::stored, std::string(document));
        auto const changes = in.patch_of(part::patch, patch_);
        in.allow_clear(changes);
        if (in.any_refused())
            return {.refused = in.refused().front()};
        auto const lost = metapatch::losses(stored.state, changes, policy_.policy);
        if (lost.empty())
            return {.is_silent = true};
        return {in_json(lost), "loses\n" + in_lines(lost, stored.state, in, {asked_.color, STDOUT_FILENO}), {"loss"}};
    }

private:
    options const& asked_;
    named_policy const& policy_;
    std::string patch_;
    bool looked_ = false;
};

exit_status losses_in_batch(options const& asked)
{
    auto const policy = policy_of_reports(asked);
    auto const patch = shared_patch(asked);
    loss_report report(asked, policy);
    if (patch) {
        operands in(policy.policy, {});
        in.patch_of(part::patch, *patch);
        if (in.any_refused())
            return say_refusals(asked, policy.name, in.refused());
        report.set_patch(*patch);
    }
    return report_batch(asked, report);
}

} // namespace

exit_status losses(options const& asked)
{
    if (asked.batch.is_asked_for())
        return losses_in_batch(asked);
    check_no_batch(asked);
    auto const given = stored_and_patch(asked);
    auto const policy = required_policy(asked);
    operands in(policy.policy, asked.field);
    auto const stored = in.field(part::stored, given.stored);
    auto const changes = in.patch(part::patch, given.patch);
    in.allow_clear(changes);
    if (in.any_refused())
        return say_refusals(asked, policy.name, in.refused());

    auto const lost = metapatch::losses(stored.state, changes, policy.policy);
    auto out = writer::to_standard_output();
    colours const paint(asked.color, STDOUT_FILENO);
    if (!answers_in_text(asked))
        out.write('{' + in_json(lost) + "}\n");
    else if (lost.empty())
        out.write(paint.green("no loss") + ": what vanishes is named by the patch\n");
    else
        out.write(in_lines(lost, stored.state, in, paint) + paint.bold("loss") +
                  ": PATCH replaces what these members are in as a whole, and does not name them; `metapatch deepen` "
                  "gives the body that keeps them\n");
    out.finish();
    return lost.empty() ? exit_status::applied : exit_status::refused;
}

} // namespace tool

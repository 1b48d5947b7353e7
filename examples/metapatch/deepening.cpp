// SPDX-License-Identifier: BSL-1.0
#include "deepening.hpp"

#include "answer.hpp"
#include "batch_checks.hpp"
#include "bodies_answer.hpp"
#include "commands.hpp"
#include "document_report.hpp"
#include "input.hpp"

#include <metapatch/algebra/convert.hpp>

#include <algorithm>
#include <utility>

namespace tool {

namespace {

class deepen_report : public document_report {
public:
    deepen_report(options const& asked, named_policy const& policy) : asked_(asked), policy_(policy) {}

    bool takes_patches() const override { return true; }
    document_form form_of_patches() const override { return document_form::lines; } // which may be arrays
    void set_patch(std::string_view text) override { patch_ = text; }
    patch_intent intent() const override { return is_blank(patch_) ? patch_intent::nothing : patch_intent::change; }

    document_answer answer(std::string_view document) override
    {
        if (!std::exchange(looked_, true))
            check_is_field(asked_, policy_, document);
        operands in(policy_.policy, asked_.field);
        auto const deep = in.value_of(part::patch, patch_);
        auto const stored = in.field_in(part::stored, std::string(document));
        if (in.any_refused())
            return {.refused = in.refused().front()};
        if (!asked_.merge_patch && metapatch::is_like_operation(deep))
            return {R"("outcome":"rejected","in":"patch","violations":[{"code":"single_operation","pointer":""}])",
                    "rejected: the patch looks like an operation of a JSON Patch, which is an array of them",
                    {"single_operation"}};
        auto const changes = deepened(asked_, stored, deep, in);
        if (!changes && !is_unreachable(changes.error()))
            return {.refused = refusal{part::patch, changes.error()}};
        return answer_of(asked_, bodies_for(asked_, changes, stored, in));
    }

private:
    options const& asked_;
    named_policy const& policy_;
    std::string patch_;
    bool looked_ = false;
};

} // namespace

metapatch::result<metapatch::patch> deepened(options const& asked, known_field const& stored,
                                             boost::json::value const& deep, operands const& in)
{
    return deep.is_array() ? metapatch::deepen_json_patch(stored.state, deep, in.rules(), asked.presence)
                           : metapatch::deepen(stored.state, deep, in.rules(), asked.presence);
}

void check_deep_patch(options const& asked, boost::json::value const& deep)
{
    if (!asked.merge_patch && metapatch::is_like_operation(deep))
        throw usage_error(
            "PATCH looks like an operation of a JSON Patch, which is an array of them: write [...] around "
            "it; --merge-patch says that \"op\" and \"path\" are members of the field");
    if (asked.merge_patch && deep.is_array())
        throw usage_error("--merge-patch is for an object; PATCH is an array, a JSON Patch");
}

bool is_unreachable(metapatch::report const& why)
{
    return std::ranges::any_of(why, [](metapatch::violation const& each) {
        return each.code == metapatch::errc::unreachable_state || each.code == metapatch::errc::unreachable_null;
    });
}

exit_status deepen_batch(options const& asked)
{
    auto const policy = policy_of_reports(asked);
    auto const patch = shared_patch(asked);
    deepen_report report(asked, policy);
    if (patch) {
        operands in(policy.policy, {});
        auto const deep = in.value_of(part::patch, *patch);
        if (in.any_refused())
            return say_refusals(asked, policy.name, in.refused());
        check_deep_patch(asked, deep);
        if (auto why = metapatch::validate_json_patch(deep); deep.is_array() && !why.empty())
            return say_refusal(asked, policy.name, {part::patch, std::move(why)});
        report.set_patch(*patch);
    }
    return report_batch(asked, report);
}

} // namespace tool

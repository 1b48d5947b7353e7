// SPDX-License-Identifier: BSL-1.0
#include "advise.hpp"
#include "answer.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "comparison.hpp"
#include "document_patch.hpp"
#include "field_change.hpp"
#include "input.hpp"
#include "writer.hpp"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tool {

namespace {

exit_status say_patch_refusal(options const& asked, named_policy const& policy, refusal const& refused,
                              std::string_view patch)
{
    auto const status = say_refusal(asked, policy.name, refused);
    say_what_is_meant(policy.policy, refused, patch);
    return status;
}

exit_status apply_batch(options const& asked)
{
    if (asked.stored || asked.absent)
        throw usage_error("--batch takes its documents from the given file: no STORED, PATCH or --absent beside it");
    if (asked.output == output_form::text && !asked.batch.dry_run)
        throw usage_error("--batch writes documents: --output text goes with --dry-run");
    auto const policy = required_policy(asked);
    check_member(asked, policy);
    check_batch(asked);
    auto const patch = shared_patch(asked);
    field_change change(asked, policy);
    if (patch) {
        change.set_patch(*patch);
        if (auto const& refused = change.patch_refused())
            return say_patch_refusal(asked, policy, *refused, *patch);
        check_intent(asked, change.intent());
    }
    return change_batch(asked, change);
}

void check_single(options const& asked)
{
    check_no_batch(asked);
    if (asked.absent && (!asked.stored || asked.patch_argument || !asked.field.empty()))
        throw usage_error("--absent stands for STORED: PATCH alone goes with it, and no --field");
    if (!asked.absent && !asked.patch_argument)
        throw usage_error("STORED and PATCH are required (or --absent and PATCH, or --batch)");
    if (asked.stored == "-" && asked.patch_argument == "-")
        throw usage_error("standard input cannot be both STORED and PATCH");
}

exit_status apply_one(options const& asked, named_policy const& policy)
{
    auto const stored = asked.absent ? "null" : read_argument(*asked.stored);
    document_patch patching(policy.policy, asked.field);
    auto const patch = read_argument(asked.absent ? *asked.stored : *asked.patch_argument);
    patching.set_patch(patch);
    std::string result;
    if (auto const refused = patching.apply(stored, result))
        return say_patch_refusal(asked, policy, *refused, patch);
    auto out = writer::to_standard_output();
    out.write(answers_in_text(asked)
                  ? compared(patching.before(), patching.after(), colours(asked.color, STDOUT_FILENO))
                  : result);
    if (!answers_in_text(asked) && !result.ends_with('\n'))
        out.write("\n");
    out.finish();
    if (asked.advise)
        say_advice(asked, policy, patching.before(), patch);
    return exit_status::applied;
}

} // namespace

exit_status apply(options const& asked)
{
    if (asked.batch.is_asked_for())
        return apply_batch(asked);
    check_single(asked);
    return apply_one(asked, required_policy(asked));
}

} // namespace tool

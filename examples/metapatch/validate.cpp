// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "batch_checks.hpp"
#include "commands.hpp"
#include "document_patch.hpp"
#include "import_check.hpp"
#include "input.hpp"
#include "writer.hpp"

#include <unistd.h>

namespace tool {

namespace {

/// Why a patch is refused, by itself or for what is stored.
std::optional<refusal> verdict_on(options const& asked, field_policy const& policy)
{
    auto const patch = read_argument(*asked.patch_argument);
    if (asked.stored || asked.absent) {
        document_patch patching(policy, asked.field);
        patching.set_patch(patch);
        std::string result;
        return patching.apply(asked.absent ? "null" : read_argument(*asked.stored), result);
    }
    patch_text body(policy);
    body.set_patch(patch);
    return body.patch_refused();
}

} // namespace

exit_status validate(options const& asked)
{
    if (asked.batch.is_asked_for())
        return validate_batch(asked);
    check_no_batch(asked);
    if (!asked.patch_argument)
        throw usage_error("PATCH is required, or --batch");
    if (asked.stored && asked.absent)
        throw usage_error("--stored and --absent exclude each other");
    if (!asked.field.empty() && !asked.stored)
        throw usage_error("--field names a member of what --stored gives");
    if (asked.stored == "-" && asked.patch_argument == "-")
        throw usage_error("standard input cannot be both --stored and PATCH");
    auto const policy = required_policy(asked);
    auto const refused = verdict_on(asked, policy.policy);

    auto out = writer::to_standard_output();
    colours const paint(asked.color, STDOUT_FILENO);
    if (answers_in_text(asked))
        out.write(refused ? to_text(*refused, policy.name, paint)
                          : paint.green("valid") + " for " + printable(policy.name) + '\n');
    else
        out.write(refused ? to_json_line(*refused) : "{\"outcome\":\"ok\"}\n");
    out.finish();
    return refused ? exit_status::refused : exit_status::applied;
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "advise.hpp"
#include "answer.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "comparison.hpp"
#include "document_patch.hpp"
#include "input.hpp"
#include "writer.hpp"

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <unistd.h>

namespace tool {

namespace {

/// Whether two names are of one regular file, by whatever way; a missing one is nobody's.
bool same_file(std::filesystem::path const& one, std::filesystem::path const& other)
{
    std::error_code none;
    return std::filesystem::is_regular_file(one, none) && std::filesystem::equivalent(one, other, none);
}

/// The rejects must not destroy what is read.
void check_rejects(options const& asked)
{
    for (auto const& input : {asked.batch, asked.patches, asked.patch, std::optional(asked.policy)}) {
        if (!input || input->empty() || is_literal(*input))
            continue;
        if (same_file(*asked.rejects, *input == "-" ? "/dev/stdin" : *input))
            throw usage_error("--rejects " + *asked.rejects + ": this file is read too, and would be lost");
    }
}

void check_batch(options const& asked)
{
    if (asked.rejects)
        check_rejects(asked);
    if (asked.stored || asked.absent)
        throw usage_error("--batch takes its documents from the given file: no STORED, PATCH or --absent beside it");
    if (asked.advise)
        throw usage_error("--advise is for one document, and not for a --batch");
    if (asked.patch.has_value() == asked.patches.has_value())
        throw usage_error("--batch needs one of --patch (one for all lines) and --patches (one for each line)");
    if (*asked.batch == "-" && (asked.patch == "-" || asked.patches == "-"))
        throw usage_error("standard input cannot be both the documents and the patches");
    if (asked.output == output_form::text)
        throw usage_error("--batch writes one document a line: it has no --output text");
}

void check_single(options const& asked)
{
    if (asked.patch || asked.patches || asked.rejects || asked.quiet || asked.progress != when::automatic)
        throw usage_error("--patch, --patches, --rejects, --progress and --quiet go with --batch");
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
        return say_refusal(asked, policy.name, *refused);
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
    if (asked.batch) {
        check_batch(asked);
        return apply_batch(asked, required_policy(asked));
    }
    check_single(asked);
    return apply_one(asked, required_policy(asked));
}

} // namespace tool

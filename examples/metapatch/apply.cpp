// SPDX-License-Identifier: BSL-1.0
#include "advise.hpp"
#include "answer.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "comparison.hpp"
#include "document_patch.hpp"
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

/// The patch of a field, as a batch does it.
class field_change : public line_change {
public:
    explicit field_change(options const& asked, named_policy const& policy) : patching_(policy.policy, asked.field) {}

    void set_patch(std::string_view text) override { patching_.set_patch(text); }
    bool apply(std::string_view document, std::string& result) override
    {
        refused_ = patching_.apply(document, result);
        return !refused_;
    }
    void tell(reject_log& rejects, std::uint64_t line) const override { rejects.add(line, *refused_); }

private:
    document_patch patching_;
    std::optional<refusal> refused_;
};

exit_status apply_batch(options const& asked)
{
    check_batch(asked);
    if (asked.stored || asked.absent)
        throw usage_error("--batch takes its documents from the given file: no STORED, PATCH or --absent beside it");
    if (asked.advise)
        throw usage_error("--advise is for one document, and not for a --batch");
    if (asked.output == output_form::text)
        throw usage_error("--batch writes one document a line: it has no --output text");
    field_change change(asked, required_policy(asked));
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
    if (asked.batch)
        return apply_batch(asked);
    check_single(asked);
    return apply_one(asked, required_policy(asked));
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "command_parts.hpp"
#include "patch_help_texts.hpp"
#include "word_check.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>

namespace tool {

namespace {

struct operand {
    char const* name;
    char const* description;
    bool required = true; ///< else a flag may stand for it
};

constexpr operand stored_field{"STORED", "The stored field", false};
constexpr operand stored_patch{"PATCH", "The patch of the field", false};

CLI::App& add_command(CLI::App& whole, options& into, char const* name, char const* description, char const* footer,
                      std::initializer_list<operand> operands)
{
    auto& command = *whole.add_subcommand(name, description);
    command.footer(footer);
    std::size_t index = 0;
    for (auto const& each : operands) {
        auto* const option = command.add_option(each.name, into.operands[index++], each.description);
        option->type_name(document_argument)->required(each.required);
    }
    add_policy(command, into);
    return command;
}

/// For answers that are bodies to send.
void add_bodies(CLI::App& command, options& into)
{
    command.add_flag("--in-turn", into.in_turn, "Answer with several bodies, one a line, where one cannot do it");
    command
        .add_option_function<std::string>(
            "--presence",
            [&into](std::string const& given) {
                into.presence = given == "exact" ? metapatch::presence::exact : metapatch::presence::either;
            },
            "Whether an absent field and {} are two states (exact), or the same (either, as usual)")
        ->type_name("HOW")
        ->check(one_of({"either", "exact"}));
    add_output(command, into);
}

void add_absent(CLI::App& command, options& into)
{
    command.add_flag("--absent", into.absent, "The stored field is absent; stands for STORED");
    add_field(command, into);
}

void add_overwrite(CLI::App& command, options& into, char const* description)
{
    command.add_flag("--overwrite", into.overwrite, description);
}

void add_batch_of_fields(CLI::App& command, options& into)
{
    add_batch_inputs(command, into, "documents");
    add_batch_patches(command, into, "document");
    add_no_field(command, into);
}

void add_compose(CLI::App& whole, options& into)
{
    auto& command = add_command(whole, into, "compose", "The patch that has the effect of several, one after the other",
                                help::compose, {});
    command.add_option("PATCH", into.composed, "The patches of the field, in turn")
        ->type_name(document_argument)
        ->required();
    add_bodies(command, into);
}

void add_diff(CLI::App& whole, options& into)
{
    auto& command =
        add_command(whole, into, "diff", "The patch to send that leads from one state of a field to another",
                    help::diff, {{"FROM", "The field as it is", false}, {"TO", "The field as it should be", false}});
    command.add_flag("--from-absent", into.from_absent, "The field is absent; stands for FROM");
    command.add_flag("--to-absent", into.to_absent, "The field should be absent; stands for TO");
    add_field(command, into);
    add_bodies(command, into);
    add_batch_inputs(command, into, "documents");
    command.add_option("--key", into.batch.key, "What documents of two exports are the same, such as user_id")
        ->type_name("MEMBER|POINTER")
        ->group("Batch");
}

} // namespace

void add_patch_commands(CLI::App& whole, options& into)
{
    add_diff(whole, into);
    add_compose(whole, into);

    auto& inverse = add_command(whole, into, "inverse", "The patch that undoes another", help::inverse,
                                {{"STORED", "The field as it was before the patch", false}, stored_patch});
    add_absent(inverse, into);
    add_bodies(inverse, into);

    auto& conflicts =
        add_command(whole, into, "conflicts", "Tell where the order of two patches matters", help::conflicts,
                    {{"PATCH", "A patch"}, {"OTHER", "Another patch of the same field"}});
    add_output(conflicts, into);

    auto& rebase = add_command(whole, into, "rebase", "What a patch still has to do after another", help::rebase,
                               {{"PATCH", "The patch to send"}, {"ONTO", "The patch that came before it"}});
    add_overwrite(rebase, into, "Where they conflict, PATCH has the last word");
    add_bodies(rebase, into);

    auto& merge =
        add_command(whole, into, "merge", "Bring a changed copy into a field that others have changed", help::merge,
                    {{"BASE", "The field as it was when the copy was taken"},
                     {"MINE", "The copy, changed"},
                     {"THEIRS", "The field as it is now"}});
    add_overwrite(merge, into, "Where they conflict, MINE has the last word");
    add_field(merge, into);
    add_bodies(merge, into);

    auto& losses = add_command(whole, into, "losses", "Tell what a patch loses without naming it", help::losses,
                               {stored_field, stored_patch});
    add_absent(losses, into);
    add_output(losses, into);
    add_batch_of_fields(losses, into);

    auto& deepen =
        add_command(whole, into, "deepen", "Turn an RFC 7396 or RFC 6902 patch into one of the policy", help::deepen,
                    {stored_field, {"PATCH", "A merge patch (an object) or a JSON Patch (an array)", false}});
    deepen.add_flag("--merge-patch", into.merge_patch, "PATCH is a merge patch, though it looks like an operation");
    add_absent(deepen, into);
    add_bodies(deepen, into);
    add_batch_of_fields(deepen, into);
}

} // namespace tool

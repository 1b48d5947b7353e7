// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"

#include "command_parts.hpp"
#include "field_policy.hpp"
#include "help_texts.hpp"
#include "manual_format.hpp"
#include "word_check.hpp"

#include <metapatch/version.hpp>

#include <algorithm>

namespace tool {

namespace {

void add_apply(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("apply", "Apply a patch to a stored field, or to many in a batch");
    command.footer(help::apply);
    command.add_option("STORED", into.stored, "The stored field")->type_name(document_argument);
    command.add_option("PATCH", into.patch_argument, "The patch of the field")->type_name(document_argument);
    add_policy(command, into);
    command.add_flag("--absent", into.absent, "The stored field is absent; stands for STORED");
    add_field(command, into);
    command.add_flag("--advise", into.advise, "Say on standard error what is allowed and mostly not meant");
    add_output(command, into);
    add_batch_inputs(command, into, "documents");
    add_batch_patches(command, into, "document");
    add_batch_changes(command, into, R"({"line":N,"user_id":...,"violations":[...]})");
    auto& given = into.batch;
    command.add_flag("--only-present", given.only_present, "Leave documents without the field alone")->group("Batch");
    command.add_flag("--allow-new-field", given.allow_new_field, "Go on where no document has the field of --field")
        ->group("Batch");
    add_no_field(command, into);
}

void add_validate(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("validate", "Tell every violation of a patch, and change nothing");
    command.footer(help::validate);
    command.add_option("PATCH", into.patch_argument, "The patch of the field")->type_name(document_argument);
    add_policy(command, into);
    command.add_option("--stored", into.stored, "The stored field, to judge the result too")
        ->type_name(document_argument);
    command.add_flag("--absent", into.absent, "The stored field is absent");
    add_field(command, into);
    add_output(command, into);
    add_batch_inputs(command, into, "users");
    add_no_field(command, into);
}

void add_size(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("size", "Count the bytes of a field as policies count them");
    command.footer(help::size);
    command.add_option("STORED", into.stored, "The stored field")->type_name(document_argument);
    add_policy(command, into);
    add_field(command, into);
    add_output(command, into);
    add_batch_inputs(command, into, "documents");
    add_no_field(command, into);
}

void add_policies(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("policies", "List the built-in policies, or print one as a policy file");
    command.footer(help::policies);
    auto* const name = command.add_option("NAME", into.profile, "The policy to print")
                           ->option_text(" ")
                           ->check(one_of(profile_names()));
    command.add_option("--policy", into.policy, "Print what a policy file says in full")
        ->type_name(document_argument)
        ->excludes(name)
        ->option_text(document_argument);
    command.add_flag("--json", into.json, "List as a JSON array of policy files");
}

void add_completion(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("completion", "Print the completion script of a shell");
    command.footer(help::completion);
    command.add_option("SHELL", into.shell, "The shell")
        ->type_name("NAME")
        ->required()
        ->check(one_of({"bash", "zsh", "fish"}));
}

} // namespace

std::unique_ptr<CLI::App> command_line(options& into)
{
    auto whole = std::make_unique<CLI::App>(
        "metapatch patches and validates JSON metadata with the semantics of Auth0's PATCH.", "metapatch");
    whole->formatter(std::make_shared<manual_format>()); // commands inherit it
    whole->set_version_flag("--version", "metapatch " + std::string(metapatch::version));
    whole->set_help_all_flag("--help-all", "Print the help of every command");
    whole->footer(help::whole);
    whole->require_subcommand(1);
    add_apply(*whole, into);
    add_validate(*whole, into);
    add_size(*whole, into);
    add_patch_commands(*whole, into);
    add_user_commands(*whole, into);
    add_login_commands(*whole, into);
    add_policies(*whole, into);
    add_completion(*whole, into);
    return whole;
}

std::vector<std::string> shielded(std::vector<std::string> arguments)
{
    for (auto& argument : arguments) {
        auto const value = argument.starts_with("--") && argument.find('=') != std::string::npos
                               ? argument.find('=') + 1
                               : std::size_t{0};
        if (value < argument.size() && (argument[value] == '{' || argument[value] == '[' || argument[value] == '\n'))
            argument.insert(value, 1, '\n');
    }
    std::ranges::reverse(arguments); // CLI11 wants them last to first
    return arguments;
}

void unshield(options& given)
{
    auto const bare = [](std::string& text) {
        if (text.starts_with('\n'))
            text.erase(0, 1);
    };
    bare(given.policy);
    bare(given.field);
    bare(given.scopes);
    for (auto* const each :
         {&given.stored, &given.patch_argument, &given.batch.patch, &given.batch.patches, &given.batch.rejects}) {
        if (*each)
            bare(**each);
    }
    for (auto& each : given.batch.files)
        bare(each);
    for (auto& each : given.operands) {
        if (each)
            bare(*each);
    }
    for (auto& each : given.composed)
        bare(each);
    bare(given.user.operation);
    for (auto* const each :
         {&given.user.document, &given.user.body, &given.user.scopes, &given.user.subject, &given.user.user_id}) {
        if (*each)
            bare(**each);
    }
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "command_parts.hpp"

#include "field_policy.hpp"

#include <CLI/Validators.hpp>
#include <vector>

namespace tool {

void add_when(CLI::App& command, std::string const& name, when& into, std::string const& description)
{
    command
        .add_option_function<std::string>(
            name,
            [&into](std::string const& given) {
                into = given == "always" ? when::always : given == "never" ? when::never : when::automatic;
            },
            description)
        ->type_name("WHEN")
        ->check(CLI::IsMember(std::vector<std::string>{"auto", "always", "never"}));
}

void add_output(CLI::App& command, options& into)
{
    command
        .add_option_function<std::string>(
            "--output",
            [&into](std::string const& given) {
                into.output = given == "json"   ? output_form::json
                              : given == "text" ? output_form::text
                                                : output_form::automatic;
            },
            "How to answer; auto is text on a terminal and JSON elsewhere")
        ->type_name("FORM")
        ->check(CLI::IsMember(std::vector<std::string>{"auto", "json", "text"}));
    add_when(command, "--color", into.color, "When to colour text; auto honours NO_COLOR");
}

void add_policy(CLI::App& command, options& into)
{
    auto* const profile = command.add_option("--profile", into.profile, "A built-in policy; see `metapatch policies`")
                              ->type_name("NAME")
                              ->option_text("NAME")
                              ->check(CLI::IsMember(profile_names()));
    command.add_option("--policy", into.policy, "A policy file, as `metapatch policies NAME` prints one")
        ->type_name(document)
        ->excludes(profile)
        ->option_text(document);
}

void add_field(CLI::App& command, options& into)
{
    command.add_option("--field", into.field, "The document is a whole profile, and this member of it is the field")
        ->type_name("MEMBER");
}

void add_batch(CLI::App& command, options& into, std::string const& what, std::string const& reject)
{
    command.add_option("--batch", into.batch, "NDJSON: one " + what + " a line")->type_name("FILE|-")->group("Batch");
    command.add_option("--patch", into.patch, "One patch for all lines")->type_name(document)->group("Batch");
    command.add_option("--patches", into.patches, "NDJSON: line N patches line N of the " + what + "s")
        ->type_name("FILE|-")
        ->group("Batch");
    command.add_option("--rejects", into.rejects, "Where refused lines go as NDJSON: " + reject)
        ->type_name("FILE")
        ->group("Batch");
    add_when(command, "--progress", into.progress, "When to show progress on standard error");
    command.get_option("--progress")->group("Batch");
    command.add_flag("-q,--quiet", into.quiet, "No summary at the end")->group("Batch");
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "command_parts.hpp"

#include "field_policy.hpp"
#include "word_check.hpp"

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
        ->check(one_of({"auto", "always", "never"}));
}

void add_output_form(CLI::App& command, options& into)
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
        ->check(one_of({"auto", "json", "text"}));
}

void add_output(CLI::App& command, options& into)
{
    add_output_form(command, into);
    add_when(command, "--color", into.color, "When to colour text; auto honours NO_COLOR");
}

void add_policy(CLI::App& command, options& into)
{
    auto* const profile = command.add_option("--profile", into.profile, "A built-in policy; see `metapatch policies`")
                              ->type_name("NAME")
                              ->option_text("NAME")
                              ->check(one_of(profile_names()));
    command.add_option("--policy", into.policy, "A policy file, as `metapatch policies NAME` prints one")
        ->type_name(document_argument)
        ->excludes(profile)
        ->option_text(document_argument);
}

void add_field(CLI::App& command, options& into)
{
    command.add_option("--field", into.field, "The document is a whole profile, and this member of it is the field")
        ->type_name("MEMBER");
}

void add_batch_inputs(CLI::App& command, options& into, std::string const& documents)
{
    auto& given = into.batch;
    command
        .add_option("--batch", given.files,
                    "Many " + documents + ": NDJSON, a JSON array, or a page of the Management API; gzip and zstd too")
        ->type_name("FILE|-")
        ->group("Batch");
    command
        .add_option_function<std::string>(
            "--read-as",
            [&given](std::string const& form) {
                given.read_as = form == "lines"      ? document_form::lines
                                : form == "array"    ? document_form::array
                                : form == "page"     ? document_form::page
                                : form == "sequence" ? document_form::sequence
                                                     : document_form::automatic;
            },
            "What they stand in; auto tells it by the first bytes")
        ->type_name("FORM")
        ->check(one_of({"auto", "lines", "array", "page", "sequence"}))
        ->group("Batch");
    command.add_option("--where", given.where, "Only those in which this place has this value; may be repeated")
        ->type_name("POINTER=JSON")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group("Batch");
    add_when(command, "--progress", given.progress, "When to show progress on standard error");
    command.get_option("--progress")->group("Batch");
    command.add_flag("-q,--quiet", given.quiet, "No summary at the end")->group("Batch");
}

void add_batch_patches(CLI::App& command, options& into, std::string const& what)
{
    auto& given = into.batch;
    command.add_option("--patch", given.patch, "One patch for all of them")
        ->type_name(document_argument)
        ->group("Batch");
    command.add_option("--patches", given.patches, "NDJSON: line N patches " + what + " N; an empty line is no patch")
        ->type_name("FILE|-")
        ->group("Batch");
}

void add_no_field(CLI::App& command, options& into)
{
    command
        .add_flag("--no-field", into.batch.no_field, "Each document is the field itself, though it looks like a user")
        ->group("Batch");
}

void add_batch_changes(CLI::App& command, options& into, std::string const& reject)
{
    auto& given = into.batch;
    command.add_flag("--allow-clear", given.allow_clear, "A patch may be {}, which clears")->group("Batch");
    command.add_flag("--dry-run", given.dry_run, "Write nothing, and tell what would be done; each with --output text")
        ->group("Batch");
    command.add_flag("--in-place", given.in_place, "Replace the files, unless something is refused")->group("Batch");
    command.add_flag("--keep-going", given.keep_going, "Replace them also then")->group("Batch");
    command.add_option("--rejects", given.rejects, "Where what is refused goes as NDJSON: " + reject)
        ->type_name("FILE")
        ->group("Batch");
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "batch_checks.hpp"

#include "commands.hpp"
#include "errors.hpp"
#include "input.hpp"
#include "user_document.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

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
    auto const& given = asked.batch;
    auto inputs = given.files;
    for (auto const& input : {given.patches, given.patch, std::optional(asked.policy)}) {
        if (input && !input->empty() && !is_literal(*input))
            inputs.push_back(*input);
    }
    for (auto const& input : inputs) {
        if (same_file(*given.rejects, input == "-" ? "/dev/stdin" : input))
            throw usage_error("--rejects " + *given.rejects + ": this file is read too, and would be lost");
    }
}

} // namespace

void check_batch_inputs(options const& asked)
{
    auto const& given = asked.batch;
    for (auto const& file : given.files) {
        if (is_literal(file))
            throw usage_error("--batch takes files, and no JSON text: " + file);
    }
    if (given.rejects)
        check_rejects(asked);
    auto const from_standard_input =
        std::ranges::count(given.files, "-") + (given.patch == "-" ? 1 : 0) + (given.patches == "-" ? 1 : 0);
    if (from_standard_input > 1)
        throw usage_error("standard input cannot be both the documents and the patches");
}

void check_batch(options const& asked)
{
    auto const& given = asked.batch;
    check_batch_inputs(asked);
    if (given.in_place && std::ranges::count(given.files, "-") > 0)
        throw usage_error("--in-place: standard input is no file to be replaced");
    if (given.keep_going && !given.in_place)
        throw usage_error("--keep-going goes with --in-place; otherwise a batch goes on anyway");
    if (given.files.size() > 1 && !given.in_place && !given.dry_run)
        throw usage_error("--batch of several files goes with --in-place or --dry-run; otherwise give one at a time");
}

void check_member(options const& asked, named_policy const& policy)
{
    if (!asked.field.empty() && !policy.member.empty() && asked.field != policy.member)
        throw usage_error("--field " + asked.field + " does not go with " + policy.name + ", which is for " +
                          std::string(policy.member) + R"(; if it is meant, --policy '{"extends":")" + policy.name +
                          R"("}' has its rules for any field)");
    if (!asked.field.empty() && asked.batch.no_field)
        throw usage_error("--field and --no-field exclude each other");
    if (asked.batch.only_present && asked.field.empty())
        throw usage_error("--only-present goes with --field");
}

void check_is_field(options const& asked, named_policy const& policy, std::string_view document)
{
    if (asked.field.empty() && !policy.member.empty() && !asked.batch.no_field && id_of_user(document))
        throw usage_error("the documents look like users, for they have a user_id, and " + policy.name +
                          " is one field of theirs: give --field " + std::string(policy.member) +
                          ", or --no-field if each document is that field itself");
}

void check_no_operands(options const& asked)
{
    if (asked.stored || asked.patch_argument || asked.absent || asked.operands[0] || asked.operands[1])
        throw usage_error("--batch takes its documents from the given files: no other argument is one");
}

named_policy policy_of_reports(options const& asked)
{
    check_batch_inputs(asked);
    check_no_operands(asked);
    auto policy = required_policy(asked);
    check_member(asked, policy);
    return policy;
}

void check_no_batch(options const& asked)
{
    auto const& given = asked.batch;
    if (given.patch || given.patches || given.rejects || given.quiet || given.progress != when::automatic ||
        !given.where.empty() || given.in_place || given.keep_going || given.dry_run || given.only_present ||
        given.allow_clear || given.allow_new_field || given.no_field || given.read_as != document_form::automatic)
        throw usage_error(
            "--patch, --patches, --rejects, --progress, --quiet and the other options of the group Batch go "
            "with --batch");
}

std::optional<std::string> shared_patch(options const& asked)
{
    auto const& given = asked.batch;
    if (given.patch && given.patches)
        throw usage_error("--patch is one patch for all documents, --patches one for each: give one of them");
    if (!given.patch && !given.patches)
        throw usage_error("--batch needs one of --patch (one for all documents) and --patches (one for each)");
    return given.patch ? std::optional(read_argument(*given.patch)) : std::nullopt;
}

void check_intent(options const& asked, patch_intent intent)
{
    if (intent == patch_intent::clear && !asked.batch.allow_clear)
        throw usage_error("--patch " + *asked.batch.patch +
                          " clears the field of every document: --allow-clear if that is meant");
    if (intent == patch_intent::nothing)
        throw usage_error("--patch " + *asked.batch.patch + " is no patch: nothing would change");
}

} // namespace tool

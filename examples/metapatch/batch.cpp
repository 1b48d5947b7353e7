// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"

#include "input.hpp"
#include "progress.hpp"
#include "reject_log.hpp"
#include "writer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>
#include <unistd.h>

namespace tool {

namespace {

struct counts {
    std::uint64_t lines = 0;
    std::uint64_t applied = 0;
    std::uint64_t refused = 0;
    std::uint64_t unanswered = 0;   ///< documents for which there was no patch
    std::uint64_t left_patches = 0; ///< patches for which there was no document
};

std::uint64_t lines_left(line_reader& from)
{
    std::uint64_t left = 0;
    while (from.next())
        ++left;
    return left;
}

std::string summary(counts const& done, double seconds, std::uint64_t bytes)
{
    auto const at_least = std::max(seconds, 1e-9);
    char figures[96];
    std::snprintf(figures, sizeof figures, "%.2f s, %s lines/s, %.1f MB/s", seconds,
                  grouped(static_cast<std::uint64_t>(static_cast<double>(done.lines) / at_least)).c_str(),
                  static_cast<double>(bytes) / 1e6 / at_least);
    return grouped(done.lines) + (done.lines == 1 ? " line: " : " lines: ") + grouped(done.applied) + " applied, " +
           grouped(done.refused) + " refused" +
           (done.unanswered > 0 ? ", " + grouped(done.unanswered) + " without a patch" : "") + "; " + figures;
}

void say(std::string const& message)
{
    std::fputs(("metapatch: " + message + '\n').c_str(), stderr);
}

void say_mismatch(counts const& done)
{
    if (done.unanswered > 0)
        say("the patches end after line " + grouped(done.lines - done.unanswered) + "; lines " +
            grouped(done.lines - done.unanswered + 1) + " to " + grouped(done.lines) +
            " of the documents had no patch and passed unchanged");
    if (done.left_patches > 0)
        say("the documents end after line " + grouped(done.lines) + "; " + grouped(done.left_patches) +
            (done.left_patches == 1 ? " patch was" : " patches were") + " left over");
}

counts change_lines(line_reader& documents, line_reader* patches, line_change& change, writer& out, reject_log& rejects,
                    progress& shown)
{
    counts done;
    std::string result;
    while (auto const document = documents.next()) {
        ++done.lines;
        shown.at(done.lines, documents.bytes());
        auto const patch = patches != nullptr ? patches->next() : std::nullopt;
        if (patch)
            change.set_patch(patch->text);
        if (patches != nullptr && !patch) {
            ++done.unanswered;
            out.write(document->text);
        } else if (change.apply(document->text, result)) {
            ++done.applied;
            out.write(result);
        } else {
            ++done.refused;
            change.tell(rejects, done.lines);
            out.write(document->text);
        }
        out.write(document->end);
    }
    if (patches != nullptr)
        done.left_patches = lines_left(*patches);
    return done;
}

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

} // namespace

void check_batch(options const& asked)
{
    if (asked.rejects)
        check_rejects(asked);
    if (asked.patch.has_value() == asked.patches.has_value())
        throw usage_error("--batch needs one of --patch (one for all lines) and --patches (one for each line)");
    if (*asked.batch == "-" && (asked.patch == "-" || asked.patches == "-"))
        throw usage_error("standard input cannot be both the documents and the patches");
}

void check_no_batch(options const& asked)
{
    if (asked.patch || asked.patches || asked.rejects || asked.quiet || asked.progress != when::automatic)
        throw usage_error("--patch, --patches, --rejects, --progress and --quiet go with --batch");
}

exit_status change_batch(options const& asked, line_change& change)
{
    std::optional<line_reader> patches;
    std::string patch; // what is read from it may refer to it
    if (asked.patches)
        patches.emplace(*asked.patches);
    else
        change.set_patch(patch = read_argument(*asked.patch));
    line_reader documents(*asked.batch);
    auto out = writer::to_standard_output();
    reject_log rejects(asked.rejects);

    bool const automatic = is_terminal(STDERR_FILENO) && !is_terminal(STDOUT_FILENO) && !asked.quiet;
    progress shown(asked.progress == when::automatic ? automatic : asked.progress == when::always,
                   documents.total_bytes());
    auto const done = change_lines(documents, patches ? &*patches : nullptr, change, out, rejects, shown);
    out.finish();
    rejects.finish();

    shown.clear();
    std::fputs(rejects.shown(colours(asked.color, STDERR_FILENO)).c_str(), stderr);
    say_mismatch(done);
    if (!asked.quiet) {
        if (auto const words = change.last_words(); !words.empty())
            say(words);
        say(summary(done, shown.seconds(), documents.bytes()));
    }
    if (done.unanswered > 0 || done.left_patches > 0)
        return exit_status::input_output;
    return done.refused > 0 ? exit_status::refused : exit_status::applied;
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"

#include "answer.hpp"
#include "batch_tally.hpp"
#include "document_stream.hpp"
#include "file_replacement.hpp"
#include "input.hpp"
#include "progress.hpp"
#include "selection.hpp"
#include "user_document.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <list>
#include <system_error>
#include <unistd.h>

namespace tool {

namespace {

void say(std::string const& message)
{
    std::fputs(("metapatch: " + message + '\n').c_str(), stderr);
}

/// What the documents of an input are called.
std::string_view plural(document_form form)
{
    return form == document_form::lines ? "lines" : "elements";
}

/// How many documents are looked at before anything is written, where the first ones do not tell that all is well.
constexpr std::uint64_t most_looked_at = 1000;

/// Changes the documents of one batch, file by file.
class batch_run {
public:
    batch_run(options const& asked, document_change& change)
        : asked_(asked), given_(asked.batch), change_(change), selection_(given_.where),
          rejects_(given_.rejects, prints_each()), out_(writer::to_standard_output()),
          shown_(shows_progress(asked), total_bytes(given_.files))
    {
        if (given_.patches)
            patches_.emplace(*given_.patches, document_form::automatic, blank_lines::are_documents);
        out_.hold();
    }

    exit_status run()
    {
        for (auto const& file : given_.files)
            change_file(file);
        if (!looked_)
            change_.look_back();
        count_left_patches();
        rejects_.finish();
        bool const keeps_files = tally_.refused > 0 || failed_;
        if (!keeps_files || given_.keep_going) {
            for (auto& each : replacements_)
                each.take_place();
        }
        finish_output();
        report(keeps_files && !given_.keep_going);
        if (failed_ || tally_.unanswered > 0 || tally_.left_patches > 0 || tally_.documents == 0)
            return exit_status::input_output;
        return tally_.refused > 0 ? exit_status::refused : exit_status::applied;
    }

private:
    static bool shows_progress(options const& asked)
    {
        auto const& given = asked.batch;
        bool const automatic = is_terminal(STDERR_FILENO) && !is_terminal(STDOUT_FILENO) && !given.quiet;
        return given.progress == when::automatic ? automatic : given.progress == when::always;
    }

    static std::optional<std::uint64_t> total_bytes(std::vector<std::string> const& files)
    {
        std::uint64_t total = 0;
        for (auto const& file : files) {
            std::error_code unknown;
            auto const size = std::filesystem::file_size(file == "-" ? "/dev/stdin" : file, unknown);
            if (unknown)
                return std::nullopt;
            total += size;
        }
        return total;
    }

    bool prints_each() const { return given_.dry_run && answers_in_text(asked_); }

    void change_file(std::string const& file)
    {
        document_stream documents(file, given_.read_as);
        if (given_.in_place && !documents.origin().compression().empty())
            throw usage_error("--in-place: " + file +
                              " is compressed, and what is written is plain: write it to another file");
        if (given_.in_place && !given_.dry_run)
            replacements_.emplace_back(file);
        auto* const out = given_.dry_run ? nullptr : given_.in_place ? &replacements_.back().out() : &out_;
        if (documents.had_byte_order_mark())
            say(documents.origin().name() + ": the byte order mark in front is left out");
        plural_ = tally_.documents > 0 && plural_ != plural(documents.form()) ? "documents" : plural(documents.form());

        auto const before = tally_.documents;
        while (auto const next = documents.next()) {
            if (next->is_document)
                change(documents, file, next->document, out);
            if (out != nullptr)
                out->write(next->behind);
            shown_.at(tally_.documents, bytes_before_ + documents.origin().bytes_read());
        }
        bytes_before_ += documents.origin().bytes_read();
        plain_bytes_ += documents.bytes();
        if (auto const stopped = documents.stopped())
            tell_stop(documents, *stopped, tally_.documents - before);
        else if (tally_.documents == before)
            empty_.push_back(documents.origin().name());
        if (given_.in_place && !given_.dry_run)
            replacements_.back().finish();
    }

    void tell_stop(document_stream const& documents, broken_off const& stopped, std::uint64_t count)
    {
        failed_ = true;
        say(documents.origin().name() + " line " + std::to_string(stopped.at.line) + ", column " +
            std::to_string(stopped.at.column) + ": " + stopped.why + "; what comes after " +
            counted(count, plural(documents.form())) + " was not looked at" +
            (given_.dry_run ? "" : ", and passes unchanged"));
    }

    /// @param out  where the document goes; nullptr where it goes nowhere
    void change(document_stream const& documents, std::string const& file, std::string_view document, writer* out)
    {
        ++tally_.documents;
        document_place const place{given_.files.size() > 1 ? std::string_view(file) : std::string_view(),
                                   documents.number(), documents.position(), documents.form() == document_form::lines};
        look(document);
        auto const fate = fate_of(place, document);
        if (out != nullptr)
            out->write(fate == document_fate::changed ? std::string_view(result_) : document);
        if (given_.dry_run)
            tell_effects(place, document, fate);
    }

    void look(std::string_view document)
    {
        if (looked_)
            return;
        looked_ = change_.look(document);
        if (!looked_ && tally_.documents == most_looked_at) {
            change_.look_back();
            looked_ = true;
        }
        if (looked_)
            out_.release();
    }

    document_fate fate_of(document_place const& place, std::string_view document)
    {
        if (patches_ && !take_patch()) {
            ++tally_.unanswered;
            return document_fate::left_alone;
        }
        auto const intent = change_.intent();
        if (intent == patch_intent::nothing || !selection_.takes(document)) {
            ++tally_.left_alone;
            return document_fate::left_alone;
        }
        if (intent == patch_intent::clear && !given_.allow_clear) {
            ++tally_.refused;
            rejects_.add(place, document, "clear_not_allowed",
                         "this patch clears the field: --allow-clear if that is meant");
            return document_fate::refused;
        }
        auto const fate = change_.apply(place, document, result_);
        ++(fate == document_fate::changed      ? tally_.applied
           : fate == document_fate::left_alone ? tally_.left_alone
                                               : tally_.refused);
        if (fate == document_fate::refused)
            change_.tell(rejects_, place, document);
        return fate;
    }

    /// @return  whether there is one
    bool take_patch()
    {
        auto next = patches_->next();
        while (next && !next->is_document)
            next = patches_->next();
        if (next)
            change_.set_patch(next->document);
        return next.has_value();
    }

    void count_left_patches()
    {
        while (patches_) {
            auto const next = patches_->next();
            if (!next)
                break;
            tally_.left_patches += next->is_document && !is_blank(next->document) ? 1 : 0;
        }
        if (!patches_)
            return;
        if (auto const stopped = patches_->stopped()) {
            failed_ = true;
            say(patches_->origin().name() + " line " + std::to_string(stopped->at.line) + ", column " +
                std::to_string(stopped->at.column) + ": " + stopped->why);
        }
    }

    void tell_effects(document_place const& place, std::string_view document, document_fate fate)
    {
        effects done;
        if (fate == document_fate::changed)
            tally_.count(done = change_.last_effects(document, result_));
        if (!prints_each())
            return;
        auto const id = id_of_user(document);
        out_.write(in_words(place) + (id ? " " + printable(*id) : std::string()) + ": " +
                   (fate == document_fate::refused      ? "refused: " + rejects_.last_words()
                    : fate == document_fate::left_alone ? "left alone"
                                                        : in_words(done)) +
                   '\n');
    }

    void finish_output()
    {
        out_.release();
        if (given_.dry_run)
            out_.write(prints_each() ? dry_run_lines(tally_, plural_, rejects_.by_code(), change_.advice())
                                     : dry_run_json(tally_, rejects_.by_code(), change_.advice()));
        if (given_.dry_run || !given_.in_place)
            out_.finish();
    }

    void report(bool keeps_files)
    {
        shown_.clear();
        if (!prints_each())
            std::fputs(rejects_.shown(colours(asked_.color, STDERR_FILENO)).c_str(), stderr);
        for (auto const& name : empty_)
            say(name + " is empty: it has no documents");
        say_mismatch();
        if (given_.in_place && !given_.dry_run && keeps_files)
            say("no file was replaced, for something was refused; --keep-going replaces them anyway");
        if (auto const advice = change_.advice(); !advice.empty() && !given_.dry_run)
            say("advice: " + in_words(advice));
        if (given_.quiet)
            return;
        if (auto const words = change_.last_words(); !words.empty())
            say(words);
        say(in_words(tally_, plural_) + "; " + speed());
    }

    void say_mismatch() const
    {
        auto const answered = tally_.documents - tally_.unanswered;
        if (tally_.unanswered > 0)
            say("the patches end after line " + grouped(answered) + "; lines " + grouped(answered + 1) + " to " +
                grouped(tally_.documents) + " of the documents had no patch and passed unchanged");
        if (tally_.left_patches > 0)
            say("the documents end after line " + grouped(tally_.documents) + "; " + grouped(tally_.left_patches) +
                (tally_.left_patches == 1 ? " patch was" : " patches were") + " left over");
    }

    std::string speed() const
    {
        auto const seconds = shown_.seconds();
        auto const at_least = std::max(seconds, 1e-9);
        char figures[96];
        std::snprintf(figures, sizeof figures, "%.2f s, %s %s/s, %.1f MB/s", seconds,
                      grouped(static_cast<std::uint64_t>(static_cast<double>(tally_.documents) / at_least)).c_str(),
                      std::string(plural_).c_str(), static_cast<double>(plain_bytes_) / 1e6 / at_least);
        return figures;
    }

    options const& asked_;
    batch_options const& given_;
    document_change& change_;
    selection selection_;
    reject_log rejects_;
    writer out_;
    std::list<file_replacement> replacements_;
    std::optional<document_stream> patches_;
    progress shown_;

    batch_tally tally_;
    std::string result_;
    bool looked_ = false;
    bool failed_ = false;
    std::string_view plural_ = "lines";
    std::vector<std::string> empty_;
    std::uint64_t bytes_before_ = 0;
    std::uint64_t plain_bytes_ = 0;
};

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

exit_status change_batch(options const& asked, document_change& change)
{
    return batch_run(asked, change).run();
}

} // namespace tool

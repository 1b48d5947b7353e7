// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"

#include "advise.hpp"
#include "answer.hpp"
#include "batch_tally.hpp"
#include "batch_words.hpp"
#include "document_walk.hpp"
#include "file_replacement.hpp"
#include "input.hpp"
#include "patch_feed.hpp"
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

/// How many documents, and of how many bytes, are looked at before anything is written, where the first ones do not tell
/// that all is well.
constexpr std::uint64_t most_looked_at = 1000;
constexpr std::uint64_t most_bytes_looked_at = std::uint64_t{64} << 20;

/// Changes the documents of one batch, file by file.
class batch_run {
public:
    batch_run(options const& asked, document_change& change)
        : asked_(asked), given_(asked.batch), change_(change), selection_(given_.where),
          rejects_(given_.rejects, prints_each()), out_(writer::to_standard_output()), patches_(given_.patches),
          walk_(asked)
    {
        out_.hold();
    }

    exit_status run()
    {
        for (auto const& file : given_.files)
            change_file(file);
        if (!looked_)
            change_.look_back();
        tally_.left_patches = patches_.count_left();
        if (auto const why = patches_.complaint(); !why.empty()) {
            failed_ = true;
            say(why);
        }
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

        auto const count = walk_.go_through(
            documents, file,
            [&](document_place const& place, std::string_view document) { change(place, document, out); },
            [out](std::string_view behind) {
                if (out != nullptr)
                    out->write(behind);
            });
        if (auto const stopped = documents.stopped())
            tell_stop(documents, *stopped, count);
        else if (count == 0)
            empty_.push_back(documents.origin().name());
        if (given_.in_place && !given_.dry_run)
            replacements_.back().finish();
    }

    void tell_stop(document_stream const& documents, broken_off const& stopped, std::uint64_t count)
    {
        failed_ = true;
        say(in_words(stopped, documents.origin().name()) + "; what comes after " +
            counted(count, plural(documents.form())) + " was not looked at" +
            (given_.dry_run ? "" : ", and passes unchanged"));
    }

    /// @param out  where the document goes; nullptr where it goes nowhere
    void change(document_place const& place, std::string_view document, writer* out)
    {
        ++tally_.documents;
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
        bytes_looked_at_ += document.size();
        if (!looked_ && (tally_.documents == most_looked_at || bytes_looked_at_ > most_bytes_looked_at)) {
            change_.look_back();
            looked_ = true;
        }
        if (looked_)
            out_.release();
    }

    document_fate fate_of(document_place const& place, std::string_view document)
    {
        if (patches_.has_one_for_each()) {
            auto const patch = patches_.next();
            if (!patch) {
                ++tally_.unanswered;
                return document_fate::left_alone;
            }
            change_.set_patch(*patch);
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

    void tell_effects(document_place const& place, std::string_view document, document_fate fate)
    {
        effects done;
        if (fate == document_fate::changed)
            tally_.count(done = change_.last_effects(document, result_));
        if (!prints_each())
            return;
        auto const id = id_of_user(document);
        out_.write(in_words(place) + (id ? ' ' + printable(*id) : std::string()) + ": " +
                   (fate == document_fate::refused      ? "refused: " + rejects_.last_words()
                    : fate == document_fate::left_alone ? "left alone"
                                                        : in_words(done)) +
                   '\n');
    }

    void finish_output()
    {
        out_.release();
        if (given_.dry_run)
            out_.write(prints_each() ? dry_run_lines(tally_, walk_.plural(), rejects_.by_code(), change_.advice())
                                     : dry_run_json(tally_, rejects_.by_code(), change_.advice()));
        if (given_.dry_run || !given_.in_place)
            out_.finish();
    }

    void report(bool keeps_files)
    {
        walk_.clear();
        if (!prints_each())
            std::fputs(rejects_.shown(colours(asked_.color, STDERR_FILENO)).c_str(), stderr);
        for (auto const& name : empty_)
            say(name + " is empty: it has no documents");
        for (auto const& words : mismatches(tally_))
            say(words);
        if (given_.in_place && !given_.dry_run && keeps_files)
            say("no file was replaced, for something was refused; --keep-going replaces them anyway");
        if (!given_.dry_run)
            say_advice(change_.advice());
        if (given_.quiet)
            return;
        if (auto const words = change_.last_words(); !words.empty())
            say(words);
        say(in_words(tally_, walk_.plural()) + "; " + walk_.speed());
    }

    options const& asked_;
    batch_options const& given_;
    document_change& change_;
    selection selection_;
    reject_log rejects_;
    writer out_;
    std::list<file_replacement> replacements_;
    patch_feed patches_;
    document_walk walk_;

    batch_tally tally_;
    std::string result_;
    bool looked_ = false;
    std::uint64_t bytes_looked_at_ = 0;
    bool failed_ = false;
    std::vector<std::string> empty_;
};

} // namespace

exit_status change_batch(options const& asked, document_change& change)
{
    return batch_run(asked, change).run();
}

} // namespace tool

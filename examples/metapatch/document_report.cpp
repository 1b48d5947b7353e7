// SPDX-License-Identifier: BSL-1.0
#include "document_report.hpp"

#include "answer.hpp"
#include "batch_tally.hpp"
#include "batch_words.hpp"
#include "document_walk.hpp"
#include "errors.hpp"
#include "patch_feed.hpp"
#include "reject_log.hpp"
#include "selection.hpp"
#include "user_document.hpp"
#include "writer.hpp"

#include <boost/json/serialize.hpp>

namespace tool {

namespace {

/// The members of an object, with a comma in front.
std::string members_of(boost::json::object const& object)
{
    auto const text = boost::json::serialize(object);
    return object.empty() ? std::string() : text.substr(1, text.size() - 2);
}

/// That a text was refused, as an answer.
document_answer refused_answer(refusal const& refused)
{
    boost::json::object line{{"outcome", "rejected"}};
    for (auto& member : to_json(refused))
        line[member.key()] = std::move(member.value());
    return {members_of(line), "rejected: " + message(refused), codes_of(refused.why)};
}

class report_run {
public:
    report_run(options const& asked, document_report& report)
        : given_(asked.batch), report_(report), selection_(given_.where), in_text_(answers_in_text(asked)),
          out_(writer::to_standard_output()), patches_(given_.patches, report.form_of_patches()), walk_(asked)
    {
    }

    exit_status run()
    {
        for (auto const& file : given_.files)
            report_file(file);
        tally_.left_patches = patches_.count_left();
        if (auto const why = patches_.complaint(); !why.empty()) {
            failed_ = true;
            say(why);
        }
        out_.finish();
        tell_end();
        if (failed_ || tally_.unanswered > 0 || tally_.left_patches > 0 || tally_.documents == 0)
            return exit_status::input_output;
        return codes_.empty() ? exit_status::applied : exit_status::refused;
    }

private:
    void report_file(std::string const& file)
    {
        document_stream documents(file, given_.read_as);
        if (documents.had_byte_order_mark())
            say(documents.origin().name() + ": a byte order mark stands in front");
        auto const count = walk_.go_through(
            documents, file,
            [this](document_place const& place, std::string_view document) { report_document(place, document); },
            [](std::string_view) {});
        if (auto const stopped = documents.stopped()) {
            failed_ = true;
            say(in_words(*stopped, documents.origin().name()) + "; what comes after " +
                counted(count, plural(documents.form())) + " was not looked at");
        } else if (count == 0) {
            say(documents.origin().name() + " is empty: it has no documents");
        }
    }

    void report_document(document_place const& place, std::string_view document)
    {
        ++tally_.documents;
        if (report_.takes_patches() && patches_.has_one_for_each()) {
            auto const patch = patches_.next();
            if (!patch) {
                ++tally_.unanswered;
                return;
            }
            report_.set_patch(*patch);
        }
        if (report_.intent() == patch_intent::nothing || !selection_.takes(document)) {
            ++tally_.left_alone;
            return;
        }
        auto answer = report_.answer(document);
        if (answer.refused)
            answer = refused_answer(in_file(*answer.refused, place));
        tally_.applied += answer.codes.empty() ? 1 : 0;
        for (auto const& code : answer.codes)
            ++codes_[code];
        if (!answer.is_silent)
            out_.write(in_text_ ? line_in_words(place, document, answer) : line(place, document, answer));
    }

    static std::string line(document_place const& place, std::string_view document, document_answer const& answer)
    {
        return '{' + members_of(line_about(place, document)) + ',' + answer.members + "}\n";
    }

    static std::string line_in_words(document_place const& place, std::string_view document,
                                     document_answer const& answer)
    {
        auto const id = id_of_user(document);
        return in_words(place) + (id ? ' ' + printable(*id) : std::string()) + ": " + answer.words +
               (answer.words.ends_with('\n') ? "" : "\n");
    }

    void tell_end()
    {
        walk_.clear();
        for (auto const& words : mismatches(tally_))
            say(words);
        if (given_.quiet)
            return;
        if (auto const words = report_.last_words(); !words.empty())
            say(words);
        say(counted(tally_.documents, walk_.plural()) + ": " + grouped(tally_.applied) + " fine" +
            (codes_.empty() ? "" : ", " + in_words(codes_)) +
            (tally_.left_alone > 0 ? ", " + grouped(tally_.left_alone) + " left alone" : "") + "; " + walk_.speed());
    }

    batch_options const& given_;
    document_report& report_;
    selection selection_;
    bool const in_text_;
    writer out_;
    patch_feed patches_;
    document_walk walk_;

    batch_tally tally_;
    counts_by_code codes_;
    bool failed_ = false;
};

} // namespace

std::set<std::string> codes_of(metapatch::report const& found)
{
    std::set<std::string> codes;
    for (auto const& each : found)
        codes.emplace(name(each.code));
    return codes;
}

exit_status report_batch(options const& asked, document_report& report)
{
    return report_run(asked, report).run();
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "reject_log.hpp"

#include "progress.hpp"
#include "user_document.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>

namespace tool {

namespace {

constexpr std::size_t shown_documents = 5;
constexpr std::size_t message_bytes = 200;

} // namespace

refusal in_file(refusal refused, document_place const& place)
{
    if (refused.place && refused.in == part::stored)
        refused.place->at = moved(refused.place->at, place.at);
    return refused;
}

boost::json::object line_about(document_place const& place, std::string_view document)
{
    boost::json::object line;
    if (!place.file.empty())
        line["file"] = place.file;
    line["line"] = place.at.line;
    if (!place.is_line) {
        line["column"] = place.at.column;
        line["element"] = place.number;
    }
    if (auto const id = id_of_user(document))
        line["user_id"] = *id;
    return line;
}

reject_log::reject_log(std::optional<std::string> const& path, bool keeps_words) : keeps_words_(keeps_words)
{
    if (path)
        file_.emplace(writer::to_file(*path));
}

template<class Entry, class Message>
void reject_log::add_entry(document_place const& place, std::string_view document, std::string_view code, Entry entry,
                           Message message)
{
    ++count_;
    auto const known = by_code_.find(code);
    ++(known != by_code_.end() ? known->second : by_code_[std::string(code)]);
    if (keeps_words_)
        last_words_ = message();
    if (file_) {
        auto written = line_about(place, document);
        for (auto& member : entry())
            written[member.key()] = std::move(member.value());
        file_->write(boost::json::serialize(written));
        file_->write("\n");
    } else if (first_.size() < shown_documents) {
        first_.emplace_back(in_words(place), message());
    }
}

void reject_log::add(document_place const& place, std::string_view document, refusal const& refused)
{
    add_entry(
        place, document, name(refused.why.front().code), [&] { return to_json(in_file(refused, place)); },
        [&] {
            return (refused.in == part::stored ? "in what is stored: " : "") +
                   shortened(message(in_file(refused, place)), message_bytes);
        });
}

void reject_log::add(document_place const& place, std::string_view document, metapatch::auth0::refusal const& refused)
{
    add_entry(
        place, document, name(refused.why),
        [&] {
            auto entry = metapatch::auth0::body(refused);
            entry["reason"] = name(refused.why);
            if (!refused.violations.empty())
                entry["violations"] = std::move(to_json(refused.violations).at("violations"));
            return entry;
        },
        [&] {
            return std::to_string(refused.status) + " " + std::string(name(refused.why)) + ": " +
                   shortened(refused.message, message_bytes);
        });
}

void reject_log::add(document_place const& place, std::string_view document, std::string_view code,
                     std::string_view sentence)
{
    add_entry(
        place, document, code,
        [&] {
            boost::json::array violations{{{"code", code}, {"pointer", ""}}};
            return boost::json::object{{"in", "patch"}, {"violations", std::move(violations)}};
        },
        [&] { return std::string(sentence); });
}

void reject_log::finish()
{
    if (file_)
        file_->finish();
}

std::string reject_log::shown(colours paint) const
{
    std::string text;
    for (auto const& [place, why] : first_)
        text += paint.bold(place) + ": " + paint.red(why) + '\n';
    if (count_ > first_.size() && !file_)
        text += "and " + grouped(count_ - first_.size()) + " more; --rejects FILE keeps them all\n";
    return text;
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "reject_log.hpp"

#include "progress.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>

namespace tool {

namespace {

constexpr std::size_t shown_lines = 5;
constexpr std::size_t shown_bytes = 200;

} // namespace

reject_log::reject_log(std::optional<std::string> const& path)
{
    if (path)
        file_.emplace(writer::to_file(*path));
}

template<class Entry, class Message>
void reject_log::add_entry(std::uint64_t line, Entry entry, Message message)
{
    ++count_;
    if (file_) {
        boost::json::object written{{"line", line}};
        for (auto& member : entry())
            written[member.key()] = std::move(member.value());
        file_->write(boost::json::serialize(written));
        file_->write("\n");
    } else if (first_.size() < shown_lines) {
        first_.emplace_back(line, message());
    }
}

void reject_log::add(std::uint64_t line, refusal const& refused)
{
    add_entry(
        line, [&] { return to_json(refused); },
        [&] {
            return (refused.in == part::stored ? "in what is stored: " : "") +
                   shortened(refused.why.message(), shown_bytes);
        });
}

void reject_log::add(std::uint64_t line, metapatch::auth0::refusal const& refused)
{
    add_entry(
        line,
        [&] {
            auto entry = metapatch::auth0::body(refused);
            entry["reason"] = name(refused.why);
            if (!refused.violations.empty())
                entry["violations"] = std::move(to_json(refused.violations).at("violations"));
            return entry;
        },
        [&] {
            return std::to_string(refused.status) + " " + std::string(name(refused.why)) + ": " +
                   shortened(refused.message, shown_bytes);
        });
}

void reject_log::finish()
{
    if (file_)
        file_->finish();
}

std::string reject_log::shown(colours paint) const
{
    std::string text;
    for (auto const& [line, why] : first_)
        text += paint.bold("line " + grouped(line)) + ": " + paint.red(why) + '\n';
    if (count_ > first_.size() && !file_)
        text += "and " + grouped(count_ - first_.size()) + " more; --rejects FILE keeps them all\n";
    return text;
}

} // namespace tool

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

void reject_log::add(std::uint64_t line, refusal const& refused)
{
    ++count_;
    if (file_) {
        boost::json::object entry{{"line", line}};
        for (auto& member : to_json(refused))
            entry[member.key()] = std::move(member.value());
        file_->write(boost::json::serialize(entry));
        file_->write("\n");
    } else if (first_.size() < shown_lines) {
        first_.emplace_back(line, (refused.in == part::stored ? "in what is stored: " : "") +
                                      shortened(refused.why.message(), shown_bytes));
    }
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

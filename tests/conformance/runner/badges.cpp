// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "files.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace metapatch::conformance {

namespace {

std::size_t passed_in(tally const& count)
{
    return count.passed + count.unexpected_passes;
}

/// What fails is red, expected or not; what was not asked of all is yellow, whatever else passed.
std::string_view colour_of(tally const& count)
{
    if (passed_in(count) + count.skipped < count.all())
        return "red";
    return count.skipped == 0 ? "brightgreen" : "yellow";
}

/// Source: <https://shields.io/badges/endpoint-badge>
std::string badge(std::string const& label, tally const& count)
{
    auto message = std::to_string(passed_in(count)).append(" of ").append(std::to_string(count.all() - count.skipped));
    if (count.skipped > 0)
        message.append(", ").append(std::to_string(count.skipped)).append(" skipped");
    return boost::json::serialize(boost::json::object{
               {"schemaVersion", 1}, {"label", label}, {"message", message}, {"color", colour_of(count)}}) +
           "\n";
}

} // namespace

exit_status badges_command(options const& given)
{
    auto const run = read_report(given.report);
    if (!run.is_whole)
        throw usage_error(given.report + ": not every case was asked");
    std::filesystem::path const folder = given.folder;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw usage_error(folder.string() + ": " + error.message());
    auto const write = [&folder](std::string const& profile, std::string_view level, tally const& count) {
        auto const name = profile + (level.empty() ? "" : ".") + std::string(level);
        auto const label = profile + (level.empty() ? "" : " ") + std::string(level);
        if (count.all() > 0)
            write_file(folder / (name + ".json"), badge(label, count));
    };
    for (auto const& row : table_of(run)) {
        auto const profile = row.profile.empty() ? std::string("all") : row.profile;
        if (profile.find('/') != std::string::npos)
            throw usage_error(profile + " is no name of a profile");
        for (std::size_t i = 0; i < levels.size(); ++i)
            write(profile, levels[i], row.by_level[i]);
        write(profile, "", row.all);
    }
    return exit_status::as_expected;
}

} // namespace metapatch::conformance

// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "files.hpp"
#include "terminal.hpp"

#include <array>
#include <map>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace metapatch::conformance {

namespace {

/// What became of a case from one report to another.
enum class change : std::uint8_t { worse, better, other, gone, added, none };

constexpr std::array<std::string_view, 5> headings{"worse", "better", "otherwise", "not asked any more", "new"};

change change_of(case_result const& before, case_result const& after)
{
    bool const passed = before.what == verdict::passed;
    bool const passes = after.what == verdict::passed;
    if (passed != passes)
        return passes ? change::better : change::worse;
    return before.what == after.what && before.faults == after.faults ? change::none : change::other;
}

std::string_view verdict_of(case_result const& each)
{
    return verdict_names[static_cast<std::size_t>(each.what)];
}

std::string first_fault(case_result const& each)
{
    return each.faults.empty() ? std::string() : ": " + tool::printable(each.faults.front());
}

using cases_by_id = std::map<std::string_view, case_result const*>;

cases_by_id by_id(run_result const& run)
{
    cases_by_id made;
    for (auto const& each : run.cases)
        made.emplace(each.id, &each);
    return made;
}

std::string line_of(case_result const& each, std::string const& verdicts)
{
    return "  " + tool::printable(each.id) + " (" + tool::printable(each.profile) + ", " + each.level +
           "): " + verdicts + first_fault(each) + "\n";
}

/// The lines of each change, in the order of headings.
using change_lines = std::array<std::vector<std::string>, headings.size()>;

change_lines changes(run_result const& before, run_result const& after)
{
    change_lines lines;
    auto const add = [&lines](change what, std::string line) {
        lines[static_cast<std::size_t>(what)].push_back(std::move(line));
    };
    auto const was = by_id(before);
    auto const is = by_id(after);
    for (auto const* const each : by_level(before)) {
        auto const found = is.find(each->id);
        if (found == is.end()) {
            add(change::gone, line_of(*each, "was " + std::string(verdict_of(*each))));
        } else if (auto const what = change_of(*each, *found->second); what != change::none) {
            auto const verdicts = std::string(verdict_of(*each)) + ", now " + std::string(verdict_of(*found->second));
            add(what, line_of(*found->second, verdicts));
        }
    }
    for (auto const* const each : by_level(after)) {
        if (!was.contains(each->id))
            add(change::added, line_of(*each, std::string(verdict_of(*each))));
    }
    return lines;
}

} // namespace

exit_status diff_command(options const& given)
{
    auto const before = read_report(given.inputs.at(0));
    auto const after = read_report(given.inputs.at(1));
    auto const lines = changes(before, after);
    tool::colours const paint(tool::when::automatic, STDOUT_FILENO);
    std::string text;
    std::string summary;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (lines[i].empty())
            continue;
        text += paint.bold(headings[i]) + "\n";
        for (auto const& each : lines[i])
            text += each;
        summary += (summary.empty() ? "" : ", ") + std::to_string(lines[i].size()) + " " + std::string(headings[i]);
    }
    text += tool::printable(before.who.title() + " → " + after.who.title()) + ": " +
            (summary.empty() ? "nothing is different" : summary) + "\n";
    write_file("-", text);
    auto const is_empty = [&lines](change what) { return lines[static_cast<std::size_t>(what)].empty(); };
    return is_empty(change::worse) && is_empty(change::gone) ? exit_status::as_expected : exit_status::failures;
}

} // namespace metapatch::conformance

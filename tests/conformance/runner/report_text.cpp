// SPDX-License-Identifier: BSL-1.0
#include "reports.hpp"

#include "terminal.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

namespace metapatch::conformance {

namespace {

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string cell(tally const& count)
{
    if (count.all() == 0)
        return "-";
    return std::to_string(count.passed) + "/" + std::to_string(count.all());
}

void add_case(case_result const& each, tool::colours const& paint, std::string& to)
{
    auto status = std::string(each.status());
    std::ranges::transform(status, status.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    to += paint.bold(paint.red(status)) + " " + each.id + " (" + each.profile + ", " + each.level + ")\n";
    for (auto const& fault : each.faults)
        to += "  " + tool::printable(fault) + "\n";
    for (auto const& [name, text] : asked_lines(each.asked))
        to += "  " + padded(name, 8) + " " + tool::printable(text) + "\n";
    if (!each.difference.empty())
        to += "  " + paint.dim("what was expected (-) and what came (+):") + "\n";
    for (auto const& line : each.difference) {
        auto const text = tool::printable(line.text);
        to += line.kind == '-'   ? "  " + paint.red("- " + text)
              : line.kind == '+' ? "  " + paint.green("+ " + text)
              : line.kind == '.' ? "  " + paint.dim("  ...")
                                 : "    " + text;
        to += "\n";
    }
    to += "\n";
}

void add_table(run_result const& run, std::string& to)
{
    auto const table = table_of(run);
    std::size_t first = 8;
    for (auto const& row : table)
        first = std::max(first, row.profile.size());
    to += padded("profile", first + 2);
    for (auto const level : levels)
        to += padded(std::string(level), 12);
    to += "all\n";
    for (auto const& row : table) {
        to += padded(row.profile.empty() ? "all" : row.profile, first + 2);
        for (auto const& each : row.by_level)
            to += padded(cell(each), 12);
        to += cell(row.all) + "\n";
    }
}

void add_skipped(run_result const& run, std::string& to)
{
    std::map<std::string, std::size_t> reasons;
    for (auto const& each : run.cases) {
        if (each.what == verdict::skipped)
            ++reasons[each.op + ": " + (each.faults.empty() ? "" : each.faults.front())];
    }
    for (auto const& [why, count] : reasons)
        to += "skipped " + std::to_string(count) + " of " + tool::printable(why) + "\n";
}

} // namespace

std::string text_report(run_result const& run, tool::colours const& paint)
{
    std::string text;
    if (auto const count = words_of_unexpected(run); !count.empty())
        text += paint.bold(count) + "\n\n";
    for (auto const* const each : by_level(run)) {
        if (each->is_unexpected())
            add_case(*each, paint, text);
    }
    for (auto const& fault : run.faults)
        text += paint.bold(paint.red("FAULT")) + " " + tool::printable(fault) + "\n";
    add_table(run, text);
    add_skipped(run, text);
    char time[32];
    std::snprintf(time, sizeof time, "%.1f s", run.seconds);
    text += tool::printable(run.who.title()) + ": ";
    auto const count = words(tally_of(run));
    text += (run.as_expected() ? paint.green(count) : paint.red(count)) + ", " + time;
    if (!run.order.empty())
        text += ", " + run.order;
    return text + "\n";
}

} // namespace metapatch::conformance

// SPDX-License-Identifier: BSL-1.0
#include "markup.hpp"
#include "page_parts.hpp"
#include "reports.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace metapatch::conformance {

namespace {

std::string data(char const* name, std::string_view value)
{
    return " data-" + std::string(name) + "=\"" + escaped(value) + "\"";
}

/// What is listed below the table: all that did not just pass.
std::size_t listed(tally const& count)
{
    return count.all() - count.passed;
}

std::string cell(tally const& count, std::string const& data_of_button)
{
    if (count.all() == 0)
        return "<td class=\"count quiet\">–</td>";
    auto const numbers =
        std::to_string(count.passed).append(" of ").append(std::to_string(count.all() - count.skipped));
    auto const skipped =
        count.skipped == 0 ? std::string() : "<br><small>" + std::to_string(count.skipped).append(" skipped</small>");
    auto const kind = count.unexpected() > 0 ? "bad" : count.passed == count.all() ? "good" : "odd";
    auto const text = listed(count) == 0
                          ? numbers
                          : "<button type=\"button\" disabled" + data_of_button + ">" + numbers + "</button>";
    return "<td class=\"count " + std::string(kind) + "\">" + text + skipped + "</td>";
}

std::string table(std::span<run_result const> runs)
{
    std::string text = "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"Cases passed\"><table>\n"
                       "<caption>Cases passed. A number that is a button shows the others.</caption>\n"
                       "<thead><tr><th scope=\"col\">implementation</th><th scope=\"col\">profile</th>";
    for (auto const level : levels)
        text += "<th scope=\"col\">" + std::string(level) + "</th>";
    text += "<th scope=\"col\">all</th></tr></thead>\n";
    for (auto const& run : runs) {
        auto const label = run.who.title();
        text += "<tbody>";
        auto const rows = table_of(run);
        for (auto const& row : rows) {
            bool const sum = row.profile.empty();
            if (sum && rows.size() == 2) // of the only profile
                continue;
            text += "<tr" + std::string(sum ? " class=\"sum\"" : "") + data("implementation", label) +
                    data("profile", row.profile) + "><th scope=\"row\">" + escaped(label) + "</th><th scope=\"row\">" +
                    escaped(sum ? "all" : row.profile) + "</th>";
            auto const who = data("implementation", label) + data("profile", row.profile);
            for (std::size_t i = 0; i < levels.size(); ++i)
                text += cell(row.by_level[i], who + data("level", levels[i]));
            text += cell(row.all, who) + "</tr>\n";
        }
        text += "</tbody>\n";
    }
    return text + "</table></div>\n";
}

std::string choice(char const* name, std::set<std::string> const& values)
{
    auto text = "<label>" + std::string(name) + " <select name=\"" + name + "\"><option value=\"\">all</option>";
    for (auto const& each : values)
        text += "<option>" + escaped(each) + "</option>";
    return text + "</select></label>\n";
}

std::string filters(std::span<run_result const> runs)
{
    std::set<std::string> implementations;
    std::set<std::string> profiles;
    std::set<std::string> ops;
    std::set<std::string> statuses;
    for (auto const& run : runs) {
        implementations.insert(run.who.title());
        for (auto const& each : run.cases) {
            profiles.insert(each.profile);
            ops.insert(each.op);
            if (each.status() != "passed")
                statuses.emplace(each.status());
        }
    }
    return "<form hidden aria-label=\"Filter\">\n" + choice("implementation", implementations) +
           choice("profile", profiles) + choice("level", {levels.begin(), levels.end()}) + choice("op", ops) +
           choice("status", statuses) +
           "<label>text <input type=\"search\" name=\"text\"></label>\n"
           "<button type=\"reset\">Show all</button> <output aria-live=\"polite\"></output>\n</form>\n";
}

std::string evidence(case_result const& each)
{
    std::string text;
    for (auto const& item : each.evidence) {
        auto const* const members = item.if_object();
        auto const* const ref = members != nullptr ? members->if_contains("ref") : nullptr;
        auto const* const kind = members != nullptr ? members->if_contains("kind") : nullptr;
        if (ref == nullptr || kind == nullptr || !ref->is_string() || !kind->is_string())
            continue;
        auto const said = escaped(ref->get_string());
        bool const is_link = said.starts_with("https://") && said.find_first_of(" \n\t") == std::string::npos;
        text += "<dt>" + escaped(kind->get_string()) + "</dt><dd>" +
                (is_link ? "<a href=\"" + said + "\" rel=\"noreferrer\">" + said + "</a>" : said) + "</dd>";
    }
    return text;
}

std::string difference(case_result const& each)
{
    if (each.difference.empty())
        return {};
    std::string text = "<pre aria-label=\"What was expected and what came\">";
    for (auto const& line : each.difference) {
        auto const shown = escaped(line.text);
        if (line.kind == '-')
            text += "<del>- " + shown + "</del>";
        else if (line.kind == '+')
            text += "<ins>+ " + shown + "</ins>";
        else
            text += line.kind == '.' ? "<span class=\"quiet\">  …</span>" : "<span>  " + shown + "</span>";
    }
    return text + "</pre>";
}

/// A skipped case, in a line.
std::string brief(case_result const& each, std::string const& attributes, std::string const& where)
{
    auto text = "<article class=\"brief\"" + attributes + "><h3>" + escaped(each.id) + "</h3> <span class=\"odd\">" +
                escaped(each.status()) + "</span>";
    for (auto const& fault : each.faults)
        text += " " + escaped(fault);
    return text + " <span class=\"quiet\">" + where + "</span></article>\n";
}

std::string article(case_result const& each, std::string const& label)
{
    auto const attributes = " data-case" + data("implementation", label) + data("profile", each.profile) +
                            data("level", each.level) + data("op", each.op) + data("status", each.status());
    auto const where =
        " · " + escaped(label) + " · " + escaped(each.profile) + " · " + escaped(each.op) + " · " + escaped(each.level);
    if (each.what == verdict::skipped)
        return brief(each, attributes, where);
    auto text = "<article" + attributes + ">\n<h3>" + escaped(each.id) + "</h3>\n<p class=\"quiet\"><span class=\"" +
                (each.is_unexpected() ? "bad" : "odd") + "\">" + escaped(each.status()) + "</span>" + where +
                "</p>\n<ul>";
    for (auto const& fault : each.faults)
        text += "<li>" + escaped(fault) + "</li>";
    text += "</ul>\n";
    if (!each.asked.empty()) {
        text += "<dl>";
        for (auto const& [name, value] : asked_lines(each.asked))
            text += "<dt>" + escaped(name) + "</dt><dd><code>" + escaped(value) + "</code></dd>";
        text += evidence(each) + "</dl>\n" + difference(each);
    }
    return text + "</article>\n";
}

/// All that did not just pass; what is not as expected comes first, and what was skipped last; each by level.
std::string articles(std::span<run_result const> runs)
{
    std::array<std::string, 3> parts;
    for (auto const& run : runs) {
        for (auto const* const each : by_level(run)) {
            auto const part = each->is_unexpected() ? 0U : each->what == verdict::skipped ? 2U : 1U;
            if (each->status() != "passed")
                parts[part] += article(*each, run.who.title());
        }
    }
    auto const all = parts[0] + parts[1] + parts[2];
    return all.empty() ? "<p>There is none.</p>\n" : all;
}

} // namespace

std::string html_report(std::span<run_result const> runs, report_options const& how)
{
    std::string text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                       "<title>" +
                       escaped(how.title) + "</title>\n<style>";
    text += page::style;
    text += "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(how.title) + "</h1>\n";
    for (auto const& each : how.notes)
        text += "<p>" + escaped(each) + "</p>\n";
    text += "<ul>\n";
    for (auto const& run : runs) {
        text += "<li><strong>" + escaped(run.who.title()) + "</strong>: <span class=\"" +
                (run.as_expected() ? "good" : "bad") + "\">" + escaped(words(tally_of(run))) +
                "</span> <span class=\"quiet\">" + escaped(run.started) + ", vectors " + escaped(run.vectors) +
                ", <code>" + escaped(run.command) + "</code></span>";
        if (auto const count = words_of_unexpected(run); !count.empty())
            text += "<br><strong>" + count + "</strong>";
        for (auto const& fault : run.faults)
            text += "<br><span class=\"bad\">" + escaped(fault) + "</span>";
        text += "</li>\n";
    }
    text += "</ul>\n" + table(runs) + "<h2 id=\"cases\" tabindex=\"-1\">Cases that did not just pass</h2>\n" +
            filters(runs);
    text += articles(runs);
    text += "</main>\n<script>";
    text += page::script;
    return text + "</script>\n</body>\n</html>\n";
}

} // namespace metapatch::conformance

// SPDX-License-Identifier: BSL-1.0
#include "markup.hpp"
#include "reports.hpp"

#include <cstdio>
#include <map>
#include <string>

namespace metapatch::conformance {

namespace {

std::string seconds(double time)
{
    char text[48];
    std::snprintf(text, sizeof text, "%.6f", time);
    return text;
}

std::string attribute(char const* name, std::string_view value)
{
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string joined(std::vector<std::string> const& faults)
{
    std::string text;
    for (auto const& each : faults)
        text += (text.empty() ? "" : "; ") + each;
    return text;
}

std::string details(case_result const& each)
{
    std::string text;
    for (auto const& [name, value] : asked_lines(each.asked))
        text += name + ": " + value + "\n";
    for (auto const& line : each.difference)
        text += std::string(1, line.kind) + " " + line.text + "\n";
    return text;
}

std::string test(case_result const& each, std::string const& class_name)
{
    auto const text = "<testcase" + attribute("classname", class_name) + attribute("name", each.id) +
                      attribute("time", seconds(each.seconds));
    auto const inside = [&](char const* name, std::string const& message) {
        return text + "><" + name + attribute("message", message) + ">" + escaped(details(each)) + "</" + name +
               "></testcase>\n";
    };
    if (each.what == verdict::skipped)
        return text + "><skipped" + attribute("message", joined(each.faults)) + "/></testcase>\n";
    if (each.expected_to_fail && each.is_wrong())
        return text + "><skipped" + attribute("message", "expected failure: " + joined(each.faults)) +
               "/></testcase>\n";
    if (each.known_flaky && each.is_wrong())
        return text + "><skipped" + attribute("message", "flaky failure: " + joined(each.faults)) + "/></testcase>\n";
    if (each.expected_to_fail)
        return inside("failure", "passed, but is in a list of expected failures");
    if (each.what == verdict::failed)
        return inside("failure", joined(each.faults));
    if (each.what == verdict::errored)
        return inside("error", joined(each.faults));
    return text + "/>\n";
}

struct suite {
    std::string tests;
    std::size_t count = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    double time = 0;

    std::string attributes() const
    {
        return attribute("tests", std::to_string(count)) + attribute("failures", std::to_string(failures)) +
               attribute("errors", std::to_string(errors)) + attribute("skipped", std::to_string(skipped)) +
               attribute("time", seconds(time));
    }
};

} // namespace

std::string junit_report(run_result const& run)
{
    std::map<std::string, suite> suites;
    suite whole;
    for (auto const& each : run.cases) {
        auto& its = suites[each.profile];
        its.tests += "    " + test(each, run.who.name + "." + each.profile + "." + each.op);
        for (auto* const count : {&its, &whole}) {
            ++count->count;
            count->time += each.seconds;
            bool const listed = each.expected_to_fail && each.what != verdict::skipped;
            bool const flaky = each.known_flaky && each.is_wrong();
            count->failures += each.is_unexpected() && (listed || each.what == verdict::failed) ? 1U : 0U;
            count->errors += each.is_unexpected() && !listed && each.what == verdict::errored ? 1U : 0U;
            count->skipped += each.what == verdict::skipped || (listed && each.is_wrong()) || flaky ? 1U : 0U;
        }
    }
    std::string body;
    for (auto const& [name, its] : suites)
        body += "  <testsuite" + attribute("name", name) + its.attributes() + attribute("timestamp", run.started) +
                ">\n" + its.tests + "  </testsuite>\n";
    if (!run.faults.empty()) {
        suite faults;
        for (auto const& each : run.faults) {
            faults.tests += "    <testcase" + attribute("classname", run.who.name) + attribute("name", "the run") +
                            "><error" + attribute("message", each) + "/></testcase>\n";
            ++faults.count;
            ++faults.errors;
        }
        whole.count += faults.count;
        whole.errors += faults.errors;
        body += "  <testsuite" + attribute("name", "the run") + faults.attributes() + ">\n" + faults.tests +
                "  </testsuite>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
           attribute("name", run.who.name + " " + run.who.version) + whole.attributes() + ">\n" + body +
           "</testsuites>\n";
}

} // namespace metapatch::conformance

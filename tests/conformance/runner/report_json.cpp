// SPDX-License-Identifier: BSL-1.0
#include "errors.hpp"
#include "results.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value_to.hpp>

namespace metapatch::conformance {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

array strings(std::vector<std::string> const& from)
{
    return array(from.begin(), from.end());
}

value to_json(case_result const& each)
{
    object made{{"id", each.id},
                {"profile", each.profile},
                {"op", each.op},
                {"level", each.level},
                {"verdict", verdict_names[static_cast<std::size_t>(each.what)]},
                {"seconds", each.seconds}};
    if (each.expected_to_fail)
        made["expected_to_fail"] = true;
    if (each.known_flaky)
        made["known_flaky"] = true;
    if (!each.faults.empty())
        made["faults"] = strings(each.faults);
    if (each.asked.empty())
        return made;
    made["asked"] = each.asked;
    made["expect"] = each.expect;
    made["answer"] = each.answer;
    made["evidence"] = each.evidence;
    array difference;
    for (auto const& line : each.difference)
        difference.push_back({std::string(1, line.kind), line.text});
    made["difference"] = std::move(difference);
    return made;
}

object to_json(tally const& count)
{
    return {{"cases", count.all()},
            {"passed", count.passed},
            {"failed", count.failed},
            {"errored", count.errored},
            {"expected_failures", count.expected_failures},
            {"unexpected_passes", count.unexpected_passes},
            {"flaky_failures", count.flaky_failures},
            {"skipped", count.skipped}};
}

std::string string_at(object const& from, char const* name)
{
    return std::string(from.at(name).as_string());
}

object object_at(object const& from, char const* name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr ? found->as_object() : object();
}

std::vector<std::string> strings_at(object const& from, char const* name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr ? boost::json::value_to<std::vector<std::string>>(*found) : std::vector<std::string>();
}

case_result case_from(object const& from)
{
    case_result made{string_at(from, "id"), string_at(from, "profile"), string_at(from, "op"),
                     string_at(from, "level")};
    if (std::ranges::find(levels, std::string_view(made.level)) == levels.end())
        throw usage_error(made.id + ": there is no level " + made.level);
    auto const name = string_at(from, "verdict");
    for (std::size_t i = 0; i < verdict_names.size(); ++i) {
        if (verdict_names[i] == name)
            made.what = static_cast<verdict>(i);
    }
    made.expected_to_fail = from.contains("expected_to_fail");
    made.known_flaky = from.contains("known_flaky");
    made.seconds = from.at("seconds").to_number<double>();
    made.faults = strings_at(from, "faults");
    made.asked = object_at(from, "asked");
    made.expect = object_at(from, "expect");
    made.answer = object_at(from, "answer");
    if (auto const* const evidence = from.if_contains("evidence"))
        made.evidence = evidence->as_array();
    if (auto const* const lines = from.if_contains("difference")) {
        for (auto const& each : lines->as_array()) {
            auto const& kind = each.as_array().at(0).as_string();
            made.difference.push_back({kind.empty() ? ' ' : kind[0], std::string(each.as_array().at(1).as_string())});
        }
    }
    return made;
}

} // namespace

value to_json(run_result const& run)
{
    array cases;
    for (auto const& each : run.cases)
        cases.push_back(to_json(each));
    array table;
    for (auto const& row : table_of(run)) {
        object cells{{"profile", row.profile.empty() ? value(nullptr) : value(row.profile)}};
        for (std::size_t i = 0; i < levels.size(); ++i)
            cells[levels[i]] = to_json(row.by_level[i]);
        cells["all"] = to_json(row.all);
        table.push_back(std::move(cells));
    }
    return {{"report", "metapatch-conformance"},
            {"implementation", {{"name", run.who.name}, {"version", run.who.version}, {"language", run.who.language}}},
            {"command", run.command},
            {"vectors", run.vectors},
            {"started", run.started},
            {"seconds", run.seconds},
            {"order", run.order},
            {"as_expected", run.as_expected()},
            {"whole", run.is_whole},
            {"faults", strings(run.faults)},
            {"table", std::move(table)},
            {"cases", std::move(cases)}};
}

run_result run_from_json(value const& whole)
{
    try {
        auto const& from = whole.as_object();
        if (string_at(from, "report") != "metapatch-conformance")
            throw usage_error("it is another report");
        auto const& who = from.at("implementation").as_object();
        run_result made{{string_at(who, "name"), string_at(who, "version"), string_at(who, "language")},
                        string_at(from, "command"),
                        string_at(from, "vectors"),
                        string_at(from, "started"),
                        from.at("seconds").to_number<double>(),
                        string_at(from, "order"),
                        strings_at(from, "faults"),
                        {}};
        made.is_whole = from.at("whole").as_bool();
        for (auto const& each : from.at("cases").as_array())
            made.cases.push_back(case_from(each.as_object()));
        return made;
    } catch (usage_error const&) {
        throw;
    } catch (std::bad_alloc const&) {
        throw;
    } catch (std::exception const&) { // what Boost.JSON throws of a member that is missing or of another type
        throw usage_error("it is no report that --json has written");
    }
}

} // namespace metapatch::conformance

// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include <algorithm>
#include <map>

namespace metapatch::conformance {

namespace {

std::size_t rank_of(std::string_view level)
{
    return static_cast<std::size_t>(std::ranges::find(levels, level) - levels.begin());
}

} // namespace

bool run_result::as_expected() const
{
    return faults.empty() && std::ranges::none_of(cases, &case_result::is_unexpected);
}

void tally::add(case_result const& each)
{
    if (each.expected_to_fail && each.what != verdict::skipped)
        ++(each.is_wrong() ? expected_failures : unexpected_passes);
    else if (each.known_flaky && each.is_wrong())
        ++flaky_failures;
    else if (each.what == verdict::passed)
        ++passed;
    else if (each.what == verdict::failed)
        ++failed;
    else if (each.what == verdict::errored)
        ++errored;
    else
        ++skipped;
}

tally tally_of(run_result const& run)
{
    tally count;
    for (auto const& each : run.cases)
        count.add(each);
    return count;
}

std::string words(tally const& count)
{
    auto text = std::to_string(count.all()) + (count.all() == 1 ? " case: " : " cases: ") +
                std::to_string(count.passed) + " passed";
    auto const add = [&text](std::size_t number, std::string_view one, std::string_view more) {
        if (number > 0)
            text.append(", ").append(std::to_string(number)).append(" ").append(number == 1 ? one : more);
    };
    add(count.failed, "failed", "failed");
    add(count.errored, "errored", "errored");
    add(count.expected_failures, "expected failure", "expected failures");
    add(count.unexpected_passes, "unexpected pass", "unexpected passes");
    add(count.flaky_failures, "flaky failure", "flaky failures");
    add(count.skipped, "skipped", "skipped");
    return text;
}

std::string words_of_unexpected(run_result const& run)
{
    std::array<std::size_t, levels.size()> counts{};
    std::size_t all = 0;
    for (auto const& each : run.cases) {
        if (each.is_unexpected()) {
            ++counts[rank_of(each.level)];
            ++all;
        }
    }
    if (all == 0)
        return {};
    auto text = std::to_string(all) + (all == 1 ? " case is not as expected: " : " cases are not as expected: ");
    for (std::size_t i = 0; i < levels.size(); ++i)
        text.append(i == 0 ? "" : ", ").append(std::to_string(counts[i])).append(" ").append(levels[i]);
    return text;
}

std::vector<case_result const*> by_level(run_result const& run)
{
    std::vector<case_result const*> sorted;
    for (auto const level : levels) {
        for (auto const& each : run.cases) {
            if (each.level == level)
                sorted.push_back(&each);
        }
    }
    return sorted;
}

std::vector<profile_tally> table_of(run_result const& run)
{
    std::map<std::string, profile_tally> rows;
    profile_tally sum{"", {}, {}};
    for (auto const& each : run.cases) {
        auto& row = rows[each.profile];
        row.profile = each.profile;
        row.all.add(each);
        sum.all.add(each);
        row.by_level[rank_of(each.level)].add(each);
        sum.by_level[rank_of(each.level)].add(each);
    }
    std::vector<profile_tally> table;
    for (auto& [name, row] : rows)
        table.push_back(row);
    table.push_back(sum);
    return table;
}

} // namespace metapatch::conformance

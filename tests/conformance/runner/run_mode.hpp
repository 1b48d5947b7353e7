// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_RUN_MODE_HPP
#define METAPATCH_RUNNER_RUN_MODE_HPP

#include "cases.hpp"
#include "driver.hpp"
#include "results.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace metapatch::conformance {

struct run_options {
    std::size_t batch = 1;
    bool show_progress = false;
    std::size_t stop_after = 0; ///< so many that are not as expected; 0 for never
    std::set<std::string> expected_failures{};
    std::set<std::string> known_flaky{};

    /// A result with what the lists say of its case.
    case_result marked(case_result result) const
    {
        result.expected_to_fail = expected_failures.contains(result.id);
        result.known_flaky = known_flaky.contains(result.id);
        return result;
    }
};

/// The result of a case from its answer.
case_result judged(vector_case const& vector, boost::json::object const& request, boost::json::object const& answer);

/// The result of a case that is not asked.
case_result skipped(vector_case const& vector, std::string const& why);

/// The result of a case that got no answer.
case_result errored(vector_case const& vector, std::string const& why);

/// Ask a driver that is started all cases that it offers; the others are skipped. Where it crashes, hangs or breaks the protocol, it is started anew, and the
/// case that did it is errored: of a batch its cases are asked again one by one, to find it.
///
/// Exceptions: interrupted.
void run_cases(driver& who, std::vector<vector_case> const& vectors, run_options const& options, run_result& into);

/// Now, as RFC 3339 has it.
std::string time_stamp();

} // namespace metapatch::conformance

#endif

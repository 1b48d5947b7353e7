// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_REPORTS_HPP
#define METAPATCH_RUNNER_REPORTS_HPP

#include "options.hpp"
#include "results.hpp"

#include <span>
#include <string>

namespace tool {
class colours;
}

namespace metapatch::conformance {

/// For people at a terminal: each case that is not as expected with what differs, and a table.
std::string text_report(run_result const& run, tool::colours const& paint);

/// The XML that test services read. An expected failure is a skipped test, an unexpected pass a failed one.
std::string junit_report(run_result const& run);

/// One page for any number of implementations, which needs nothing besides itself.
std::string html_report(std::span<run_result const> runs, report_options const& how);

} // namespace metapatch::conformance

#endif

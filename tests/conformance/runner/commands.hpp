// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_COMMANDS_HPP
#define METAPATCH_RUNNER_COMMANDS_HPP

#include "errors.hpp"
#include "options.hpp"
#include "results.hpp"

#include <set>
#include <string>
#include <vector>

namespace metapatch::conformance {

/// Each command, from what the command line says to its exit status. Exceptions: usage_error, no_driver, interrupted.
exit_status run_command(options const& given);
exit_status laws_command(options const& given);
exit_status http_command(options const& given);
exit_status report_command(options const& given);
exit_status list_command(options const& given);
exit_status explain_command(options const& given);
exit_status diff_command(options const& given);
exit_status badges_command(options const& given);

/// A report that --json has written. Exceptions: usage_error.
run_result read_report(std::string const& path);

/// The vectors that are asked for, in the order that is.
std::vector<vector_case> chosen_vectors(options const& given, run_result& into);

/// Whether progress is to be shown.
bool shows_progress(options const& given);

/// The list of expected failures. An id that no vector has is a fault of the run.
std::set<std::string> expected_failures(options const& given, run_result& into);

/// The same of those that fail now and then. Exceptions: usage_error, also of what is expected to fail at the same time.
std::set<std::string> known_flaky(options const& given, run_result& into);

/// Whether all reports can be written is asked before anything is. Exceptions: usage_error.
void require_writable(options const& given);

/// Write all reports that are asked for.
exit_status reported(options const& given, run_result& run);

} // namespace metapatch::conformance

#endif

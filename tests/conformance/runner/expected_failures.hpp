// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_EXPECTED_FAILURES_HPP
#define METAPATCH_RUNNER_EXPECTED_FAILURES_HPP

#include "results.hpp"

#include <filesystem>
#include <set>
#include <string>

namespace metapatch::conformance {

/// Read lists of cases that are known to fail: an id a line, `#` begins a comment. Exceptions: usage_error.
void read_failures(std::filesystem::path const& path, std::set<std::string>& into);

/// The list of what fails in a run.
std::string failure_list(run_result const& run);

} // namespace metapatch::conformance

#endif

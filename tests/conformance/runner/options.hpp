// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_OPTIONS_HPP
#define METAPATCH_RUNNER_OPTIONS_HPP

#include "cases.hpp"
#include "driver.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace metapatch::conformance {

/// Where the results go.
struct report_options {
    std::string form = "text"; ///< on standard output: `text` or `none`
    std::string junit;
    std::string json;
    std::string html;
    std::string title = "Conformance to Auth0's metadata semantics"; ///< of `report`
    std::vector<std::string> notes;                                  ///< of `report`, a paragraph each
};

/// What the command line says.
struct options {
    std::vector<std::string> command; ///< of the driver, behind `--`
    std::string vectors;
    case_filter filter;
    std::optional<std::uint64_t> shuffle;
    std::vector<std::string> expected_failures;
    std::vector<std::string> known_flaky;
    std::string write_failures;
    bool no_skips = false;
    std::string progress = "auto";
    std::size_t batch = 1;
    std::size_t stop_after = 0;
    driver_options driver;
    report_options reports;

    std::vector<std::string> inputs; ///< of `report` and `diff`; of `explain`, ids
    std::string report;              ///< of `badges`
    std::string folder;

    std::uint64_t cases = 2000; ///< of `laws`
    std::uint64_t seed = 1;

    std::string url; ///< of `http`
    std::string token;
    std::string token_file;
    std::string connection = "Username-Password-Authentication";
    std::string ca_file;
    bool yes = false;
    double requests_per_second = 2;
};

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_RESULTS_HPP
#define METAPATCH_RUNNER_RESULTS_HPP

#include "driver.hpp"
#include "readable.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::conformance {

enum class verdict : std::uint8_t {
    passed,
    failed,  ///< another answer
    errored, ///< no answer, or the driver's own fault
    skipped, ///< the driver does not offer it
};

inline constexpr std::array<std::string_view, 4> verdict_names{"passed", "failed", "errored", "skipped"};
inline constexpr std::array<std::string_view, 3> levels{"required", "observed", "chosen"};

/// What became of a case.
struct case_result {
    std::string id;
    std::string profile;
    std::string op;
    std::string level;
    verdict what = verdict::errored;
    bool expected_to_fail = false;
    bool known_flaky = false; ///< whatever becomes of it is as expected
    double seconds = 0;
    std::vector<std::string> faults{}; ///< what was wrong; of a skipped case, why
    // What follows is of cases with faults alone; long strings are cut.
    boost::json::object asked{};
    boost::json::object expect{};
    boost::json::object answer{};
    boost::json::array evidence{};
    std::vector<diff_line> difference{};

    bool is_wrong() const { return what == verdict::failed || what == verdict::errored; }

    /// Whether a run that has it is not as expected: a list of failures may not rot either.
    bool is_unexpected() const
    {
        return is_wrong() != expected_to_fail && what != verdict::skipped && !(known_flaky && is_wrong());
    }

    /// In words, of what is expected too.
    std::string_view status() const
    {
        if (expected_to_fail && what == verdict::passed)
            return "unexpected pass";
        if (expected_to_fail && is_wrong())
            return "expected failure";
        if (known_flaky && is_wrong())
            return "flaky failure";
        return verdict_names[static_cast<std::size_t>(what)];
    }
};

/// All that one implementation did.
struct run_result {
    implementation who;
    std::string command;
    std::string vectors; ///< the version of this project's, or where others are
    std::string started; ///< when, as RFC 3339 has it
    double seconds = 0;
    std::string order;               ///< how the cases were shuffled; "" where they were not
    std::vector<std::string> faults; ///< of the run as a whole
    std::vector<case_result> cases;
    bool is_whole = true; ///< no case was left out because it was stopped

    bool as_expected() const;
};

/// How many cases of each status.
struct tally {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t errored = 0;
    std::size_t skipped = 0;
    std::size_t expected_failures = 0;
    std::size_t unexpected_passes = 0;
    std::size_t flaky_failures = 0;

    void add(case_result const& each);
    std::size_t unexpected() const { return failed + errored + unexpected_passes; }
    std::size_t all() const { return passed + skipped + expected_failures + flaky_failures + unexpected(); }
};

tally tally_of(run_result const& run);

/// "12 cases: 10 passed, 1 failed, 1 skipped".
std::string words(tally const& count);

/// "3 cases are not as expected: 1 required, 0 observed, 2 chosen"; "" where all are.
std::string words_of_unexpected(run_result const& run);

/// The cases of a run as they matter: required, observed, chosen, and each in the order of the run.
std::vector<case_result const*> by_level(run_result const& run);

/// A row of the table of an implementation: its cases of a profile, by level, in the order of `levels`; then all.
struct profile_tally {
    std::string profile;
    std::array<tally, levels.size()> by_level;
    tally all;
};

/// In the order of the profiles' names, and a last row of all, named "".
std::vector<profile_tally> table_of(run_result const& run);

boost::json::value to_json(run_result const& run);

/// Exceptions: usage_error, where it is none.
run_result run_from_json(boost::json::value const& value);

} // namespace metapatch::conformance

#endif

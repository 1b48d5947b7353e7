// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_RULES_HPP
#define METAPATCH_RUNNER_RULES_HPP

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::conformance {

/// A rule in a plain sentence, and the cases that show it.
struct rule {
    std::string id;
    std::string sentence;
    std::vector<std::string> cases; ///< globs; of a limit, those of both sides

    bool is_shown_by(std::string_view case_id) const;
};

/// Exceptions: usage_error, where it is no list of rules.
std::vector<rule> read_rules(boost::json::value const& list);

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_RANDOM_CASES_HPP
#define METAPATCH_RUNNER_RANDOM_CASES_HPP

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace metapatch::conformance {

/// A random case as one JSON value, so that it shrinks: states S and T, where a missing one is absent; bodies p, q and
/// r, where a missing one is no patch; and the operations of a JSON Patch.
boost::json::value random_case(std::string_view profile, std::uint64_t seed);

/// Reads the parts of a case, and asks with them. Exceptions: laws::not_a_case, where shrinking has left none.
class case_parts {
public:
    case_parts(std::string_view profile, boost::json::value const& on);

    /// A text; nothing where the part is missing.
    std::optional<std::string> text(std::string_view name) const;

    /// The request for an operation, with the parts that it takes.
    boost::json::object request(std::string_view op) const;

    std::string const& profile() const { return profile_; }

private:
    std::string profile_;
    boost::json::object const* parts_;
};

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_DRIVER_LAWS_HPP
#define METAPATCH_RUNNER_DRIVER_LAWS_HPP

#include "driver.hpp"
#include "random_cases.hpp"

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::conformance {

/// Asks a driver a case at a time, and keeps what was said.
class conversation {
public:
    explicit conversation(driver& who) : who_(who) {}

    std::vector<std::string> const& lacks() const { return who_.who().lacks; }

    /// The answer. Exceptions: laws::not_a_case, where it is skipped, or beyond what the driver can; laws::broken_law, where there is none;
    /// interrupted, no_driver.
    boost::json::object const& ask(boost::json::object request);

    struct step {
        boost::json::object request;
        boost::json::object answer;
    };
    std::vector<step> const& steps() const { return steps_; }
    void forget() { steps_.clear(); }

private:
    driver& who_;
    std::vector<step> steps_;
};

/// What must hold of the answers of one driver, whatever the reference says.
struct driver_law {
    std::string_view name;
    std::string_view op; ///< without which there is nothing to ask
    void (*check)(case_parts const& on, conversation& with);
};

std::span<driver_law const> driver_laws();

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_HTTP_CASES_HPP
#define METAPATCH_RUNNER_HTTP_CASES_HPP

#include "cases.hpp"
#include "http_users.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace metapatch::conformance {

/// Why a case cannot be asked over HTTP; "" where it can.
std::string why_not_over_http(vector_case const& vector, boost::json::object const& request);

/// What of an expectation can be seen over HTTP: whether a patch was taken, and what is stored then.
boost::json::object seen_over_http(vector_case const& vector);

/// Asks cases of users of its own, one after the other.
class http_cases {
public:
    explicit http_cases(http_users& users) : users_(users) {}

    /// The answer to a case, in the form that a driver's has. Exceptions: http_error, interrupted.
    boost::json::object ask(boost::json::object const& request);

private:
    using field = std::optional<std::string>;

    bool bring_about(std::string const& name, field const& stored);
    void send(std::string const& name, std::string const& patch);
    field stored_now(std::string const& name);

    http_users& users_;
    std::string user_; ///< "" where there is none
};

} // namespace metapatch::conformance

#endif

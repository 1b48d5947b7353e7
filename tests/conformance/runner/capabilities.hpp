// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_CAPABILITIES_HPP
#define METAPATCH_RUNNER_CAPABILITIES_HPP

#include "cases.hpp"
#include "driver.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace metapatch::conformance {

/// Why a case needs what a driver lacks; "" where it does not.
///
/// @param lacks   names of `capabilities`
/// @param asked   the request, whose long texts may be in parts
/// @param expect  what is expected; without an outcome, it is taken for fine
std::string why_beyond(std::vector<std::string> const& lacks, boost::json::object const& asked,
                       boost::json::object const& expect);

/// Why a case is not asked of a driver, after what it said at its start; "" where it is.
std::string why_not_asked(implementation const& who, vector_case const& vector);

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_COMPARISON_HPP
#define METAPATCH_RUNNER_COMPARISON_HPP

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace metapatch::conformance {

/// What is wrong with an answer; nothing where it is as expected.
///
/// Every member that is expected is compared as its name asks for: texts as JSON whose numbers are exact, sets as sets,
/// violations in their order by what the case names of them, a body in the order of its keys, all else as it is.
/// Members of an answer that the case does not speak of are ignored, but for those that make it another answer.
///
/// @param request  the case as it was asked: where what is stored has the same key twice, a result may too
/// @param expect   what the vector expects
/// @param answer   what the driver answered
std::vector<std::string> faults_of(boost::json::object const& request, boost::json::object const& expect,
                                   boost::json::object const& answer);

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_REFERENCE_HPP
#define METAPATCH_RUNNER_REFERENCE_HPP

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::conformance {

/// What this project's implementation answers to a case, in process.
boost::json::object reference_answer(boost::json::object const& request);

/// What is wrong with an answer, held against the reference; nothing where it does the same.
///
/// Bodies may be others, as long as they are as many, of as many members, and lead to the same states: from the one
/// that is asked for, or, where none is, from many.
std::vector<std::string> differences(boost::json::object const& request, boost::json::object const& reference,
                                     boost::json::object const& answer);

/// An answer of the reference in the form in which a vector expects it: a violation is its code and its pointer.
boost::json::object as_expected(boost::json::object const& reference);

/// Whether two fields, as `apply` answers them, are the same.
bool same_field(boost::json::object const& one, boost::json::object const& other);

} // namespace metapatch::conformance

#endif

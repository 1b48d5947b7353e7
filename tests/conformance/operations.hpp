// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_OPERATIONS_HPP
#define METAPATCH_TESTS_OPERATIONS_HPP

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

/// What a driver is asked, answered by the library. Compiled once: it takes all of the library.
namespace metapatch::conformance {

/// The operations that are offered, by name.
boost::json::array offered_operations();

/// The answer to one case, its id aside. Exceptions: bad_request, std::bad_alloc.
boost::json::object answer(boost::json::object const& request);

} // namespace metapatch::conformance

#endif

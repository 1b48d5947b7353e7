// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_ENVIRONMENT_HPP
#define METAPATCH_BENCHMARKS_HARNESS_ENVIRONMENT_HPP

#include <boost/json/object.hpp>

namespace bench {

/// Where and when figures were measured: processor, compiler, versions of all libraries, date.
boost::json::object environment(int rounds);

} // namespace bench

#endif

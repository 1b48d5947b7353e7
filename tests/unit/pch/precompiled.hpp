// SPDX-License-Identifier: BSL-1.0
// What every unit test includes, compiled once. That each header stands alone is seen by the build of all headers by
// themselves.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

// SPDX-License-Identifier: BSL-1.0
// The whole of Boost.Test, where there is no library of it.
#define BOOST_TEST_MODULE metapatch
#include <boost/test/included/unit_test.hpp>

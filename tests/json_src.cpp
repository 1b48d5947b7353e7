// SPDX-License-Identifier: BSL-1.0
// The definitions of a header-only Boost.JSON, for programs that do not link the compiled one.
#include <boost/json/src.hpp>

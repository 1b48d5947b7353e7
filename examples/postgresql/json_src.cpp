// SPDX-License-Identifier: BSL-1.0
// Boost.JSON as part of the extension: a server's process loads no library besides.
#include <boost/json/src.hpp>

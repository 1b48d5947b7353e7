// SPDX-License-Identifier: BSL-1.0
// Boost.JSON as part of the extension, which so depends on no library of that name and version where it is loaded.
#include <boost/json/src.hpp>

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/src.hpp>

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_SORTED_HPP
#define METAPATCH_TESTS_LAWS_SORTED_HPP

#include <algorithm>
#include <string>
#include <vector>

namespace metapatch::laws {

inline std::vector<std::string> sorted(std::vector<std::string> all)
{
    std::sort(all.begin(), all.end());
    return all;
}

} // namespace metapatch::laws

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_INSTRUCTIONS_OPERATION_HPP
#define METAPATCH_TESTS_INSTRUCTIONS_OPERATION_HPP

#include <functional>
#include <string>

namespace metapatch::instructions {

/// What check.py counts the instructions of. Of operations that are called the same but for a number, and one number four
/// times the other, it also compares the counts.
struct operation {
    std::string name;
    std::function<std::function<bool()>()> prepare; ///< what is not counted; gives what is
};

} // namespace metapatch::instructions

#endif

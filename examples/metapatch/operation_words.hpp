// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_OPERATION_WORDS_HPP
#define METAPATCH_TOOL_OPERATION_WORDS_HPP

#include <metapatch/outcome/violation.hpp>

#include <string>

namespace tool {

/// What a violation says to people, beside its pointer and code: of an operation of a JSON Patch, what is wrong with it and
/// which one it is.
std::string sentence_of(metapatch::violation const& what);

} // namespace tool

#endif

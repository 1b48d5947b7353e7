// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_POLICY_FILE_HPP
#define METAPATCH_TOOL_POLICY_FILE_HPP

#include "field_policy.hpp"

#include <string>
#include <string_view>

namespace tool {

/// Read a policy from the text of a policy file. Members that it does not name are as in the profile that it extends;
/// README.md beside this file has the schema.
///
/// @param name  what messages call the file
/// Exceptions: `usage_error` with every mistake and its JSON Pointer.
named_policy read_policy(std::string_view text, std::string const& name);

/// A whole policy as the text of a policy file: `read_policy` gives the same policy again.
std::string policy_text(named_policy const& policy);

/// The same in one line.
std::string policy_line(named_policy const& policy);

} // namespace tool

#endif

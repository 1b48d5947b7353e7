// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_COMMAND_PARTS_HPP
#define METAPATCH_TOOL_COMMAND_PARTS_HPP

#include "options.hpp"

#include <CLI/App.hpp>
#include <string>

namespace tool {

/// How help calls an argument that stands for a text.
inline constexpr char const* document_argument = "FILE|-|JSON";

/// Options that several commands have.
void add_when(CLI::App& command, std::string const& name, when& into, std::string const& description);
void add_output_form(CLI::App& command, options& into);
void add_output(CLI::App& command, options& into); ///< and its colours
void add_policy(CLI::App& command, options& into);
void add_field(CLI::App& command, options& into);

/// The options of the group Batch.
///
/// @param documents  what they are called
void add_batch_inputs(CLI::App& command, options& into, std::string const& documents);

/// One patch for all documents, or one for each.
void add_batch_patches(CLI::App& command, options& into, std::string const& what);

void add_no_field(CLI::App& command, options& into);

/// For batches that change their documents.
///
/// @param reject  how a line of the rejects looks
void add_batch_changes(CLI::App& command, options& into, std::string const& reject);

/// The commands on patches.
void add_patch_commands(CLI::App& whole, options& into);

/// The commands on whole requests.
void add_user_commands(CLI::App& whole, options& into);

/// The commands on what happens where users sign up and log in.
void add_login_commands(CLI::App& whole, options& into);

} // namespace tool

#endif

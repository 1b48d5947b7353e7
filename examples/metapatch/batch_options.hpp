// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_OPTIONS_HPP
#define METAPATCH_TOOL_BATCH_OPTIONS_HPP

#include "document_stream.hpp"
#include "terminal.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tool {

/// What the command line says of batches.
struct batch_options {
    std::vector<std::string> files{}; ///< none where it is no batch
    document_form read_as = document_form::automatic;

    std::optional<std::string> patch{};
    std::optional<std::string> patches{};
    std::vector<std::string> where{}; ///< POINTER=JSON
    std::string key{};                ///< by which two exports are compared

    bool only_present = false;
    bool allow_clear = false;
    bool allow_new_field = false;
    bool no_field = false;

    bool in_place = false;
    bool keep_going = false;
    bool dry_run = false;
    std::optional<std::string> rejects{};

    when progress = when::automatic;
    bool quiet = false;

    bool is_asked_for() const noexcept { return !files.empty(); }
};

} // namespace tool

#endif

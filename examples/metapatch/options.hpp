// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_OPTIONS_HPP
#define METAPATCH_TOOL_OPTIONS_HPP

#include "batch_options.hpp"
#include "terminal.hpp"
#include "user_options.hpp"

#include <metapatch/algebra/presence.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tool {

enum class output_form : std::uint8_t { automatic, json, text };

/// What the command line says, for whichever command it names.
struct options {
    std::string profile{};
    std::string policy{};
    std::string field{};
    std::string scopes{}; ///< of a token

    std::optional<std::string> stored{};
    std::optional<std::string> patch_argument{};
    bool absent = false;
    bool advise = false;

    /// The positional arguments of the commands on patches, in their order.
    std::array<std::optional<std::string>, 3> operands{};
    std::vector<std::string> composed{};
    bool from_absent = false;
    bool to_absent = false;
    bool overwrite = false;
    bool in_turn = false;
    bool merge_patch = false; ///< an object is one, whatever it looks like
    metapatch::presence presence = metapatch::presence::either;

    output_form output = output_form::automatic;
    when color = when::automatic;
    bool json = false;
    std::string shell{};

    batch_options batch{};
    user_options user{};
};

} // namespace tool

#endif

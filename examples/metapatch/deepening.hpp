// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DEEPENING_HPP
#define METAPATCH_TOOL_DEEPENING_HPP

#include "errors.hpp"
#include "operands.hpp"
#include "options.hpp"

#include <metapatch/patch/patch.hpp>

#include <boost/json/value.hpp>

namespace tool {

/// The patch of the policy that has the effect of a merge patch, or of a JSON Patch, on what is stored.
metapatch::result<metapatch::patch> deepened(known_field const& stored, boost::json::value const& deep,
                                             operands const& in);

/// Whether a target was understood, and no body leads to it.
bool is_unreachable(metapatch::report const& why);

/// What is to be sent for each document of a batch.
exit_status deepen_batch(options const& asked);

} // namespace tool

#endif

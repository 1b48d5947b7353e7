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
metapatch::result<metapatch::patch> deepened(options const& asked, known_field const& stored,
                                             boost::json::value const& deep, operands const& in);

/// Throws `usage_error` where a patch is not what it is taken for.
void check_deep_patch(options const& asked, boost::json::value const& deep);

/// Whether a target was understood, and no body leads to it.
bool is_unreachable(metapatch::report const& why);

/// What is to be sent for each document of a batch.
exit_status deepen_batch(options const& asked);

} // namespace tool

#endif

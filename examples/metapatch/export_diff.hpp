// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_EXPORT_DIFF_HPP
#define METAPATCH_TOOL_EXPORT_DIFF_HPP

#include "errors.hpp"
#include "options.hpp"

namespace tool {

/// Compare two exports by a key: what to send for each document whose field differs, and which came and went.
///
/// The keys and fields of the first export are held in memory; the second one streams.
exit_status diff_exports(options const& asked);

} // namespace tool

#endif

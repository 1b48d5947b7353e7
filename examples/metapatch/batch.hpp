// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_HPP
#define METAPATCH_TOOL_BATCH_HPP

#include "errors.hpp"
#include "field_policy.hpp"
#include "options.hpp"

namespace tool {

/// Patch the documents of an NDJSON input, one a line, to standard output.
///
/// Line N of the output answers line N of the input, whatever that is; a line that is refused passes unchanged, byte
/// for byte. Memory does not grow with the number of lines.
exit_status apply_batch(options const& asked, named_policy const& policy);

} // namespace tool

#endif

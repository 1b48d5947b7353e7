// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_IMPORT_CHECK_HPP
#define METAPATCH_TOOL_IMPORT_CHECK_HPP

#include "errors.hpp"
#include "options.hpp"

namespace tool {

/// Check what stands in documents, before they are sent: the metadata of users, or with a policy one field.
exit_status validate_batch(options const& asked);

} // namespace tool

#endif

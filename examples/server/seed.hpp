// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SEED_HPP
#define METAPATCH_SERVER_SEED_HPP

#include "store.hpp"

#include <cstddef>
#include <string>

namespace server {

/// How many users a file had.
struct seeded {
    std::size_t created = 0;
    std::size_t there_already = 0;
    std::size_t without_password = 0; ///< of the created: their hash is missing, or of a kind that is not known here
};

/// Create the users of a file: the array of Auth0's bulk import, an export (NDJSON) or pages of the Management API;
/// plain, gzip or zstd. Metadata is held to the rules of a PATCH; users that are there already stay as they are.
///
/// Exceptions: startup_error, with the place in the file; users before it have been created
seeded seed(store& data, std::string const& file);

} // namespace server

#endif

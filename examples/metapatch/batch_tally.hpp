// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_TALLY_HPP
#define METAPATCH_TOOL_BATCH_TALLY_HPP

#include "field_effects.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tool {

using counts_by_code = std::map<std::string, std::uint64_t, std::less<>>;

/// What a batch counts, in documents.
struct batch_tally {
    std::uint64_t documents = 0;
    std::uint64_t applied = 0;
    std::uint64_t refused = 0;
    std::uint64_t left_alone = 0;   ///< not meant, without the field, or their patch was none
    std::uint64_t unanswered = 0;   ///< the patches had ended
    std::uint64_t left_patches = 0; ///< patches for which there was no document

    /// Of what a dry run would do. A document may be in more than one, but for those that are unchanged.
    std::uint64_t set = 0;
    std::uint64_t removed = 0;
    std::uint64_t cleared = 0;
    std::uint64_t unchanged = 0;

    void count(effects const& done);
};

/// `7 lines: 5 applied, 2 refused`, and what else there is.
std::string in_words(batch_tally const& tally, std::string_view documents);

/// `7 lines would be read: 5 set, …`: the lines that a dry run ends with.
std::string dry_run_lines(batch_tally const& tally, std::string_view documents, counts_by_code const& refused,
                          counts_by_code const& advice);

/// The same as a line of JSON.
std::string dry_run_json(batch_tally const& tally, counts_by_code const& refused, counts_by_code const& advice);

/// `reserved_key 2, too_large 1`
std::string in_words(counts_by_code const& counts);

/// `1,234 lines`, or with one `1 line`.
std::string counted(std::uint64_t number, std::string_view plural);

} // namespace tool

#endif

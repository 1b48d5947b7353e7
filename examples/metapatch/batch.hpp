// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_HPP
#define METAPATCH_TOOL_BATCH_HPP

#include "errors.hpp"
#include "field_policy.hpp"
#include "options.hpp"
#include "reject_log.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// What a batch does to each of its lines.
class line_change {
public:
    line_change() = default;
    line_change(line_change const&) = delete;
    line_change& operator=(line_change const&) = delete;
    virtual ~line_change() = default;

    /// Take a patch, for all lines from here on.
    virtual void set_patch(std::string_view text) = 0;

    /// @param document  a line
    /// @param result    the new line, in place of what it held; unspecified where it is refused
    /// @return          whether it is done
    virtual bool apply(std::string_view document, std::string& result) = 0;

    /// Tell why the last line was refused.
    virtual void tell(reject_log& rejects, std::uint64_t line) const = 0;

    /// What else is to be said once, at the end; "" where nothing is.
    virtual std::string last_words() const { return {}; }
};

/// What is wrong with the options of a batch, whichever it is of. Throws `usage_error`.
void check_batch(options const& asked);

/// What belongs to a batch alone must not be given without one. Throws `usage_error`.
void check_no_batch(options const& asked);

/// Change the documents of an NDJSON input, one a line, to standard output.
///
/// Line N of the output answers line N of the input, whatever that is; a line that is refused passes unchanged, byte
/// for byte. Memory does not grow with the number of lines.
exit_status change_batch(options const& asked, line_change& change);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_REFUSAL_HPP
#define METAPATCH_TOOL_REFUSAL_HPP

#include "terminal.hpp"
#include "text_place.hpp"

#include <metapatch/outcome/violation.hpp>

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Which text a violation is about.
enum class part : std::uint8_t {
    stored, ///< what is stored could not be read
    patch,  ///< the patch, or what it would make of what is stored
    from,   ///< these are operands of the commands on patches
    to,
    other,
    onto,
    base,
    mine,
    theirs,
    user, ///< and these of the commands on users
    claims,
    fields,
    values,
    form,
};

/// Why nothing was done.
struct refusal {
    part in = part::patch;
    metapatch::report why{};
    std::size_t number = 0;            ///< which one, from 1, where a command takes several patches
    std::optional<text_place> place{}; ///< in the text that was refused, where that is no JSON
};

/// The same refusal with its place, where it is about the text itself.
refusal placed(refusal refused, std::string_view text);

/// `"violations"`, and how many of them were only counted.
boost::json::object to_json(metapatch::report const& why);

/// `"in"` and `"violations"`: what every refusal that the tool writes as JSON has.
boost::json::object to_json(refusal const& refused);

/// `{"outcome":"rejected",…}` in one line.
std::string to_json_line(refusal const& refused);

/// A line for each violation with its pointer, code, limit and actual.
std::string to_text(metapatch::report const& why, colours paint, std::optional<text_place> const& place = {});

/// The first violations in a sentence.
std::string message(refusal const& refused);

/// Lines for people: what was refused by which policy, then each violation with its pointer, code, limit and actual.
std::string to_text(refusal const& refused, std::string_view policy, colours paint);

} // namespace tool

#endif

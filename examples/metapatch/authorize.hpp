// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_AUTHORIZE_HPP
#define METAPATCH_TOOL_AUTHORIZE_HPP

#include "errors.hpp"
#include "options.hpp"
#include "terminal.hpp"

#include <boost/json/array.hpp>
#include <string>
#include <string_view>

namespace tool {

/// Names as one text for people.
template<class Names>
std::string joined(Names const& names, std::string_view between)
{
    std::string text;
    for (auto const& each : names)
        text.append(text.empty() ? "" : between).append(printable(each));
    return text;
}

/// Names as JSON.
template<class Names>
boost::json::array list(Names const& names)
{
    return boost::json::array(names.begin(), names.end());
}

/// Answer whether the request that the options describe is allowed.
exit_status decide(options const& asked);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_VIOLATIONS_HPP
#define METAPATCH_FUNCTIONS_VIOLATIONS_HPP

#include <metapatch/outcome/violation.hpp>

#include <string>
#include <string_view>

namespace functions {

/// Which text a violation is in, as in JSON: `stored`, `patch`, `from` or `to`; "" where it is the result, or the only
/// text that there is.
std::string_view input_of(metapatch::violation const& what) noexcept;

/// What a violation says to people, without the text that it is in.
std::string message_of(metapatch::violation const& what);

/// `[{"code":…,"pointer":…,"limit":…,"actual":…,"offset":…,"input":…,"message":…},…]`: what is not known is left out.
std::string violations_array(metapatch::report const& why);

/// `{"violations":[…]}`, with how many more are `omitted` where any are: what an error carries.
std::string violations_json(metapatch::report const& why);

} // namespace functions

#endif

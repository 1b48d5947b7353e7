// SPDX-License-Identifier: BSL-1.0

// A module of its own, for the build alone: the policies that are built in, as policy files, which the package has as data.

#include "../../metapatch/policy_file.hpp"

#include <boost/json/src.hpp>

#include <string>

extern "C" [[clang::export_name("policies")]] char const* policies()
{
    static std::string text = "[";
    for (auto const& name : tool::profile_names())
        text += (text.size() > 1 ? ",\n" : "\n") + tool::policy_line(*tool::find_profile(name));
    text += "\n]";
    return text.c_str();
}

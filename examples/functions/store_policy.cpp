// SPDX-License-Identifier: BSL-1.0
#include "store_policy.hpp"

#include "../metapatch/errors.hpp"
#include "../metapatch/nearest.hpp"
#include "../metapatch/policy_file.hpp"
#include "../metapatch/terminal.hpp"

#include <metapatch/json/utf8.hpp>
#include <metapatch/json/white_space.hpp>

#include <utility>

namespace functions {

namespace {

std::string no_such_policy(std::string_view name)
{
    constexpr std::size_t enough = 80; // bytes
    auto const known = tool::profile_names();
    auto words = metapatch::is_utf8(name) ? "no policy is named \"" + tool::shortened(name, enough) + '"'
                                          : std::string("no policy has that name, which is no UTF-8");
    auto const meant = tool::nearest(name.substr(0, enough), known);
    if (!meant.empty())
        return words + "; is \"" + meant + "\" meant?";
    words += "; a policy is a policy file as JSON, or one of";
    for (auto const& each : known)
        words.append(&each == &known.front() ? " " : ", ").append(each);
    return words;
}

tool::field_policy rules_of(std::string_view argument)
{
    if (metapatch::detail::first_byte(argument) != '{') {
        auto profile = tool::find_profile(argument);
        if (!profile)
            throw wrong_argument(no_such_policy(argument));
        return std::move(profile->policy);
    }
    try {
        return tool::read_policy(argument, "policy").policy;
    } catch (tool::usage_error const& mistakes) {
        throw wrong_argument(mistakes.what());
    }
}

} // namespace

field_rules read_policy(std::string_view argument)
{
    field_rules made{rules_of(argument)};
    made.is_document = tool::is_rfc7396(made.rules);
    return made;
}

field_rules const& kept_policy::of(std::string_view argument)
{
    if (!is_of(argument)) {
        rules_.reset();
        argument_ = argument;
        rules_.emplace(read_policy(argument));
    }
    return *rules_;
}

} // namespace functions

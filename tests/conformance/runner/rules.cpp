// SPDX-License-Identifier: BSL-1.0
#include "rules.hpp"

#include "errors.hpp"
#include "glob.hpp"

#include <algorithm>
#include <exception>
#include <new>

namespace metapatch::conformance {

bool rule::is_shown_by(std::string_view case_id) const
{
    return std::ranges::any_of(cases, [case_id](auto const& each) { return matches_glob(each, case_id); });
}

std::vector<rule> read_rules(boost::json::value const& list)
{
    try {
        std::vector<rule> rules;
        for (auto const& item : list.as_array()) {
            auto const& members = item.as_object();
            rule made{std::string(members.at("id").as_string()), std::string(members.at("rule").as_string()), {}};
            for (char const* const name : {"cases", "admitted", "refused"}) {
                if (auto const* const globs = members.if_contains(name)) {
                    for (auto const& each : globs->as_array())
                        made.cases.emplace_back(each.as_string());
                }
            }
            rules.push_back(std::move(made));
        }
        return rules;
    } catch (std::bad_alloc const&) {
        throw;
    } catch (std::exception const&) { // what Boost.JSON throws of a member that is missing or of another type
        throw usage_error("the rules are no list of rules");
    }
}

} // namespace metapatch::conformance

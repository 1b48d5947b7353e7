// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_ANSWERS_HPP
#define METAPATCH_TESTS_ANSWERS_HPP

#include <metapatch/outcome/violation.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>
#include <utility>

namespace metapatch::conformance {

/// Says how many are left out of an answer, where any are.
template<class Found>
void tell_omitted(findings<Found> const& found, boost::json::object& answer)
{
    if (found.omitted() > 0)
        answer["omitted"] = found.omitted();
}

inline boost::json::object rejected(report const& why)
{
    boost::json::array violations;
    for (auto const& each : why) {
        boost::json::object one{{"code", name(each.code)}, {"pointer", each.pointer}};
        if (each.limit)
            one["limit"] = *each.limit;
        if (each.actual)
            one["actual"] = *each.actual;
        if (each.offset)
            one["offset"] = *each.offset;
        if (each.operation)
            one["operation"] = *each.operation;
        if (each.fault)
            one["fault"] = name(*each.fault);
        violations.push_back(std::move(one));
    }
    boost::json::object answer{{"outcome", "rejected"}, {"violations", std::move(violations)}};
    tell_omitted(why, answer);
    return answer;
}

inline boost::json::object skipped(std::string_view why)
{
    return {{"outcome", "skipped"}, {"why", why}};
}

} // namespace metapatch::conformance

#endif

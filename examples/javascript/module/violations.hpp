// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_VIOLATIONS_HPP
#define METAPATCH_MODULE_VIOLATIONS_HPP

#include "arguments.hpp"

#include "../../functions/json_answer.hpp"

#include <metapatch/json/malformed_text.hpp>
#include <metapatch/outcome/violation.hpp>

namespace border {

using functions::json_answer;

inline void write_violation(json_answer& to, metapatch::violation const& what, named_text const& in)
{
    to.begin('{').key("code").string(name(what)).key("pointer").string(what.pointer);
    if (what.limit)
        to.key("limit").number(*what.limit);
    if (what.actual)
        to.key("actual").number(*what.actual);
    if (!in.name.empty())
        to.key("input").string(in.name);
    auto told = what;
    told.text.reset();
    auto message = told.message();
    if (what.offset && in.content) {
        auto const place = metapatch::position_in(*in.content, static_cast<std::size_t>(*what.offset));
        to.key("position").begin('{').key("offset").number(*what.offset);
        to.key("line").number(place.line).key("column").number(place.column).end('}');
        if (what.code == metapatch::errc::malformed_json) {
            auto const cause = metapatch::cause_of(*in.content, static_cast<std::size_t>(*what.offset));
            to.key("cause").string(name(cause));
            message = metapatch::malformed_message(*in.content, static_cast<std::size_t>(*what.offset));
        }
    }
    if (what.operation)
        to.key("operation").number(*what.operation);
    if (what.fault)
        to.key("fault").string(name(*what.fault));
    to.key("message").string(message).end('}');
}

/// The members `violations` and `omitted`.
///
/// @param where  tells of a violation the text that it is in
template<class Where>
void write_violations(json_answer& to, metapatch::report const& why, Where where)
{
    to.key("violations").begin('[');
    for (auto const& each : why)
        write_violation(to, each, where(each));
    to.end(']');
    if (why.omitted() > 0)
        to.key("omitted").number(why.omitted());
}

} // namespace border

#endif

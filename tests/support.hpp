// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_SUPPORT_HPP
#define METAPATCH_TESTS_SUPPORT_HPP

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/simd/bytes64.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::test {

/// A value as Boost.JSON reads it, so that tests of our reader are not judged by our reader.
inline boost::json::value json(std::string_view text, boost::json::storage_ptr storage = {})
{
    boost::json::parse_options options;
    options.max_depth = 4096;
    return boost::json::parse({text.data(), text.size()}, std::move(storage), options);
}

inline boost::json::object object(std::string_view text, boost::json::storage_ptr storage = {})
{
    return json(text, std::move(storage)).as_object();
}

/// Whether every number in a value is finite: no text says infinity or NaN, though Boost.JSON makes them of some numbers.
inline bool all_finite(boost::json::value const& value)
{
    return detail::non_finite_in(value, {}).empty();
}

/// A field that is present.
inline state present(std::string_view text, boost::json::storage_ptr storage = {})
{
    return state(object(text, std::move(storage)));
}

inline std::string shown(boost::json::value const& value)
{
    return boost::json::serialize(value);
}

inline std::string shown(boost::json::object const& members)
{
    return boost::json::serialize(members);
}

inline std::string shown(state const& field)
{
    return field ? boost::json::serialize(*field) : "absent";
}

/// Everything that violations say, but for their wording: `too_large  limit 9 actual 10; …`.
inline std::string told(report const& found)
{
    std::string text;
    for (auto const& each : found) {
        text += (text.empty() ? "" : "; ") + std::string(name(each.code)) + " '" + each.pointer + "'";
        if (each.limit)
            text += " limit " + std::to_string(*each.limit);
        if (each.actual)
            text += " actual " + std::to_string(*each.actual);
        if (each.offset)
            text += " offset " + std::to_string(*each.offset);
        if (each.operation)
            text += " operation " + std::to_string(*each.operation);
        if (each.fault)
            text += " " + std::string(name(*each.fault));
    }
    return text;
}

/// What was refused, or "accepted".
template<class T>
std::string told(result<T> const& outcome)
{
    return outcome ? "accepted" : told(outcome.error());
}

/// The instructions for scanning that this processor has.
inline std::vector<scan_with> every_scan()
{
    std::vector<scan_with> all;
#if !defined(__x86_64__) || !defined(__GNUC__)
    return {fastest_scan()};
#endif
    for (auto const each : {scan_with::portable, scan_with::sse2, scan_with::avx2, scan_with::avx512}) {
        if (each <= fastest_scan())
            all.push_back(each);
    }
    return all;
}

} // namespace metapatch::test

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_PROTOCOL_HPP
#define METAPATCH_TESTS_PROTOCOL_HPP

#include "operations.hpp"
#include "request.hpp"

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/version.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <new>
#include <string_view>
#include <utility>

/// The protocol mpcp/1 without its streams: a line in, an answer out.
namespace metapatch::conformance {

inline boost::json::object errored(std::string_view message)
{
    return {{"outcome", "errored"}, {"message", message}};
}

/// A line as a request. Its numbers may be of any size: only members that the protocol knows are looked at.
inline boost::json::object request_of(std::string_view line)
{
    auto request = detail::read(line, {.max_nesting = nesting_ceiling}, {}, [](auto& stack, auto number) {
        detail::push_number(stack, number);
        return true;
    });
    if (!request)
        throw bad_request("the line is no request: " + request.error().message());
    if (!request->is_object())
        throw bad_request("a request must be an object");
    return std::move(request->get_object());
}

inline boost::json::object start(boost::json::object const& request)
{
    auto const* protocol = find_member(request, "protocol");
    if (protocol == nullptr || !protocol->is_int64() || protocol->get_int64() != 1)
        throw bad_request("\"protocol\" must be 1");
    boost::json::array profiles;
    for (auto const& each : auth0::profiles)
        profiles.emplace_back(each.name);
    profiles.emplace_back("rfc7396");
    return {{"protocol", 1},
            {"implementation", {{"name", "metapatch"}, {"version", version}, {"language", "C++"}}},
            {"profiles", std::move(profiles)},
            {"ops", offered_operations()}};
}

inline boost::json::object run_case(boost::json::value const& item)
{
    boost::json::object result{{"id", nullptr}};
    auto const tell = [&result](boost::json::object const& answer) {
        for (auto const& member : answer)
            result.insert_or_assign(member.key(), member.value());
    };
    try {
        if (!item.is_object())
            throw bad_request("a case must be an object");
        result["id"] = required_string(item.get_object(), "id");
        tell(answer(item.get_object()));
    } catch (bad_request const& error) {
        tell(errored(error.what()));
    } catch (std::bad_alloc const&) {
        tell(errored("out of memory"));
    }
    return result;
}

inline boost::json::object run(boost::json::object const& request)
{
    auto const* cases = find_member(request, "cases");
    if (cases == nullptr || !cases->is_array())
        throw bad_request("\"cases\" must be an array");
    boost::json::array results;
    for (auto const& each : cases->get_array())
        results.push_back(run_case(each));
    return {{"results", std::move(results)}};
}

/// The answer to a line. `stopped` is set by the request to stop, which has none.
inline boost::json::object answer_to(std::string_view line, bool& stopped)
{
    boost::json::object answer;
    auto const tell = [&answer](boost::json::object const& said) {
        for (auto const& member : said)
            answer.insert_or_assign(member.key(), member.value());
    };
    try {
        auto const request = request_of(line);
        auto const command = required_string(request, "cmd");
        if (command == "start") {
            tell(start(request));
        } else if (command == "run") {
            auto const* number = find_member(request, "seq");
            if (number == nullptr || !(number->is_int64() || number->is_uint64()))
                throw bad_request("\"seq\" must be an integer");
            answer["seq"] = *number;
            tell(run(request));
        } else if (command == "stop") {
            stopped = true;
        } else {
            throw bad_request("\"cmd\" must be \"start\", \"run\" or \"stop\"");
        }
    } catch (bad_request const& error) {
        tell(errored(error.what()));
    } catch (std::bad_alloc const&) {
        tell(errored("out of memory"));
    }
    return answer;
}

} // namespace metapatch::conformance

#endif

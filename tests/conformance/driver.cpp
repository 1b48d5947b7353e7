// SPDX-License-Identifier: BSL-1.0

// metapatch-conformance-driver: the library behind the protocol mpcp/1 over standard input and output, one JSON object
// a line each way. A line that is no request, an empty one too, gets an `errored` answer. It ends with status 0 after
// `stop` or at the end of the input, and with 1, quietly, where nobody takes its answers any more.

#include "operations.hpp"

#include <metapatch/auth0.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <csignal>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace {

namespace conformance = metapatch::conformance;
using conformance::bad_request;

boost::json::object errored(std::string_view message)
{
    return {{"outcome", "errored"}, {"message", message}};
}

/// A line as a request. Its numbers may be of any size: only members that the protocol knows are looked at.
boost::json::object request_of(std::string_view line)
{
    auto request =
        metapatch::detail::read(line, {.max_nesting = metapatch::nesting_ceiling}, {}, [](auto& stack, auto number) {
            metapatch::detail::push_number(stack, number);
            return true;
        });
    if (!request)
        throw bad_request("the line is no request: " + request.error().message());
    if (!request->is_object())
        throw bad_request("a request must be an object");
    return std::move(request->get_object());
}

boost::json::object start(boost::json::object const& request)
{
    auto const* protocol = conformance::find_member(request, "protocol");
    if (protocol == nullptr || !protocol->is_int64() || protocol->get_int64() != 1)
        throw bad_request("\"protocol\" must be 1");
    boost::json::array profiles;
    for (auto const& each : metapatch::auth0::profiles)
        profiles.emplace_back(each.name);
    profiles.emplace_back("rfc7396");
    return {{"protocol", 1},
            {"implementation", {{"name", "metapatch"}, {"version", metapatch::version}, {"language", "C++"}}},
            {"profiles", std::move(profiles)},
            {"ops", conformance::offered_operations()}};
}

boost::json::object run_case(boost::json::value const& item)
{
    boost::json::object result{{"id", nullptr}};
    auto const tell = [&result](boost::json::object const& answer) {
        for (auto const& member : answer)
            result.insert_or_assign(member.key(), member.value());
    };
    try {
        if (!item.is_object())
            throw bad_request("a case must be an object");
        result["id"] = conformance::required_string(item.get_object(), "id");
        tell(conformance::answer(item.get_object()));
    } catch (bad_request const& error) {
        tell(errored(error.what()));
    } catch (std::bad_alloc const&) {
        tell(errored("out of memory"));
    }
    return result;
}

boost::json::object run(boost::json::object const& request)
{
    auto const* cases = conformance::find_member(request, "cases");
    if (cases == nullptr || !cases->is_array())
        throw bad_request("\"cases\" must be an array");
    boost::json::array results;
    for (auto const& each : cases->get_array())
        results.push_back(run_case(each));
    return {{"results", std::move(results)}};
}

/// The answer to a line. `stopped` is set by the request to stop, which has none.
boost::json::object answer_to(std::string_view line, bool& stopped)
{
    boost::json::object answer;
    auto const tell = [&answer](boost::json::object const& said) {
        for (auto const& member : said)
            answer.insert_or_assign(member.key(), member.value());
    };
    try {
        auto const request = request_of(line);
        auto const command = conformance::required_string(request, "cmd");
        if (command == "start") {
            tell(start(request));
        } else if (command == "run") {
            auto const* number = conformance::find_member(request, "seq");
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

} // namespace

int main()
{
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is seen by the stream
#endif
    std::ios::sync_with_stdio(false);
    bool stopped = false;
    for (std::string line; !stopped && std::getline(std::cin, line);) {
        auto const answer = answer_to(line, stopped);
        if (stopped)
            break;
        std::cout << boost::json::serialize(answer) << '\n' << std::flush;
        if (!std::cout)
            return 1;
    }
    return 0;
}

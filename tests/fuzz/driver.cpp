// SPDX-License-Identifier: BSL-1.0
// The protocol of the conformance driver. The input is what a runner sends: lines, each of which gets one answer, and
// none after it has said `stop`. What Boost.JSON reads of a line tells what the answer must be like; a case is answered
// by itself as among others; where it applies a patch, DOMs and texts in base64 lead to the same answer.
#include "../conformance/answers.hpp"
#include "../conformance/protocol.hpp"
#include "../laws/grammar.hpp"
#include "../laws/splice_laws.hpp"
#include "input.hpp"
#include "value.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace metapatch;

namespace {

/// The bytes that the texts of one line may be written out to: more would only take long.
constexpr std::uint64_t most_expanded = 1 << 16;

/// How many bytes at most the texts in parts make of a request, and how many operations copy.
struct demand {
    std::uint64_t bytes = 0;
    std::size_t copies = 0;
};

void add_demand(boost::json::value const& value, demand& sum)
{
    if (auto const* const members = value.if_object()) {
        for (auto const& each : *members)
            add_demand(each.value(), sum);
    } else if (auto const* const array = value.if_array()) {
        bool const is_part = array->size() == 2 && (*array)[0].is_string() && (*array)[1].is_int64();
        if (is_part && (*array)[1].get_int64() > 0)
            sum.bytes += std::min<std::uint64_t>(static_cast<std::uint64_t>((*array)[1].get_int64()), most_expanded) *
                         (*array)[0].get_string().size();
        for (auto const& each : *array)
            add_demand(each, sum);
    } else if (value.is_string()) {
        std::string_view const text = value.get_string();
        for (auto at = text.find("copy"); at != std::string_view::npos; at = text.find("copy", at + 1))
            ++sum.copies;
    }
}

boost::json::value const* member(boost::json::object const& of, std::string_view name)
{
    return conformance::find_member(of, name);
}

bool is_string(boost::json::value const* value)
{
    return value != nullptr && value->is_string();
}

bool is_errored(boost::json::object const& answer)
{
    auto const* const message = answer.if_contains("message");
    return answer.contains("outcome") && answer.at("outcome") == "errored" && is_string(message);
}

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : alphabet[bits >> (18 - 6 * k) & 63];
    }
    return text;
}

/// The same case with its texts in base64.
boost::json::object in_base64(boost::json::object const& item)
{
    boost::json::object made;
    for (auto const& each : item) {
        bool const is_text = (each.key() == "stored" || each.key() == "patch") && each.value().is_string();
        if (is_text)
            made[std::string(each.key()) + "_base64"] = base64(each.value().get_string());
        else
            made[each.key()] = each.value();
    }
    return made;
}

/// What the library says of a patch, by way of DOMs; nothing where these do not hold the numbers.
std::optional<boost::json::object> applied_by_dom(boost::json::object const& item, boost::json::object const& answer)
{
    auto const* const profile = auth0::find_profile(member(item, "profile")->get_string());
    auto const stored = conformance::find_text(item, "stored");
    auto const patch = conformance::find_text(item, "patch");
    if (profile == nullptr || !patch)
        return std::nullopt;
    for (auto const& text : {stored.value_or(""), *patch}) {
        auto const numbers = laws::numbers_of(text);
        if (!std::all_of(numbers.begin(), numbers.end(), laws::is_plain))
            return std::nullopt;
    }
    auto const made = laws::splice_case_by_dom(laws::splice_case<decltype(auth0::field_policy::keys)>{
        stored ? std::optional<std::string_view>(*stored) : std::nullopt, *patch, profile->policy});
    if (!made)
        return conformance::rejected(made.error());
    if (!made->first)
        return boost::json::object{{"outcome", "ok"}, {"field", "absent"}};
    // Compared as a value: the text keeps what a DOM does not.
    auto const* const value = answer.if_contains("value");
    bool const same = is_string(value) && test::json(value->get_string()) == boost::json::value(*made->first);
    auto const text = same ? std::string(value->get_string()) : test::shown(*made->first);
    return boost::json::object{{"outcome", "ok"}, {"field", "present"}, {"value", text}};
}

void check_result(boost::json::value const& item, boost::json::object const& result)
{
    static constexpr std::array<std::string_view, 9> outcomes{"ok",   "rejected",   "skipped",  "errored", "allow",
                                                              "deny", "impossible", "no_patch", "refused"};
    auto const words = [&] {
        return "  case   " + boost::json::serialize(item) + "\n  result " + boost::json::serialize(result);
    };
    laws::require(is_string(result.if_contains("outcome")), words);
    auto const outcome = std::string_view(result.at("outcome").get_string());
    laws::require(std::find(outcomes.begin(), outcomes.end(), outcome) != outcomes.end(), words);
    auto const* const members = item.if_object();
    auto const* const id = members != nullptr ? member(*members, "id") : nullptr;
    laws::require(result.at("id") == (is_string(id) ? *id : boost::json::value()), words);
    laws::require(is_string(id) || is_errored(result), words);
    laws::require(conformance::run_case(item) == result, words); // by itself as among others
    auto const* const operation = is_string(id) ? member(*members, "op") : nullptr;
    if (!is_string(operation) || (*operation != "apply" && *operation != "validate"))
        return;
    auto const twice = [&](char const* name) {
        return member(*members, name) != nullptr && member(*members, std::string(name) + "_base64") != nullptr;
    };
    if (!twice("stored") && !twice("patch"))
        laws::require(conformance::run_case(in_base64(*members)) == result, words);
    if (outcome == "errored" || outcome == "skipped")
        return;
    auto expected = applied_by_dom(*members, *operation == "apply" ? result : boost::json::object());
    if (!expected)
        return;
    if (*operation == "validate" && outcome == "ok")
        expected = {{"outcome", expected->at("outcome")}};
    (*expected)["id"] = *id;
    laws::require(result == *expected, [&] { return words() + "\n  by DOM " + boost::json::serialize(*expected); });
}

/// What holds of the answer to a line that Boost.JSON has read too.
void check_answer(boost::json::value const& request, boost::json::object const& answer, bool stopped,
                  std::string_view line)
{
    auto const words = [&] {
        return "  line   " + laws::excerpt(line) + "\n  answer " + laws::excerpt(boost::json::serialize(answer));
    };
    auto const* const members = request.if_object();
    auto const* const command = members != nullptr ? member(*members, "cmd") : nullptr;
    auto const is = [&](std::string_view name) { return is_string(command) && command->get_string() == name; };
    laws::require(stopped == is("stop"), words);
    if (stopped)
        return;
    auto const* const protocol = members != nullptr ? member(*members, "protocol") : nullptr;
    if (is("start") && protocol != nullptr && protocol->is_int64() && *protocol == 1) {
        laws::require(answer.at("protocol") == 1 && !answer.at("profiles").as_array().empty() &&
                          !answer.at("ops").as_array().empty() && answer.at("implementation").is_object(),
                      words);
        return;
    }
    auto const* const number = is("run") ? member(*members, "seq") : nullptr;
    bool const is_number = number != nullptr && (number->is_int64() || number->is_uint64());
    laws::require(answer.contains("seq") == is_number && (!is_number || answer.at("seq") == *number), words);
    auto const* const cases = is_number ? member(*members, "cases") : nullptr;
    if (cases == nullptr || !cases->is_array()) {
        laws::require(is_errored(answer), words);
        return;
    }
    auto const& results = answer.at("results").as_array();
    laws::require(results.size() == cases->get_array().size(), words);
    for (std::size_t i = 0; i < results.size(); ++i)
        check_result(cases->get_array()[i], results[i].as_object());
}

/// @return whether the session is over
bool check_line(std::string_view line)
{
    bool const is_json = !model::fault_of(line, nesting_ceiling);
    auto const request = is_json ? fuzz::value_of(line, nesting_ceiling) : std::nullopt;
    if (request) {
        demand sum;
        add_demand(*request, sum);
        if (sum.bytes > most_expanded || sum.copies > 8)
            return false;
    } else if (is_json) {
        return false; // with numbers that a DOM does not hold
    }
    bool stopped = false;
    auto const answer = conformance::answer_to(line, stopped);
    auto const text = boost::json::serialize(answer);
    auto const words = [&] { return "  line   " + laws::excerpt(line) + "\n  answer " + laws::excerpt(text); };
    laws::require(text.find('\n') == std::string::npos && !model::fault_of(text, nesting_ceiling), words);
    laws::require(test::json(text) == boost::json::value(answer), words);
    if (request)
        check_answer(*request, answer, stopped, line);
    else
        laws::require(!stopped && is_errored(answer) && answer.size() == 2, words);
    return stopped;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto rest = fuzz::bytes(data, size);
    while (!rest.empty()) {
        if (check_line(fuzz::take_line(rest)))
            break;
    }
    return 0;
}

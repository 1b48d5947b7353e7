// SPDX-License-Identifier: BSL-1.0
#include "http_cases.hpp"

#include "../request.hpp"
#include "exact_texts.hpp"
#include "raw_members.hpp"
#include "readable.hpp"

#include <metapatch/json/equal.hpp>
#include <metapatch/simd/is_json.hpp>

#include <boost/json/serialize.hpp>

namespace metapatch::conformance {

namespace {

using boost::json::object;

constexpr std::size_t most_bytes = 500'000; // of a text: servers take bodies of about a megabyte

std::string name_of(object const& request)
{
    auto const profile = required_string(request, "profile");
    return std::string(profile.substr(profile.find('.') + 1));
}

std::string body_of(std::string const& name, std::string const& patch)
{
    return "{\"" + name + "\":" + patch + "}";
}

bool same_state(std::optional<std::string> const& one, std::optional<std::string> const& other)
{
    if (!one || !other)
        return !one && !other;
    exact_texts texts;
    auto const left = texts.read(*one, duplicate_keys::last_wins);
    auto const right = texts.read(*other, duplicate_keys::last_wins);
    return left && right && equal(*left, *right);
}

} // namespace

std::string why_not_over_http(vector_case const& vector, object const& request)
{
    if (vector.op != "apply" && vector.op != "validate")
        return "operation without an endpoint";
    if (vector.profile != "auth0.user_metadata" && vector.profile != "auth0.app_metadata")
        return "profile without an endpoint here";
    auto const patch = find_text(request, "patch");
    auto const stored = find_text(request, "stored");
    if (!patch)
        return "without a patch there is nothing to send";
    if (patch->size() > most_bytes || (stored && stored->size() > most_bytes))
        return "text too large to be sent";
    // A patch that is no JSON must not become some by what stands around it.
    if (!is_json(*patch) && is_json(body_of(name_of(request), *patch)))
        return "malformed patch that would be another body";
    if (stored && !is_json(*stored))
        return "stored text that is no JSON";
    return {};
}

object seen_over_http(vector_case const& vector)
{
    auto seen = vector.expect;
    seen.erase("bytes_of");
    if (seen.at("outcome") == "rejected")
        seen.erase("violations");
    return seen;
}

http_cases::field http_cases::stored_now(std::string const& name)
{
    auto const response = users_.get(user_);
    if (response.status != 200 || !is_json(response.body))
        throw http_error("the user could not be read: " + std::to_string(response.status) + " " +
                         shortened(response.body));
    auto const members = raw_members(response.body);
    auto const found = members.find(name);
    return found != members.end() ? std::optional(found->second) : std::nullopt;
}

void http_cases::send(std::string const& name, std::string const& patch)
{
    auto const response = users_.patch(user_, body_of(name, patch));
    if (response.status >= 500 || response.status == 401 || response.status == 403 || response.status == 404)
        throw http_error(std::to_string(response.status) + " " + shortened(response.body));
}

/// Whether the user has the field then.
bool http_cases::bring_about(std::string const& name, field const& stored)
{
    if (!user_.empty() && same_state(stored_now(name), stored))
        return true;
    // A user_metadata that is there cannot be made absent: only a new user has none.
    bool const needs_new = user_.empty() || (!stored && name == "user_metadata");
    if (needs_new) {
        if (!user_.empty())
            users_.remove(std::exchange(user_, {}));
        user_ = users_.create();
    }
    if (!stored && name == "user_metadata")
        return true;
    send(name, "{}");
    if (stored && same_state(stored, "{}")) {
        // A cleared app_metadata is absent; one whose last member went is empty.
        send(name, R"({"metapatch_conformance":1})");
        send(name, R"({"metapatch_conformance":null})");
    } else if (stored) {
        send(name, *stored);
    }
    return same_state(stored_now(name), stored);
}

object http_cases::ask(object const& request)
{
    auto const name = name_of(request);
    auto const stored = find_text(request, "stored");
    if (!bring_about(name, stored))
        return {{"outcome", "skipped"}, {"why", "what is stored cannot be brought about"}};
    auto const response = users_.patch(user_, body_of(name, *find_text(request, "patch")));
    if (response.status != 200 && response.status != 400 && response.status != 413)
        return {{"outcome", "errored"}, {"message", std::to_string(response.status) + " " + shortened(response.body)}};
    auto const then = stored_now(name);
    if (response.status != 200) {
        if (!same_state(then, stored))
            return {{"outcome", "errored"},
                    {"message", "the patch is refused, and the field has changed all the same"}};
        return {{"outcome", "rejected"}, {"status", response.status}, {"message", shortened(response.body)}};
    }
    object answer{{"outcome", "ok"}};
    if (request.at("op") == "apply") {
        answer["field"] = then ? "present" : "absent";
        if (then)
            answer["value"] = *then;
    }
    return answer;
}

} // namespace metapatch::conformance

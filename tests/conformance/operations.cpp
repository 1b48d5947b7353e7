// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

#include "algebra_operations.hpp"
#include "answers.hpp"
#include "login_operations.hpp"
#include "request.hpp"
#include "rule_operations.hpp"
#include "user_operations.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/splice/splice.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::conformance {

namespace {

/// The text of a field after a patch; nothing where it is absent.
using field_text = std::optional<std::string>;

/// The same where one of the two is no object: `patch` takes the place of `stored`, or of what is no object.
result<field_text> merged_values(field_text const& stored, std::string const& patch)
{
    detail::lexeme_dom dom;
    boost::json::value target;
    if (stored) {
        auto value = dom.read(*stored, rfc7396.read);
        if (!value)
            return value.error();
        target = std::move(*value);
    }
    auto body = dom.read(patch, rfc7396.read);
    if (!body)
        return body.error();
    if (auto done = metapatch::merge_patch(target, std::move(*body)); !done)
        return done.error();
    return field_text(dom.write(target));
}

/// `stored` after `patch` under RFC 7396, where both are any JSON values; a missing patch leaves it as it is.
///
/// As with a field, a stored text that cannot be read is answered alone.
result<field_text> merge_patched(field_text const& stored, field_text const& patch)
{
    bool const are_objects = (!stored || detail::begins_object(*stored)) && (!patch || detail::begins_object(*patch));
    if (are_objects)
        return spliced(stored, patch, rfc7396);
    if (patch)
        return merged_values(stored, *patch);
    // Nothing is asked of it but that it can be read.
    if (auto found = detail::text_error(*stored, rfc7396.read); !found.empty())
        return found;
    return stored;
}

boost::json::object answer_size(boost::json::object const& request)
{
    auto const stored = find_text(request, "stored");
    auto const size = stored ? compact_size(*stored) : result<std::size_t>(0);
    if (!size)
        return rejected(size.error());
    return {{"outcome", "ok"}, {"bytes", *size}};
}

enum class wanted { value, verdict };

boost::json::object answer_patch(boost::json::object const& request, wanted what)
{
    auto const profile = required_string(request, "profile");
    auto const* known = auth0::find_profile(profile);
    if (known == nullptr && profile != "rfc7396")
        return skipped("profile not offered");
    auto const stored = find_text(request, "stored");
    auto const patch = find_text(request, "patch");
    auto const done = known != nullptr ? spliced(stored, patch, known->policy) : merge_patched(stored, patch);
    if (!done)
        return rejected(done.error());
    boost::json::object answer{{"outcome", "ok"}};
    if (what == wanted::verdict)
        return answer;
    answer["field"] = *done ? "present" : "absent";
    if (*done)
        answer["value"] = **done;
    return answer;
}

} // namespace

boost::json::array offered_operations()
{
    boost::json::array names{"apply", "validate", "size"};
    for (auto const& each : algebra_operations)
        names.emplace_back(each.name);
    for (auto const& each : login_operations)
        names.emplace_back(each.name);
    for (auto const& each : rule_operations)
        names.emplace_back(each.name);
    for (auto const& each : user_operations)
        names.emplace_back(each.name);
    return names;
}

boost::json::object answer(boost::json::object const& request)
{
    auto const operation = required_string(request, "op");
    if (operation == "apply")
        return answer_patch(request, wanted::value);
    if (operation == "validate")
        return answer_patch(request, wanted::verdict);
    if (operation == "size")
        return answer_size(request);
    for (auto const& each : algebra_operations) {
        if (operation == each.name)
            return answer_algebra(each, request);
    }
    for (auto const& each : login_operations) {
        if (operation == each.name)
            return answer_login(each, request);
    }
    for (auto const& each : rule_operations) {
        if (operation == each.name)
            return answer_rule(each, request);
    }
    for (auto const& each : user_operations) {
        if (operation == each.name)
            return (users(request).*each.run)();
    }
    return skipped("operation not offered");
}

} // namespace metapatch::conformance

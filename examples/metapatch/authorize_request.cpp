// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "authorize.hpp"
#include "input.hpp"
#include "service_answer.hpp"
#include "user_document.hpp"
#include "writer.hpp"

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/request/user_decision.hpp>
#include <metapatch/patch/apply.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tool {

namespace auth0 = metapatch::auth0;
namespace json = boost::json;

namespace {

metapatch::state field_of(json::object const& user)
{
    auto const* const field = user.if_contains("user_metadata");
    if (field == nullptr)
        return std::nullopt;
    if (!field->is_object())
        throw usage_error("--stored: user_metadata: expected an object");
    return field->get_object();
}

/// What the body does to user_metadata: its merge alone counts here, and no other rule.
auth0::metadata_effects effects_on(json::object const& stored, json::object const& body)
{
    constexpr metapatch::policy<> merging{
        {}, auth0::user_metadata.merge, {}, {.max_nesting = metapatch::nesting_ceiling}};
    auto const before = field_of(stored);
    auto const* const patch = body.if_contains("user_metadata");
    if (patch == nullptr)
        return {};
    auto const after = metapatch::applied(before, *patch, merging);
    if (!after)
        throw usage_error("--body: user_metadata: " + after.error().front().message());
    return auth0::effects_of(before, *after);
}

/// A request as the command line describes it.
class described_request {
public:
    /// @param judges_effects  whether the effects of the body count
    described_request(user_options const& given, bool judges_effects)
        : body_text_(given.body ? read_argument(*given.body) : ""),
          stored_text_(given.document ? read_argument(*given.document) : ""), target_(given.user_id.value_or(""))
    {
        if (given.body) {
            body_ = object_in(dom_, body_text_, "--body");
            for (auto const& member : body_)
                fields.push_back(member.key());
        }
        if (given.document) {
            auto const stored = object_in(dom_, stored_text_, "--stored");
            if (!given.user_id)
                target_ = id_of_user(stored).value_or("");
            if (judges_effects && given.body)
                effects = effects_on(stored, body_);
        }
    }
    described_request(described_request const&) = delete;
    described_request& operator=(described_request const&) = delete;

    std::string const& target() const noexcept { return target_; }

    std::vector<std::string_view> fields{};
    std::optional<auth0::metadata_effects> effects{};

private:
    std::string body_text_;
    std::string stored_text_;
    metapatch::exact_dom dom_{};
    json::object body_{};
    std::string target_;
};

constexpr std::string_view sentence(metapatch::denial why) noexcept
{
    switch (why) {
    case metapatch::denial::unknown_operation:
        return "the table has no such operation; `metapatch authorize` prints those that it has";
    case metapatch::denial::insufficient_scope:
        return "the token lacks a scope for this";
    case metapatch::denial::subject_mismatch:
        return "the token's scopes are for its own subject alone";
    case metapatch::denial::fields_out_of_reach:
        return "the token's scopes do not reach everything";
    }
    return {};
}

std::string in_text(described_request const& request, auth0::user_decision const& verdict, metapatch::scope_view held,
                    bool unjudged, colours paint)
{
    std::string text;
    if (verdict)
        text = paint.green("allowed") + " by " + joined(verdict.granted_by(), " and ") + '\n';
    else
        text.append(paint.red("denied"))
            .append(", ")
            .append(name(*verdict.why))
            .append(": ")
            .append(sentence(*verdict.why)) += '\n';
    auto const add = [&](std::string_view what, auto const& names) {
        if (!names.empty())
            text.append("  ").append(what).append(joined(names, ", ")) += '\n';
    };
    add("out of reach: ", verdict.out_of_reach);
    if (request.effects) {
        add("creates: ", request.effects->created);
        add("updates: ", request.effects->updated);
        add("deletes: ", request.effects->removed);
    }
    if (!verdict && verdict.why != metapatch::denial::unknown_operation)
        text += to_text(verdict.sufficient, held, paint);
    if (unjudged)
        text += "not judged: what the body does to user_metadata; that takes --body and --stored\n";
    return text;
}

std::string in_json(described_request const& request, auth0::user_decision const& verdict)
{
    json::object line{{"outcome", verdict ? "ok" : "denied"}};
    if (verdict)
        line["granted_by"] = list(verdict.granted_by());
    else
        line["why"] = name(*verdict.why);
    if (!verdict.out_of_reach.empty())
        line["out_of_reach"] = list(verdict.out_of_reach);
    json::array sets;
    for (auto const& set : verdict.sufficient)
        sets.push_back(list(set));
    line["sufficient"] = std::move(sets);
    if (request.effects)
        line["effects"] = {{"created", list(request.effects->created)},
                           {"updated", list(request.effects->updated)},
                           {"removed", list(request.effects->removed)}};
    return json::serialize(line) + '\n';
}

} // namespace

exit_status decide(options const& asked)
{
    auto const& given = asked.user;
    auto const table = table_of(given);
    auto const token = token_of(given);
    described_request const request(given, table.judges_effects);
    auto const is_asked = [&](auto const& rule) { return rule.operation == given.operation && rule.own_subject_only; };
    if (given.subject && request.target().empty() && std::any_of(table.rules.begin(), table.rules.end(), is_asked))
        throw usage_error("--user is required: some scopes of this operation are for the token's own subject alone");

    metapatch::access_request const what{given.operation, token.scopes, token.subject, request.target(),
                                         request.fields};
    auto const verdict = auth0::decide(table, what, request.effects ? &*request.effects : nullptr);
    bool const unjudged = table.judges_effects && !request.effects && given.operation == "PATCH /users/{id}";
    auto out = writer::to_standard_output();
    out.write(answers_in_text(asked)
                  ? in_text(request, verdict, token.scopes, unjudged, colours(asked.color, STDOUT_FILENO))
                  : in_json(request, verdict));
    out.finish();
    return verdict ? exit_status::applied : exit_status::refused;
}

} // namespace tool

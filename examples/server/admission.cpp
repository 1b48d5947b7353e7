// SPDX-License-Identifier: BSL-1.0
#include "admission.hpp"

#include <metapatch/access/access.hpp>

#include <string>

namespace server {

namespace auth0 = metapatch::auth0;

auth0::answer<std::shared_ptr<verified_token const>> token_of(service const& with, request const& asked)
{
    return with.access.verify(asked.authorization, with.access.audiences());
}

std::optional<auth0::refusal> denied(service const& with, verified_token const& token, std::string_view operation,
                                     std::string_view target)
{
    auto const& table = with.users.permissions.rules;
    auto const permissions = token.permissions();
    metapatch::access_request const question{operation, permissions.scopes, permissions.subject, target, {}};
    auto const decision = metapatch::authorize(table, question);
    if (decision)
        return std::nullopt;
    auth0::refusal made{.status = 403, .sufficient = metapatch::sufficient_scopes(table, question)};
    if (decision.why() == metapatch::denial::subject_mismatch) {
        made.why = auth0::refusal_reason::subject_mismatch;
        made.message = "User to be acted on does not match subject in bearer token.";
        return made;
    }
    made.why = auth0::refusal_reason::insufficient_scope;
    made.code = "insufficient_scope";
    made.message = "Insufficient scope";
    std::string scopes;
    table.rules_of(operation).each([&scopes](metapatch::access_rule const& rule, std::uint64_t) {
        scopes.append(scopes.empty() ? ", expected any of: " : ",").append(rule.scope);
    });
    made.message += scopes;
    return made;
}

} // namespace server

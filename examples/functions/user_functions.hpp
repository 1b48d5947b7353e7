// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_USER_FUNCTIONS_HPP
#define METAPATCH_FUNCTIONS_USER_FUNCTIONS_HPP

#include "text.hpp"

#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/auth0/request/user_decision.hpp>

#include <span>
#include <string>
#include <string_view>

namespace functions {

/// Whether a token's scopes allow an operation by Auth0's table of permissions: `PATCH /users/{id}` and the like.
///
/// @param scopes   of the token, separated by spaces
/// @param subject  of the token; nothing for a machine's token
/// @param target   the user it is done to; nothing is nobody
/// @param fields   names of the body's members; the answer refers to them
metapatch::auth0::user_decision authorize(std::string_view operation, std::string_view scopes, text subject,
                                          text target, std::span<std::string_view const> fields);

/// The same as JSON: `{"allowed":…,"reason":…,"granted_by":[…],"out_of_reach":[…],"sufficient":[[…],…]}`, with a reason
/// where it is denied.
std::string decision_json(metapatch::auth0::user_decision const& made);

/// A user's text after PATCH /users/{id}, whole; by Auth0's rules for metadata, for the rest of a user, and for scopes.
///
/// @param stored   nothing where there is no such user
/// @param scopes   nothing where the request has no token
metapatch::auth0::answer<std::string> update_user(text stored, text scopes, text subject, std::string_view user_id,
                                                  std::string_view body);

/// `{"status":…,"reason":…,"message":…,"body":{…},"violations":[…],"sufficient":[…]}`: what an error carries, with the
/// body that the service would answer.
std::string refusal_json(metapatch::auth0::refusal const& why);

} // namespace functions

#endif

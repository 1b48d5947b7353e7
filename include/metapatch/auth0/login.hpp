// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_HPP
#define METAPATCH_AUTH0_LOGIN_HPP

/// Around a login: sign-ups and the fields that Lock adds to them, the claims of GET /userinfo, and users as Rules and
/// Actions see and change them.
#include <metapatch/auth0/login/claims.hpp>
#include <metapatch/auth0/login/lock_fields.hpp>
#include <metapatch/auth0/login/markup.hpp>
#include <metapatch/auth0/login/metadata_updates.hpp>
#include <metapatch/auth0/login/rule_user.hpp>
#include <metapatch/auth0/login/signup.hpp>

#include <metapatch/auth0/login/lock.hpp>
#include <metapatch/auth0/login/passkey_signup.hpp>
#include <metapatch/auth0/login/userinfo.hpp>

#endif

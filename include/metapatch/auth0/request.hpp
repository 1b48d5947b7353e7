// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_HPP
#define METAPATCH_AUTH0_REQUEST_HPP

/// What the functions of Auth0's endpoints are made of: the way from a body and a token to a refusal or a new document,
/// once for DOM values and once for texts; and the effects of a patch, as tables of permissions may judge them.
///
/// Users include the endpoints: `metapatch/auth0/management.hpp` and `metapatch/auth0/login.hpp`.
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/body_members.hpp>
#include <metapatch/auth0/request/effects.hpp>

#include <metapatch/auth0/request/metadata_refusal.hpp>
#include <metapatch/auth0/request/user_decision.hpp>
#include <metapatch/auth0/request/user_schema.hpp>

#include <metapatch/auth0/request/text_body.hpp>

#include <metapatch/auth0/request/document_changes.hpp>

#include <metapatch/auth0/request/field_merge.hpp>
#include <metapatch/auth0/request/user_media.hpp>

#include <metapatch/auth0/request/document_merge.hpp>

#include <metapatch/auth0/request/new_document.hpp>

#endif

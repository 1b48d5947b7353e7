// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_HPP
#define METAPATCH_AUTH0_HPP

/// Everything that knows Auth0 by name, and all that it stands on, floor by floor.
#include <metapatch/metapatch.hpp>

#include <metapatch/auth0/claims.hpp>
#include <metapatch/auth0/formats.hpp>
#include <metapatch/auth0/lock_fields.hpp>
#include <metapatch/auth0/markup.hpp>
#include <metapatch/auth0/permissions.hpp>
#include <metapatch/auth0/policies.hpp>
#include <metapatch/auth0/refusal.hpp>
#include <metapatch/auth0/root_attributes.hpp>
#include <metapatch/auth0/rule_user.hpp>

#include <metapatch/auth0/metadata_updates.hpp>

#include <metapatch/auth0/admission.hpp>
#include <metapatch/auth0/body_members.hpp>
#include <metapatch/auth0/effects.hpp>
#include <metapatch/auth0/user_rules.hpp>

#include <metapatch/auth0/metadata_refusal.hpp>
#include <metapatch/auth0/user_decision.hpp>
#include <metapatch/auth0/user_schema.hpp>

#include <metapatch/auth0/user_media.hpp>

#include <metapatch/auth0/multifactor.hpp>
#include <metapatch/auth0/resource_metadata.hpp>
#include <metapatch/auth0/signup.hpp>
#include <metapatch/auth0/user_metadata.hpp>
#include <metapatch/auth0/view_user.hpp>

#include <metapatch/auth0/create_user.hpp>
#include <metapatch/auth0/update_user.hpp>

#include <metapatch/auth0/lock.hpp>
#include <metapatch/auth0/userinfo.hpp>

#endif

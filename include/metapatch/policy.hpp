// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_HPP
#define METAPATCH_POLICY_HPP

/// The rules of one metadata field, as a value: constexpr, or copied and edited at run time.
///
/// `policy` holds how bodies merge, which keys and values they may have, and the limits of a result; any callable that
/// judges a key without throwing is a `key_rule`, and what judges a value and its place, a `value_rule`. Auth0's own
/// are in `metapatch/auth0/contract.hpp`.
#include <metapatch/policy/key_filter.hpp>
#include <metapatch/policy/rule_verdict.hpp>

#include <metapatch/policy/key_rule.hpp>

#include <metapatch/policy/value_rule.hpp>

#include <metapatch/policy/policy.hpp>

#include <metapatch/policy/rules.hpp>

#endif

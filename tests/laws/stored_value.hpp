// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_STORED_VALUE_HPP
#define METAPATCH_TESTS_LAWS_STORED_VALUE_HPP

#include <boost/json/value.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/policy/policy.hpp>

namespace metapatch::model {

/// Whether a body keeps nothing of what is stored: a clear, and any where the field is replaced.
inline bool keeps_nothing(boost::json::value const& body, merge_rules const& rules)
{
    if (rules.depth == 0)
        return true;
    return body.is_null() ? rules.on_null == null_body::clears
                          : body.is_object() && body.get_object().empty() && rules.on_empty == empty_body::clears;
}

/// The state that a body meets where any value is stored; or what is wrong with that.
inline result<state> state_before(result<boost::json::value> const& stored, result<boost::json::value> const& body,
                                  merge_rules const& rules)
{
    if (!stored)
        return stored.error();
    if (stored->is_object())
        return state(stored->get_object());
    if (rules.depth == 0 || (body && keeps_nothing(*body, rules)))
        return state();
    return report({.code = errc::expected_object});
}

} // namespace metapatch::model

#endif

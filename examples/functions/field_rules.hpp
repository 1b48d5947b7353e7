// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_FIELD_RULES_HPP
#define METAPATCH_FUNCTIONS_FIELD_RULES_HPP

#include "../metapatch/field_policy.hpp"

namespace functions {

/// The rules of a field, or of documents that are any JSON values.
struct field_rules {
    tool::field_policy rules{};
    bool is_document = false; ///< RFC 7396 and no more
};

} // namespace functions

#endif

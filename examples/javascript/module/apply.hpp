// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_APPLY_HPP
#define METAPATCH_MODULE_APPLY_HPP

#include "arguments.hpp"
#include "exports.hpp"
#include "policy_record.hpp"
#include "violations.hpp"

#include "../../functions/merged_documents.hpp"

namespace border {

using functions::field_text;

inline field_text applied(text stored, text patch, defined_policy const& policy, metapatch::stored_text known)
{
    if (policy.is_document && !functions::are_objects(stored, patch))
        return functions::merged_documents(stored, patch, policy.rules.read);
    return metapatch::spliced(stored, patch, policy.rules, {.stored = known});
}

/// The answer of a refusal by `applied`.
inline void write_refused(json_answer& to, metapatch::report const& why, text stored, text patch)
{
    to.begin('{').key("ok").word("false");
    write_violations(to, why, [&](metapatch::violation const& each) -> named_text {
        if (!each.text)
            return {"result", std::nullopt};
        return *each.text == metapatch::input_text::stored ? named_text{"stored", stored} : named_text{"patch", patch};
    });
    to.end('}');
}

} // namespace border

#endif

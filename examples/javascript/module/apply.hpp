// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_APPLY_HPP
#define METAPATCH_MODULE_APPLY_HPP

#include "arguments.hpp"
#include "exports.hpp"
#include "policy_record.hpp"
#include "violations.hpp"

#include "../../functions/merged_documents.hpp"

namespace border {

/// What a patch makes of a field: pieces, which refer to the texts that it was made of and to what is here.
struct patched_field {
    metapatch::text_patch body;
    metapatch::text_pieces text;
};

/// @return  whether the field is there
inline metapatch::result<bool> apply(text stored, text patch, defined_policy const& policy,
                                     metapatch::stored_text known, patched_field& made)
{
    if (policy.is_document && !functions::are_objects(stored, patch))
        return functions::merge_documents(stored, patch, policy.rules, made.body, made.text);
    auto const done =
        metapatch::detail::splice_texts(stored, patch, policy.rules, {.stored = known}, made.body, made.text);
    return done ? metapatch::result<bool>(done->present) : done.error();
}

/// The answer of a refusal by `apply`.
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

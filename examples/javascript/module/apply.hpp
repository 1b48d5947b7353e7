// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_APPLY_HPP
#define METAPATCH_MODULE_APPLY_HPP

#include "arguments.hpp"
#include "exports.hpp"
#include "policy_record.hpp"
#include "violations.hpp"

#include <metapatch/splice/splice.hpp>

namespace border {

/// The text of a field or a document after a patch; nothing where it is absent.
using field_text = metapatch::result<std::optional<std::string>>;

/// RFC 7396 where one of the two is no object: `patch` takes the place of `stored`, or of what is no object.
inline field_text merged_documents(text stored, std::string_view patch, metapatch::read_rules reading)
{
    if (stored) {
        if (auto found = metapatch::detail::text_error(*stored, reading); !found.empty())
            return metapatch::detail::told_of(metapatch::input_text::stored, found);
    }
    if (auto found = metapatch::detail::text_error(patch, reading); !found.empty())
        return metapatch::detail::told_of(metapatch::input_text::patch, found);
    if (metapatch::detail::begins_object(patch))
        return metapatch::spliced("{}", patch, metapatch::rfc7396);
    metapatch::detail::lexeme_dom dom; // of a key that is there twice it writes the last value
    auto const value = dom.read(patch, reading);
    return value ? field_text(dom.write(*value)) : field_text(value.error());
}

inline field_text applied(text stored, text patch, defined_policy const& policy, metapatch::stored_text known)
{
    bool const are_objects =
        (!stored || metapatch::detail::begins_object(*stored)) && (!patch || metapatch::detail::begins_object(*patch));
    if (!policy.is_document || are_objects)
        return metapatch::spliced(stored, patch, policy.rules, {.stored = known});
    if (patch)
        return merged_documents(stored, *patch, policy.rules.read);
    // Nothing is asked of it but that it can be read.
    if (auto found = metapatch::detail::text_error(*stored, policy.rules.read); !found.empty())
        return metapatch::detail::told_of(metapatch::input_text::stored, found);
    return std::optional<std::string>(*stored);
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

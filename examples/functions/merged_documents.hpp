// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_MERGED_DOCUMENTS_HPP
#define METAPATCH_FUNCTIONS_MERGED_DOCUMENTS_HPP

#include "text.hpp"

#include <metapatch/splice/splice.hpp>

#include <string>

namespace functions {

/// The text of a field or a document after a patch; nothing where it is absent.
using field_text = metapatch::result<std::optional<std::string>>;

/// Whether both are objects, as far as they are there.
inline bool are_objects(text stored, text patch) noexcept
{
    return (!stored || metapatch::detail::begins_object(*stored)) &&
           (!patch || metapatch::detail::begins_object(*patch));
}

/// RFC 7396 where one of the two is no object: `patch` takes the place of `stored`, or of what is no object.
inline field_text merged_documents(text stored, text patch, metapatch::read_rules reading)
{
    if (stored) {
        if (auto found = metapatch::detail::text_error(*stored, reading); !found.empty())
            return metapatch::detail::told_of(metapatch::input_text::stored, found);
    }
    if (!patch) // nothing is asked of what is stored but that it can be read
        return stored ? field_text(std::string(*stored)) : field_text(std::nullopt);
    if (auto found = metapatch::detail::text_error(*patch, reading); !found.empty())
        return metapatch::detail::told_of(metapatch::input_text::patch, found);
    if (metapatch::detail::begins_object(*patch))
        return metapatch::spliced("{}", *patch, metapatch::rfc7396);
    metapatch::detail::lexeme_dom dom; // of a key that is there twice it writes the last value
    auto const value = dom.read(*patch, reading);
    return value ? field_text(dom.write(*value)) : field_text(value.error());
}

} // namespace functions

#endif

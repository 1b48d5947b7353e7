// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_MERGED_DOCUMENTS_HPP
#define METAPATCH_FUNCTIONS_MERGED_DOCUMENTS_HPP

#include "text.hpp"

#include <metapatch/splice/splice.hpp>

#include <string>
#include <utility>

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
///
/// @param rules  those of RFC 7396
/// @param body   reads the patch where it is an object
/// @param out    a string, or a list of pieces
/// @return       whether there is a document
template<class Keys, metapatch::splice_output Out>
metapatch::result<bool> merge_documents(text stored, text patch, metapatch::policy<Keys> const& rules,
                                        metapatch::text_patch& body, Out& out)
{
    using namespace metapatch::detail;
    if (stored) {
        if (auto found = text_error(*stored, rules.read); !found.empty())
            return told_of(metapatch::input_text::stored, found);
    }
    auto const put = [&out](auto write) {
        return write_to(out, [write](auto& sink) {
            write(sink);
            return true;
        });
    };
    if (!patch) { // nothing is asked of what is stored but that it can be read
        if (!stored)
            return false;
        return put([&stored](auto& sink) { sink.append(*stored); });
    }
    if (auto found = text_error(*patch, rules.read); !found.empty())
        return told_of(metapatch::input_text::patch, found);
    if (begins_object(*patch)) {
        auto const done = splice_texts("{}", patch, rules, {}, body, out);
        return done ? metapatch::result<bool>(done->present) : done.error();
    }
    lexeme_dom dom; // of a key that is there twice it writes the last value
    auto const value = dom.read(*patch, rules.read);
    if (!value)
        return value.error();
    return put([&](auto& sink) { sink.append_owned(dom.write(*value)); });
}

/// The same in a text of its own.
template<class Keys>
field_text merged_documents(text stored, text patch, metapatch::policy<Keys> const& rules)
{
    metapatch::text_patch body;
    std::string made;
    auto const present = merge_documents(stored, patch, rules, body, made);
    if (!present)
        return present.error();
    return *present ? field_text(std::move(made)) : field_text(std::nullopt);
}

} // namespace functions

#endif

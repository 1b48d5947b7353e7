// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_CHANGE_HPP
#define METAPATCH_TOOL_DOCUMENT_CHANGE_HPP

#include "field_effects.hpp"
#include "reject_log.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tool {

/// What the text of a patch asks for, as far as a batch looks at it.
enum class patch_intent : std::uint8_t {
    nothing, ///< no patch: it is empty, or a null that clears nothing
    clear,   ///< all of a field goes, whatever is in it
    change,  ///< all else
};

/// What became of a document.
enum class document_fate : std::uint8_t { changed, left_alone, refused };

/// What a batch does to each of its documents.
class document_change {
public:
    document_change() = default;
    document_change(document_change const&) = delete;
    document_change& operator=(document_change const&) = delete;
    virtual ~document_change() = default;

    /// Take a patch, for all documents from here on.
    virtual void set_patch(std::string_view text) = 0;

    /// What the patch asks for.
    virtual patch_intent intent() const = 0;

    /// @param document  its text
    /// @param result    the new document, in place of what it held; unspecified unless it was changed
    virtual document_fate apply(document_place const& place, std::string_view document, std::string& result) = 0;

    /// Tell why the last document was refused.
    virtual void tell(reject_log& rejects, document_place const& place, std::string_view document) const = 0;

    /// What was done to the last document, which was changed.
    virtual effects last_effects(std::string_view document, std::string_view result) const = 0;

    /// Look at one of the first documents: a mistake in the command shows there, before it does harm.
    ///
    /// @return  whether no more need be looked at. Throws `usage_error`
    virtual bool look(std::string_view document) = 0;

    /// The same at the end of what was looked at.
    virtual void look_back() const {}

    /// What is allowed and mostly not meant, by its code, and how many documents it is of.
    virtual std::map<std::string, std::uint64_t, std::less<>> advice() const { return {}; }

    /// What else is to be said once, at the end; "" where nothing is.
    virtual std::string last_words() const { return {}; }
};

} // namespace tool

#endif

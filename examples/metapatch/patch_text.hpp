// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PATCH_TEXT_HPP
#define METAPATCH_TOOL_PATCH_TEXT_HPP

#include "field_policy.hpp"
#include "refusal.hpp"

#include <metapatch/splice/text_patch.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// The stored text of a field and the text of a patch in, the text of the result out.
///
/// This is all that the tool knows of applying. One object serves any number of documents and keeps its memory.
class patch_text {
public:
    explicit patch_text(field_policy const& policy);

    /// The patch for the calls to come, read once. What is wrong with it is said by `apply`, for each document.
    void set_patch(std::string_view text);

    /// The same, by itself.
    std::optional<refusal> const& patch_refused() const noexcept { return refused_; }

    metapatch::text_patch const& patch() const noexcept { return patch_; }

    /// @param stored  the field's text; nothing where it is absent
    /// @param result  what the field becomes, or nothing where it is absent then; as it was where refused
    /// @return        nothing, or why nothing was done
    std::optional<refusal> apply(std::optional<std::string_view> stored, std::optional<std::string>& result);

private:
    field_policy policy_;
    void read_any();

    bool const takes_any_;                   ///< documents and patches may be any JSON values
    std::string source_;                     ///< what the patch refers to
    std::optional<std::string> replacement_; ///< a patch that is no object: the result, whatever is stored
    metapatch::text_patch patch_;
    std::optional<refusal> refused_; ///< what is wrong with it
    std::string spliced_;
};

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_PATCH_HPP
#define METAPATCH_TOOL_DOCUMENT_PATCH_HPP

#include "patch_text.hpp"
#include "profile_text.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Applies a patch to documents: each one is a field, `null` where that is absent; or a whole profile with the field
/// as a member, which is missing where the field is absent.
class document_patch {
public:
    /// @param field  the name of the member that is the field; empty where a document is a field of its own
    document_patch(field_policy const& policy, std::string_view field);

    void set_patch(std::string_view text) { patching_.set_patch(text); }

    metapatch::text_patch const& patch() const noexcept { return patching_.patch(); }

    /// What is wrong with the patch, whatever it is applied to.
    std::optional<refusal> const& patch_refused() const noexcept { return patching_.patch_refused(); }

    /// @param document  its text; must live until the last use of `before`
    /// @param result    the new document, in place of what it held; unspecified where refused
    std::optional<refusal> apply(std::string_view document, std::string& result);

    /// The field's text before and after the last call, nothing where it was absent.
    std::optional<std::string_view> before() const noexcept { return before_; }
    std::optional<std::string> const& after() const noexcept { return after_; }

private:
    std::optional<refusal> apply_to_field(std::string_view document, std::string& result);
    std::optional<refusal> apply_to_profile(std::string_view document, std::string& result);

    patch_text patching_;
    std::optional<profile_text> profile_;
    std::optional<std::string_view> before_;
    std::optional<std::string> after_;
};

} // namespace tool

#endif

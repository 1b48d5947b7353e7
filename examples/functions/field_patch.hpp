// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_FIELD_PATCH_HPP
#define METAPATCH_FUNCTIONS_FIELD_PATCH_HPP

#include "merged_documents.hpp"
#include "store_policy.hpp"
#include "text.hpp"

#include <metapatch/splice/text_patch.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace functions {

/// What a stored text is after a patch; nothing where the field is absent then.
///
/// @param stored  nothing where the field is absent
/// @param patch   nothing where the body does not name the field
/// Errors:        all violations, those of a text that cannot be read with its offset; of `rfc7396` texts may be any JSON
field_text apply(field_rules const& policy, text stored, text patch);

/// All that is wrong with a patch of what is stored, or nothing.
metapatch::report validate(field_rules const& policy, text stored, text patch);

/// A place in a statement that patches a row after another: it keeps the policy and the patch that it has read, and its
/// memory, while they are the same.
class patching {
public:
    patching() = default;
    patching(patching const&) = delete;
    patching& operator=(patching const&) = delete;

    /// As above.
    ///
    /// @return      refers to memory of its own, which is as it is until it is asked again; nothing where the field is
    ///              absent
    /// Exceptions:  those of `read_policy`; then it can be asked again
    metapatch::result<text> apply(std::string_view policy, text stored, text patch);

private:
    metapatch::result<text> apply_to_field(text stored, text patch);
    void read(std::string_view patch);

    kept_policy policy_{};
    std::string patch_text_{};
    metapatch::text_patch patch_{}; // of that text
    bool is_admitted_ = false;
    bool is_read_ = false;
    std::string made_{};
};

} // namespace functions

#endif

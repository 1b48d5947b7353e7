// SPDX-License-Identifier: BSL-1.0
#include "document_patch.hpp"

#include "input.hpp"

#include <utility>

namespace tool {

document_patch::document_patch(field_policy const& policy, std::string_view field) : patching_(policy)
{
    if (!field.empty())
        profile_.emplace(field);
}

std::optional<refusal> document_patch::apply(std::string_view document, std::string& result)
{
    result.clear();
    auto refused = profile_ ? apply_to_profile(document, result) : apply_to_field(document, result);
    return refused && refused->in == part::stored ? placed(std::move(*refused), document) : refused;
}

std::optional<refusal> document_patch::apply_to_field(std::string_view document, std::string& result)
{
    before_ = is_null(document) ? std::nullopt : std::optional(document);
    auto refused = patching_.apply(before_, after_);
    if (!refused)
        result += after_ ? std::string_view(*after_) : "null";
    return refused;
}

std::optional<refusal> document_patch::apply_to_profile(std::string_view document, std::string& result)
{
    if (auto cut = profile_->read(document); !cut)
        return refusal{part::stored, std::move(cut).error()};
    before_ = profile_->field();
    auto refused = patching_.apply(before_, after_);
    if (refused && refused->in == part::stored)
        refused->why = moved_by(refused->why, profile_->field_offset());
    else if (!refused)
        profile_->append_with(after_, result);
    return refused;
}

} // namespace tool

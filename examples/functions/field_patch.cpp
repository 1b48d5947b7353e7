// SPDX-License-Identifier: BSL-1.0
#include "field_patch.hpp"

#include <utility>

namespace functions {

namespace {

/// More than what most results need is not kept from one row to the next.
constexpr std::size_t kept_bytes = std::size_t{1} << 20;

} // namespace

field_text apply(field_rules const& policy, text stored, text patch)
{
    if (policy.is_document && !are_objects(stored, patch))
        return merged_documents(stored, patch, policy.rules);
    return metapatch::spliced(stored, patch, policy.rules);
}

metapatch::report validate(field_rules const& policy, text stored, text patch)
{
    auto const done = apply(policy, stored, patch);
    return done ? metapatch::report() : done.error();
}

metapatch::result<text> patching::apply(std::string_view policy, text stored, text patch)
{
    if (!policy_.is_of(policy)) {
        is_read_ = false;
        policy_.of(policy);
    }
    if (made_.capacity() > kept_bytes)
        made_ = std::string();
    auto const& rules = policy_.rules();
    if (!rules.is_document || are_objects(stored, patch))
        return apply_to_field(stored, patch);
    auto made = merged_documents(stored, patch, rules.rules);
    if (!made)
        return std::move(made).error();
    if (!*made)
        return text();
    made_ = **std::move(made);
    return text(made_);
}

/// A patch that is refused, which tells of what is stored first, and one that is missing, have no need to be fast.
metapatch::result<text> patching::apply_to_field(text stored, text patch)
{
    if (patch && (!is_read_ || patch_text_ != *patch))
        read(*patch);
    made_.clear();
    if (patch && is_admitted_) {
        auto const done = metapatch::splice(stored, patch_, made_);
        if (!done)
            return metapatch::detail::told_of(metapatch::input_text::stored, done.error());
        return done->present ? text(made_) : text();
    }
    auto made = metapatch::spliced(stored, patch, policy_.rules().rules);
    if (!made)
        return std::move(made).error();
    if (!*made)
        return text();
    made_ = **std::move(made);
    return text(made_);
}

void patching::read(std::string_view patch)
{
    is_read_ = false;
    patch_text_ = patch;
    is_admitted_ = patch_.read(patch_text_, policy_.rules().rules).empty();
    is_read_ = true;
}

} // namespace functions

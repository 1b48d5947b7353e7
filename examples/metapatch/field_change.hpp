// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_FIELD_CHANGE_HPP
#define METAPATCH_TOOL_FIELD_CHANGE_HPP

#include "document_change.hpp"
#include "document_patch.hpp"
#include "field_policy.hpp"
#include "options.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// The patch of a field, as a batch does it.
class field_change : public document_change {
public:
    field_change(options const& asked, named_policy const& policy);

    void set_patch(std::string_view text) override;
    patch_intent intent() const override { return intent_; }
    document_fate apply(document_place const& place, std::string_view document, std::string& result) override;
    void tell(reject_log& rejects, document_place const& place, std::string_view document) const override;
    effects last_effects(std::string_view document, std::string_view result) const override;
    bool look(std::string_view document) override;
    void look_back() const override;
    std::map<std::string, std::uint64_t, std::less<>> advice() const override { return advice_; }

    /// What is wrong with the patch itself.
    std::optional<refusal> const& patch_refused() const noexcept { return patching_.patch_refused(); }

private:
    void count_advice();

    options const& asked_;
    named_policy const& policy_;
    document_patch patching_;
    std::string patch_;
    patch_intent intent_ = patch_intent::nothing;
    bool nests_itself_ = false; ///< the patch is a whole body and not that of the field
    std::optional<refusal> refused_;
    std::uint64_t readable_ = 0; ///< of the documents that were looked at
    std::map<std::string, std::uint64_t, std::less<>> advice_;
};

} // namespace tool

#endif

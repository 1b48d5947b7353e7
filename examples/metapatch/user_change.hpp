// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_USER_CHANGE_HPP
#define METAPATCH_TOOL_USER_CHANGE_HPP

#include "document_change.hpp"
#include "options.hpp"

#include <metapatch/auth0/management/update_user.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// One request for each user of a batch. What a body and a token say is judged once, where that does not depend on whose
/// user it is.
class user_change : public document_change {
public:
    explicit user_change(user_options const& given);

    void set_patch(std::string_view text) override;
    patch_intent intent() const override { return intent_; }
    document_fate apply(document_place const& place, std::string_view document, std::string& result) override;
    void tell(reject_log& rejects, document_place const& place, std::string_view document) const override;
    effects last_effects(std::string_view document, std::string_view result) const override;
    bool look(std::string_view) override { return true; }
    std::string last_words() const override;

    /// What is wrong with the request, whichever user it is for.
    std::optional<metapatch::auth0::refusal> refused_for_all();

private:
    /// @param user_id  in the path; nothing where the user has none: then it is not the token's subject, whichever that is
    void read(std::optional<std::string> user_id);

    user_options const& given_;
    metapatch::auth0::access_token token_;
    bool const is_of_each_; // the id in the path is each user's own
    metapatch::auth0::user_rules rules_;
    std::string body_;
    patch_intent intent_ = patch_intent::nothing;
    std::string user_id_;
    metapatch::auth0::user_update update_; // refers to these
    bool is_read_ = false;
    std::optional<metapatch::auth0::refusal> refused_;
    std::uint64_t large_ = 0;
};

} // namespace tool

#endif

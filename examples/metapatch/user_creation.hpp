// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_USER_CREATION_HPP
#define METAPATCH_TOOL_USER_CREATION_HPP

#include "document_change.hpp"
#include "options.hpp"

#include <metapatch/auth0/management/create_user.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// The id of a new user: the body's own `user_id` behind the provider's name, unless it has one; else a number.
std::string id_of_new_user(std::string_view body, std::uint64_t number);

/// A new user for each body of a batch.
class user_creation : public document_change {
public:
    explicit user_creation(user_options const& given);

    void set_patch(std::string_view) override {}
    patch_intent intent() const override { return patch_intent::change; }
    document_fate apply(document_place const& place, std::string_view document, std::string& result) override;
    void tell(reject_log& rejects, document_place const& place, std::string_view document) const override;
    effects last_effects(std::string_view document, std::string_view result) const override;
    bool look(std::string_view) override { return true; }
    std::string last_words() const override;

private:
    metapatch::auth0::access_token token_;
    metapatch::auth0::user_rules rules_;
    std::optional<metapatch::auth0::refusal> refused_;
    std::uint64_t large_ = 0;
};

} // namespace tool

#endif

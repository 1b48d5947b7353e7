// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_USER_METADATA_HPP
#define METAPATCH_AUTH0_MANAGEMENT_USER_METADATA_HPP

#include <metapatch/auth0/management/user_rules.hpp>
#include <metapatch/auth0/request/user_media.hpp>
#include <metapatch/auth0/request/user_schema.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What creating and updating a user share: the rules and the merge of the two fields of metadata.
namespace metapatch::auth0::detail {

/// A user's two fields of metadata, and their policies.
struct metadata_field {
    std::string_view name;
    field_policy user_rules::*policy;
};
inline constexpr std::array<metadata_field, 2> metadata_fields{
    {{"user_metadata", &user_rules::user_metadata}, {"app_metadata", &user_rules::app_metadata}}};

constexpr metadata_field const* find_metadata(std::string_view name) noexcept
{
    for (auto const& each : metadata_fields) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

/// Whether null clears a field, as its policy has it.
inline auto null_clears(user_rules const& rules) noexcept
{
    return [&rules](std::string_view name) {
        auto const* field = find_metadata(name);
        return field != nullptr && (rules.*field->policy).merge.on_null == null_body::clears;
    };
}

/// Collects what is wrong with a user's metadata: the message is of the first.
class metadata_faults {
public:
    template<class Media>
    void add(metadata_field const& field, std::span<attribute const> schema, report const& found, Media const& media)
    {
        if (found.empty())
            return;
        auto made = rule_refusal(field.name, find_attribute(schema, field.name)->description, wording::user, found,
                                 media.body_value(field.name));
        if (!first_)
            first_ = std::move(made);
        else
            first_->violations.add_all(made.violations);
    }

    std::optional<refusal> take() { return std::exchange(first_, std::nullopt); }

private:
    std::optional<refusal> first_;
};

/// Merge the metadata of a body: first all rules of the patches, then those of the results.
template<class Media>
std::optional<refusal> merge_metadata(Media& media, std::span<attribute const> schema, user_rules const& rules)
{
    metadata_faults faults;
    std::vector<metadata_field const*> touched;
    for (auto const& member : media.members()) {
        if (auto const* field = find_metadata(member.name)) {
            touched.push_back(field);
            faults.add(*field, schema, media.check(field->name, rules.*field->policy), media);
        }
    }
    if (auto refused = faults.take())
        return refused;
    for (auto const* field : touched) {
        if (!media.can_merge(field->name, rules.*field->policy))
            return unreadable_state(joined({"The ", field->name}));
        faults.add(*field, schema, media.merge(field->name, rules.*field->policy), media);
    }
    if (auto refused = faults.take())
        return refused;
    auto const limit = rules.max_metadata_bytes;
    if (!touched.empty() && limit != unlimited) {
        auto const size = media.size_of("user_metadata") + media.size_of("app_metadata");
        if (size > limit)
            return refusal{.why = refusal_reason::rule_violation,
                           .message = joined({"user_metadata and app_metadata together are too large (",
                                              std::to_string(size), " bytes), maximum ", std::to_string(limit)}),
                           .code = "invalid_body",
                           .violations = report({.code = errc::too_large, .limit = limit, .actual = size})};
    }
    return std::nullopt;
}

/// Put the attributes of a body that was looked up in its schema in place, but for metadata, which comes behind them as
/// in the service's answers.
template<class Media>
void set_attributes(Media& media)
{
    for (auto const& member : media.members()) {
        if (member.known->stored && find_metadata(member.name) == nullptr)
            media.set(member.name);
    }
}

/// The two fields as the text of a body is read for them.
inline std::array<field_rules, 2> fields_of(user_rules const& rules) noexcept
{
    return {{{"user_metadata", &rules.user_metadata}, {"app_metadata", &rules.app_metadata}}};
}

inline scan_with instructions_of(user_rules const& rules) noexcept
{
    return rules.instructions ? *rules.instructions : fastest_scan();
}

} // namespace metapatch::auth0::detail

#endif

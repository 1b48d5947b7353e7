// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_USER_METADATA_HPP
#define METAPATCH_AUTH0_MANAGEMENT_USER_METADATA_HPP

#include <metapatch/auth0/management/user_rules.hpp>
#include <metapatch/auth0/request/text_body.hpp>
#include <metapatch/auth0/request/user_media.hpp>
#include <metapatch/auth0/request/user_schema.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What creating and updating a user share: the rules and the merge of the two fields of metadata.
namespace metapatch::auth0::detail {

/// A user's two fields of metadata.
struct metadata_field {
    std::string_view name;
};
inline constexpr std::array<metadata_field, 2> metadata_fields{{{"user_metadata"}, {"app_metadata"}}};

constexpr metadata_field const* find_metadata(std::string_view name) noexcept
{
    for (auto const& each : metadata_fields) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

/// What is left of the rules of users once a body's text was read by the policies. It refers to them.
struct rules_of_text {
    permission_table const* permissions = nullptr;
    std::size_t max_metadata_bytes = 0;
    stored_text stored{};
    scan_with instructions{};
    std::array<field_rules, 2> fields; ///< left uninitialised until it is read

    template<key_rule UserKeys, key_rule AppKeys>
    void read(basic_user_rules<UserKeys, AppKeys> const& rules) noexcept
    {
        permissions = &rules.permissions;
        max_metadata_bytes = rules.max_metadata_bytes;
        stored = rules.stored;
        instructions = rules.instructions ? *rules.instructions : fastest_scan();
        fields[0].assign(metadata_fields[0].name, &rules.user_metadata);
        fields[1].assign(metadata_fields[1].name, &rules.app_metadata);
    }
};

/// In place of a policy that a patch was read by.
struct policy_of_text {};

/// Call `visit(policy)` with that of a field.
template<key_rule UserKeys, key_rule AppKeys, class Visit>
auto with_policy(basic_user_rules<UserKeys, AppKeys> const& rules, metadata_field const& field, Visit visit)
{
    bool const is_first = &field == &metadata_fields[0];
    if constexpr (std::same_as<UserKeys, AppKeys>) // one call is compiled once
        return visit(is_first ? rules.user_metadata : rules.app_metadata);
    else
        return is_first ? visit(rules.user_metadata) : visit(rules.app_metadata);
}
template<class Visit>
auto with_policy(rules_of_text const&, metadata_field const&, Visit visit)
{
    return visit(policy_of_text());
}

template<key_rule UserKeys, key_rule AppKeys>
permission_table const& permissions_of(basic_user_rules<UserKeys, AppKeys> const& rules) noexcept
{
    return rules.permissions;
}
inline permission_table const& permissions_of(rules_of_text const& rules) noexcept
{
    return *rules.permissions;
}

/// Whether null clears a field, as its policy has it.
struct null_clears {
    merge_rules const* user; ///< of user_metadata
    merge_rules const* app;  ///< of app_metadata

    bool operator()(std::string_view name) const noexcept
    {
        auto const* const field = find_metadata(name);
        return field != nullptr && (field == metadata_fields.data() ? user : app)->on_null == null_body::clears;
    }
};
template<key_rule UserKeys, key_rule AppKeys>
null_clears null_clears_by(basic_user_rules<UserKeys, AppKeys> const& rules) noexcept
{
    return {&rules.user_metadata.merge, &rules.app_metadata.merge};
}
inline null_clears null_clears_by(rules_of_text const& rules) noexcept
{
    return {rules.fields[0].merge, rules.fields[1].merge};
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
template<class Media, class Rules>
std::optional<refusal> merge_metadata(Media& media, std::span<attribute const> schema, Rules const& rules)
{
    metadata_faults faults;
    std::vector<metadata_field const*> touched;
    for (auto const& member : media.members()) {
        if (auto const* field = find_metadata(member.name)) {
            touched.push_back(field);
            faults.add(
                *field, schema,
                with_policy(rules, *field, [&](auto const& by) -> report { return media.check(field->name, by); }),
                media);
        }
    }
    if (auto refused = faults.take())
        return refused;
    for (auto const* field : touched) {
        if (!with_policy(rules, *field, [&](auto const& by) { return media.can_merge(field->name, by); }))
            return unreadable_state(joined({"The ", field->name}));
        faults.add(*field, schema,
                   with_policy(rules, *field, [&](auto const& by) { return media.merge(field->name, by); }), media);
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

template<key_rule UserKeys, key_rule AppKeys>
scan_with instructions_of(basic_user_rules<UserKeys, AppKeys> const& rules) noexcept
{
    return rules.instructions ? *rules.instructions : fastest_scan();
}

/// The rules as the text of a body is read by them.
template<key_rule UserKeys, key_rule AppKeys>
rules_of_text rules_for_text(basic_user_rules<UserKeys, AppKeys> const& rules) noexcept
{
    rules_of_text made;
    made.read(rules);
    return made;
}

} // namespace metapatch::auth0::detail

#endif

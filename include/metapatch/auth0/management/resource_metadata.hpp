// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_RESOURCE_METADATA_HPP
#define METAPATCH_AUTH0_MANAGEMENT_RESOURCE_METADATA_HPP

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/user_media.hpp>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

/// A kind of resource with one field of metadata, as a value to copy and edit.
struct resource {
    std::string_view name;     ///< such as `client`
    std::string_view metadata; ///< the member that is its field
    field_policy policy;
    std::string_view create; ///< the operation; "" where the service has none
    std::string_view update;
    wording words = wording::schema;
    std::string_view description{}; ///< of the field, as the OpenAPI has it
    std::string_view not_found{};   ///< the message
    std::string_view not_found_code{};
};

/// An application. Source: OpenAPI; of the message `inexistent_client`, go-auth0's recordings.
inline constexpr resource client{
    "client", "client_metadata",           client_metadata,    "POST /clients", "PATCH /clients/{id}", wording::schema,
    {},       "The client does not exist", "inexistent_client"};

/// Source: OpenAPI; of the message, which comes without a code, terraform-provider-auth0's recordings.
inline constexpr resource organization{"organization",
                                       "metadata",
                                       organization_metadata,
                                       "POST /organizations",
                                       "PATCH /organizations/{id}",
                                       wording::schema,
                                       {},
                                       "No organization found by that id or name",
                                       {}};

/// Source: OpenAPI; of the message, go-auth0's recordings.
inline constexpr resource connection{"connection",
                                     "metadata",
                                     connection_metadata,
                                     "POST /connections",
                                     "PATCH /connections/{id}",
                                     wording::schema,
                                     {},
                                     "The connection does not exist",
                                     "inexistent_connection"};

/// Source: OpenAPI; the message is ours.
inline constexpr resource custom_domain{"custom domain",
                                        "domain_metadata",
                                        domain_metadata,
                                        "POST /custom-domains",
                                        "PATCH /custom-domains/{id}",
                                        wording::schema,
                                        {},
                                        "The custom domain does not exist",
                                        "inexistent_custom_domain"};

/// Source: OpenAPI; the message is ours.
inline constexpr resource session{"session", "session_metadata",           session_metadata,
                                  {},        "PATCH /sessions/{id}",       wording::session,
                                  {},        "The session does not exist", "inexistent_session"};

/// Source: OpenAPI; the message is ours.
inline constexpr resource refresh_token{"refresh token",
                                        "refresh_token_metadata",
                                        refresh_token_metadata,
                                        {},
                                        "PATCH /refresh-tokens/{id}",
                                        wording::session,
                                        {},
                                        "The refresh token does not exist",
                                        "inexistent_refresh_token"};

/// All of the above.
inline constexpr std::array<resource const*, 6> resources{&client,        &organization, &connection,
                                                          &custom_domain, &session,      &refresh_token};

namespace detail {

/// The refusals up to the body, which is read then.
template<class Media>
std::optional<refusal> admit(Media& media, resource const& kind, std::string_view operation,
                             std::optional<access_token> const& token, permission_table const& table)
{
    if (auto refused = check_scope(table, operation, token, {}))
        return refused;
    if (auto refused = media.read_body())
        return refused;
    auto const* metadata = media.members().find(kind.metadata);
    bool const clears =
        metadata != nullptr && metadata->type == value_type::null && kind.policy.merge.on_null == null_body::clears;
    if (metadata != nullptr && metadata->type != value_type::object && !clears)
        return malformed_body(
            payload_error(joined({"Expected type object but found type ", auth0::detail::name(metadata->type)}),
                          kind.metadata, kind.description));
    auto const names = media.members().names();
    auto const asked = request_of(operation, *token, {}, names);
    return check_reach(table, asked, authorize(table.rules, asked));
}

template<class Media>
answer<typename Media::document> merge_resource(Media& media, resource const& kind)
{
    if (media.members().find(kind.metadata) == nullptr)
        return media.finish();
    auto const refused = [&](report const& found) {
        return rule_refusal(kind.metadata, kind.description, kind.words, found, media.body_value(kind.metadata));
    };
    if (auto const found = media.check(kind.metadata, kind.policy); !found.empty())
        return refused(found);
    if (!media.has_state(kind.metadata))
        return unreadable_state(joined({"The ", kind.metadata}));
    if (auto const found = media.merge(kind.metadata, kind.policy); !found.empty())
        return refused(found);
    return media.finish();
}

template<class Media>
answer<typename Media::document> update_metadata(Media media, resource const& kind,
                                                 std::optional<access_token> const& token,
                                                 permission_table const& table)
{
    if (auto refused = admit(media, kind, kind.update, token, table))
        return *std::move(refused);
    if (!media.exists())
        return refusal{.why = refusal_reason::not_found,
                       .status = 404,
                       .message = std::string(kind.not_found),
                       .code = std::string(kind.not_found_code)};
    if (auto refused = media.read_stored())
        return *std::move(refused);
    return merge_resource(media, kind);
}

template<class Media>
answer<typename Media::document> create_metadata(Media media, resource const& kind,
                                                 std::optional<access_token> const& token,
                                                 permission_table const& table)
{
    if (auto refused = admit(media, kind, kind.create, token, table))
        return *std::move(refused);
    return merge_resource(media, kind);
}

} // namespace detail

/// Do to a stored resource what the metadata of a PATCH body asks for. The body's other members are not looked at, and
/// are the caller's to apply.
///
/// @param kind     which resource
/// @param stored   the resource, or nothing where there is none of that id; untouched
/// @param token    verified; nothing where the request has none
/// @param body     the whole body; without its member of metadata nothing changes
/// @param table    permissions
/// @param storage  where the new resource lives
/// @return         the resource with its new metadata
/// Errors:         in this order `unauthorized` 401, `insufficient_scope` 403, `malformed_body` 400 (the body
///                 or its metadata is no object), `fields_out_of_reach` 403, `not_found` 404, `rule_violation` 400 of
///                 the body, `unreadable_state` 500, `rule_violation` 400 of the result
/// Complexity:     O(bytes of both). Exceptions: std::bad_alloc
/// Source:         OpenAPI; SPEC §3 and §6
[[nodiscard]] inline answer<boost::json::object> update_metadata(resource const& kind, state const& stored,
                                                                 std::optional<access_token> const& token,
                                                                 boost::json::value const& body,
                                                                 permission_table const& table = enforced,
                                                                 boost::json::storage_ptr storage = {})
{
    return detail::update_metadata(detail::dom_media(stored, body, std::move(storage)), kind, token, table);
}

/// The same from text to text. Errors: those of the other form; `malformed_body` also for what is no JSON, and
/// `unreadable_state` for a stored text that is no JSON object.
[[nodiscard]] inline answer<std::string> update_metadata(resource const& kind, std::optional<std::string_view> stored,
                                                         std::optional<access_token> const& token,
                                                         std::string_view body,
                                                         permission_table const& table = enforced)
{
    return detail::update_metadata(detail::text_media(stored, body), kind, token, table);
}

/// The metadata that a new resource has: an object with that one member, or without any where the field is absent.
///
/// Errors: those of `update_metadata` but for what is stored. A resource that cannot be created (a session, a refresh
///         token) is `insufficient_scope`
[[nodiscard]] inline answer<boost::json::object>
create_metadata(resource const& kind, std::optional<access_token> const& token, boost::json::value const& body,
                permission_table const& table = enforced, boost::json::storage_ptr storage = {})
{
    state const none;
    return detail::create_metadata(detail::dom_media(none, body, std::move(storage)), kind, token, table);
}

/// The same from text to text.
[[nodiscard]] inline answer<std::string> create_metadata(resource const& kind, std::optional<access_token> const& token,
                                                         std::string_view body,
                                                         permission_table const& table = enforced)
{
    return detail::create_metadata(detail::text_media(std::nullopt, body), kind, token, table);
}

} // namespace metapatch::auth0

#endif

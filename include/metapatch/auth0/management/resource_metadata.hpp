// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_RESOURCE_METADATA_HPP
#define METAPATCH_AUTH0_MANAGEMENT_RESOURCE_METADATA_HPP

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/new_document.hpp>
#include <metapatch/auth0/request/user_media.hpp>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

/// A kind of resource with one field of metadata, as a value to copy and edit. Its policy may be of any rules, a
/// lambda's too: see `with_policy`.
///
/// @tparam Keys  the rules for keys, and for values
template<key_rule Keys = field_keys>
struct basic_resource {
    std::string_view name;     ///< such as `client`
    std::string_view metadata; ///< the member that is its field
    metapatch::policy<Keys> policy;
    std::string_view create; ///< the operation; "" where the service has none
    std::string_view update;
    wording words = wording::schema;
    std::string_view description{}; ///< of the field, as the OpenAPI has it
    std::string_view not_found{};   ///< the message
    std::string_view not_found_code{};
};

/// Those with a policy of the type that Auth0's have.
using resource = basic_resource<>;

/// The same kind of resource with another policy of its metadata.
///
/// @code
/// constexpr auto no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
/// constexpr auto mine = with_policy(client, and_keys(client_metadata, no_underscore));
/// @endcode
template<key_rule Old, key_rule Keys>
constexpr basic_resource<Keys> with_policy(basic_resource<Old> const& base, policy<Keys> policy)
{
    return {base.name,  base.metadata,    std::move(policy), base.create,        base.update,
            base.words, base.description, base.not_found,    base.not_found_code};
}

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

/// In early access. Source: auth0 7.1.0 (npm), whose types are generated from the OpenAPI; the message is ours.
inline constexpr resource agent{"agent",
                                "metadata",
                                agent_metadata,
                                "POST /agents",
                                "PATCH /agents/{id}",
                                wording::schema,
                                {},
                                "The agent does not exist",
                                "inexistent_agent"};

/// All of the above.
inline constexpr std::array<resource const*, 7> resources{&client,  &organization,  &connection, &custom_domain,
                                                          &session, &refresh_token, &agent};

namespace detail {

/// Judge a request up to the rules of metadata.
///
/// @param read_body  reads the body, and gives its refusal where it is malformed
/// @param members    of the body, once it was read
template<class ReadBody, class Keys>
std::optional<refusal> admit(ReadBody read_body, body_members const& members, basic_resource<Keys> const& kind,
                             std::string_view operation, std::optional<access_token> const& token,
                             permission_table const& table)
{
    std::optional<access_decision> decision;
    if (auto refused = check_scope(table, operation, token, {}, decision))
        return refused;
    if (auto refused = read_body())
        return refused;
    auto const* metadata = members.find(kind.metadata);
    bool const clears =
        metadata != nullptr && metadata->type == value_type::null && kind.policy.merge.on_null == null_body::clears;
    if (metadata != nullptr && metadata->type != value_type::object && !clears)
        return malformed_body(
            payload_error(joined({"Expected type object but found type ", auth0::detail::name(metadata->type)}),
                          kind.metadata, kind.description),
            report(members.at_value(*metadata, errc::expected_object)));
    auto const asked = request_of(operation, *token, {}, members.names());
    return check_reach(table, asked, decision->touching(members.names()));
}

template<class Keys>
refusal no_such_resource(basic_resource<Keys> const& kind)
{
    return {.why = refusal_reason::not_found,
            .status = 404,
            .message = std::string(kind.not_found),
            .code = std::string(kind.not_found_code)};
}

/// Do what was admitted, step by step.
template<class Media, class Keys>
answer<typename Media::document> merge_resource(Media& media, basic_resource<Keys> const& kind)
{
    if (media.exists()) {
        if (auto refused = media.read_stored())
            return *std::move(refused);
    }
    if (media.members().find(kind.metadata) == nullptr)
        return media.finish();
    auto const refused = [&](report const& found) {
        return rule_refusal(kind.metadata, kind.description, kind.words, found, media.body_value(kind.metadata));
    };
    if (auto const& found = media.check(kind.metadata, kind.policy); !found.empty())
        return refused(found);
    if (!media.can_merge(kind.metadata, kind.policy))
        return unreadable_state(joined({"The ", kind.metadata}));
    if (auto const found = media.merge(kind.metadata, kind.policy); !found.empty())
        return refused(found);
    return media.finish();
}

/// Do what was admitted to a document or to none, and write it.
template<splice_output Out, class Keys>
answer<std::size_t> write_resource(basic_resource<Keys> const& kind, std::optional<std::string_view> stored,
                                   text_body& body, splice_rules const& reading, Out& out)
{
    document_changes changes;
    changes.assign(body);
    auto made = metapatch::detail::write_to(out, [&](auto& sink) -> answer<std::size_t> {
        if (stored)
            sink.expect(stored->size() + body.text().size());
        bool const done = stored ? merge_document(*stored, changes, reading.stored, reading.instructions, sink)
                                 : write_new_document(std::nullopt, changes, body.text().size(), unlimited, sink);
        if (!done) {
            sink.rewind();
            text_media media(stored, body);
            auto document = merge_resource(media, kind);
            if (!document)
                return std::move(document).error();
            sink.append_owned(std::move(*document));
        }
        return sink.size;
    });
    if constexpr (std::same_as<Out, text_pieces>) {
        if (made)
            body.release_rewritten(out.owned);
    }
    return made;
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<boost::json::object> merge_resource<dom_media>(dom_media&, resource const&);
#endif

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
///                 the body, `unreadable_state` 500 (what is stored is neither an object nor null, and the body does
///                 not clear it), `rule_violation` 400 of the result
/// Complexity:     O(bytes of both). Exceptions: std::bad_alloc
/// Source:         OpenAPI; semantics §3 and §6
template<key_rule Keys>
[[nodiscard]] answer<boost::json::object>
update_metadata(basic_resource<Keys> const& kind, state const& stored, std::optional<access_token> const& token,
                boost::json::value const& body, permission_table const& table = enforced,
                boost::json::storage_ptr storage = {})
{
    detail::dom_media media(stored, body, std::move(storage));
    auto const read_body = [&media] { return media.read_body(); };
    if (auto refused = detail::admit(read_body, media.members(), kind, kind.update, token, table))
        return *std::move(refused);
    if (!stored)
        return detail::no_such_resource(kind);
    return detail::merge_resource(media, kind);
}

/// The same from text to text, into an output. What the body does not name keeps its bytes.
///
/// @param out      a string or a list, appended to, which is left as it was where the request is refused; or a buffer,
///                 which is left as it happens to be then, where it is too small, and behind the result. Pieces refer
///                 to both texts
/// @param reading  what is known of the stored text
/// @return         the size of the resource's text, in bytes
/// Errors:         those of the other form; `malformed_body` also for what is no JSON, and `unreadable_state`, before
///                 any `rule_violation`, for a stored text that is no JSON object, as far as it is not trusted
/// Complexity:     O(bytes of both)
/// Exceptions:     std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out, key_rule Keys>
[[nodiscard]] answer<std::size_t>
update_metadata(basic_resource<Keys> const& kind, std::optional<std::string_view> stored,
                std::optional<access_token> const& token, std::string_view body, Out& out,
                permission_table const& table = enforced, splice_rules const& reading = {})
{
    detail::text_body read;
    std::array<detail::field_rules, 1> const fields{{{kind.metadata, &kind.policy}}};
    auto const read_body = [&] { return read.read(body, fields, reading.instructions); };
    if (auto refused = detail::admit(read_body, read.members(), kind, kind.update, token, table))
        return *std::move(refused);
    if (!stored)
        return detail::no_such_resource(kind);
    return detail::write_resource(kind, stored, read, reading, out);
}

template<class... Given>
refused_pieces<answer<std::size_t>, Given...> update_metadata(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<key_rule Keys>
[[nodiscard]] answer<std::string>
update_metadata(basic_resource<Keys> const& kind, std::optional<std::string_view> stored,
                std::optional<access_token> const& token, std::string_view body,
                permission_table const& table = enforced, splice_rules const& reading = {})
{
    std::string document;
    if (auto made = update_metadata(kind, stored, token, body, document, table, reading); !made)
        return std::move(made).error();
    return document;
}

/// The same of `std::nullopt`, which says for a text as for a value that there is no such resource.
template<std::convertible_to<std::string_view> Text, key_rule Keys>
[[nodiscard]] answer<std::string>
update_metadata(basic_resource<Keys> const& kind, std::nullopt_t, std::optional<access_token> const& token,
                Text const& body, permission_table const& table = enforced, splice_rules const& reading = {})
{
    return update_metadata(kind, std::optional<std::string_view>(), token, std::string_view(body), table, reading);
}

/// The same, with a body that is a value.
template<key_rule Keys>
[[nodiscard]] answer<boost::json::object>
update_metadata(basic_resource<Keys> const& kind, std::nullopt_t, std::optional<access_token> const& token,
                boost::json::value const& body, permission_table const& table = enforced,
                boost::json::storage_ptr storage = {})
{
    return update_metadata(kind, state(), token, body, table, std::move(storage));
}

/// The metadata that a new resource has: an object with that one member, or without any where the field is absent.
///
/// Errors: those of `update_metadata` but for what is stored. A resource that cannot be created (a session, a refresh
///         token) is `insufficient_scope`
template<key_rule Keys>
[[nodiscard]] answer<boost::json::object>
create_metadata(basic_resource<Keys> const& kind, std::optional<access_token> const& token,
                boost::json::value const& body, permission_table const& table = enforced,
                boost::json::storage_ptr storage = {})
{
    state const none;
    detail::dom_media media(none, body, std::move(storage));
    auto const read_body = [&media] { return media.read_body(); };
    if (auto refused = detail::admit(read_body, media.members(), kind, kind.create, token, table))
        return *std::move(refused);
    return detail::merge_resource(media, kind);
}

/// The same from text to text, into an output.
///
/// @param out  as of `update_metadata`
/// @return     the size of the resource's text, in bytes
/// Complexity: O(bytes of the body · log(its members)). Exceptions: std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out, key_rule Keys>
[[nodiscard]] answer<std::size_t> create_metadata(basic_resource<Keys> const& kind,
                                                  std::optional<access_token> const& token, std::string_view body,
                                                  Out& out, permission_table const& table = enforced)
{
    detail::text_body read;
    std::array<detail::field_rules, 1> const fields{{{kind.metadata, &kind.policy}}};
    auto const read_body = [&] { return read.read(body, fields, fastest_scan()); };
    if (auto refused = detail::admit(read_body, read.members(), kind, kind.create, token, table))
        return *std::move(refused);
    return detail::write_resource(kind, std::nullopt, read, {}, out);
}

template<class... Given>
refused_pieces<answer<std::size_t>, Given...> create_metadata(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<std::convertible_to<std::string_view> Text, key_rule Keys>
[[nodiscard]] answer<std::string> create_metadata(basic_resource<Keys> const& kind,
                                                  std::optional<access_token> const& token, Text const& body,
                                                  permission_table const& table = enforced)
{
    std::string document;
    if (auto made = create_metadata(kind, token, std::string_view(body), document, table); !made)
        return std::move(made).error();
    return document;
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<std::size_t> update_metadata<std::string>(resource const&, std::optional<std::string_view>,
                                                                    std::optional<access_token> const&,
                                                                    std::string_view, std::string&,
                                                                    permission_table const&, splice_rules const&);
METAPATCH_SEPARATE answer<std::size_t> create_metadata<std::string>(resource const&, std::optional<access_token> const&,
                                                                    std::string_view, std::string&,
                                                                    permission_table const&);
#endif

} // namespace metapatch::auth0

#endif

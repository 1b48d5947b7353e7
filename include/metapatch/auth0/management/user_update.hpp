// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_USER_UPDATE_HPP
#define METAPATCH_AUTH0_MANAGEMENT_USER_UPDATE_HPP

#include <metapatch/auth0/management/user_changes.hpp>
#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/document_merge.hpp>
#include <metapatch/auth0/request/effects.hpp>

#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

inline constexpr std::string_view update_user_operation = "PATCH /users/{id}";

/// Judge a PATCH as far as that takes no stored user.
///
/// @param read_body  reads the body, and gives its refusal where it is malformed
/// @param members    of the body, once it was read
/// @param decision   becomes what was decided, where nothing is refused
template<class ReadBody>
std::optional<refusal> admit_update(ReadBody read_body, body_members& members, std::optional<access_token> const& token,
                                    std::string_view user_id, permission_table const& table, null_clears clears,
                                    std::optional<access_decision>& decision)
{
    auto const names = [&] { return read_body() ? std::span<std::string_view const>() : members.names(); };
    if (auto refused = check_scope(table, update_user_operation, token, user_id, decision, names)) [[unlikely]]
        return refused;
    if (auto malformed = read_body()) [[unlikely]]
        return malformed;
    if (auto malformed = check_update(members, clears)) [[unlikely]]
        return malformed;
    decision->touch(members.names());
    return check_reach(table, request_of(update_user_operation, *token, user_id, members.names()), *decision);
}

/// Do what was admitted to a stored user, step by step.
/// @param tell  is called with the medium once all is done
template<class Media, class Rules, class Tell>
answer<changed_user<typename Media::document>> change_user(Media& media, access_token const& token,
                                                           std::string_view user_id, access_decision decision,
                                                           Rules const& rules, Tell tell)
{
    if (!media.exists())
        return no_such_user();
    if (auto refused = media.read_stored())
        return *std::move(refused);

    auto const& table = permissions_of(rules);
    set_attributes(media);
    auto const before = table.judges_effects ? media.now("user_metadata") : state();
    if (auto refused = merge_metadata(media, update_attributes, rules))
        return *std::move(refused);
    if (table.judges_effects) {
        auto const effects = effects_of(before, media.now("user_metadata"));
        auto const names = media.members().names();
        auto const fields = with_effects({names.begin(), names.end()}, effects);
        auto const asked = request_of(update_user_operation, token, user_id, fields);
        decision = authorize(table.rules, asked);
        if (!decision)
            return denied(refusal_reason::insufficient_scope, missing_effects(decision, effects), "insufficient_scope",
                          sufficient_scopes(table.rules, asked));
    }
    tell(media);
    return changed_user<typename Media::document>{media.finish(), decision};
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<changed_user<boost::json::object>>
change_user<dom_media, user_rules, tells_nothing>(dom_media&, access_token const&, std::string_view, access_decision,
                                                  user_rules const&, tells_nothing);
#endif

} // namespace detail

/// A request PATCH /api/v2/users/{id} as texts, read and judged once, for any number of stored users.
///
/// It refers to the texts of the token, of the user_id and of the body, and to the rules, which all must outlive it.
/// Read again, it uses its memory again.
class user_update {
public:
    user_update() = default;
    user_update(user_update const&) = delete;
    user_update& operator=(user_update const&) = delete;

    /// Read a request, and judge it as far as that takes no stored user.
    ///
    /// @param token    verified; nothing where the request has none
    /// @param user_id  of the path
    /// @param body     the text of the whole body
    /// @param rules    permissions, policies, sizes, and what is known of stored texts
    /// @return         the refusal that comes before any look at what is stored, or nothing
    /// Errors:         in this order `unauthorized` 401, `insufficient_scope` 403, `malformed_body` 400,
    ///                 `subject_mismatch` 403, `fields_out_of_reach` 403
    /// Complexity:     O(bytes of the body · log(its members)); the decision itself takes no look at the body, which is
    ///                 read for a refusal too, since that tells which scopes would do. Read again, it allocates only
    ///                 for a refusal, for what `text_patch` allocates, and for more members than it had room for before
    /// Exceptions:     std::bad_alloc; then it is as before a first reading
    template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
    [[nodiscard]] std::optional<refusal> read(std::optional<access_token> const& token, std::string_view user_id,
                                              std::string_view body,
                                              basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
    {
        rules_.read(rules);
        return read_by_rules(token, user_id, body);
    }
    template<key_rule UserKeys, key_rule AppKeys>
    std::optional<refusal> read(std::optional<access_token> const&, std::string_view, std::string_view,
                                basic_user_rules<UserKeys, AppKeys> const&&) = delete; // it would refer to what is gone

    template<temporary_text Text, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
    std::optional<refusal> read(std::optional<access_token> const&, Text&&, std::string_view,
                                basic_user_rules<UserKeys, AppKeys> const& = standard_user_rules) = delete;
    template<temporary_text Text, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
    std::optional<refusal> read(std::optional<access_token> const&, std::string_view, Text&&,
                                basic_user_rules<UserKeys, AppKeys> const& = standard_user_rules) = delete;
    template<temporary_text Id, temporary_text Text, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
    std::optional<refusal> read(std::optional<access_token> const&, Id&&, Text&&,
                                basic_user_rules<UserKeys, AppKeys> const& = standard_user_rules) = delete;

    /// Make ready for many stored users: what to look for in them is put down once, where it takes each of them some 20
    /// nanoseconds. Of a request that was not admitted it does nothing.
    ///
    /// Complexity: O(members of the body); no allocation, no exception
    void prepare() noexcept
    {
        if (!is_admitted())
            return;
        body_.want_all();
        changes_.want_all();
    }

    /// Whether a request was read that nothing was found wrong with so far.
    bool is_admitted() const noexcept { return decision_.has_value(); }

    /// Do it to a stored user. What the body does not name keeps its bytes.
    ///
    /// @param stored  the user's text, a JSON object; nothing where there is no such user
    /// @param out     a string or a list, appended to, which is left as it was where the request is refused; or a
    ///                buffer, which is left as it happens to be then, where it is too small, and behind the result:
    ///                compare `size`. Pieces refer to `stored`, to the body, and to this
    /// Errors:        `unauthorized` 401 where no request is admitted; else in this order `not_found` 404,
    ///                `unreadable_state` 500 of a stored text that is no JSON object (of a trusted one, where it does
    ///                not begin as one), `rule_violation` 400 of a patch, `unreadable_state` 500 (a stored field is
    ///                neither an object nor null, and the body does not clear it), `rule_violation` 400 of a result; by
    ///                a table that judges effects at last `insufficient_scope` 403
    /// Complexity:    O(bytes of both), at the speed of a scan of the memory where the stored one is trusted. A stored
    ///                root member that is there twice, policies of more levels than one, tables that judge effects, and
    ///                results within a patch's length of a limit take several passes
    /// Exceptions:    std::bad_alloc; strong guarantee, but for a buffer
    template<splice_output Out>
    [[nodiscard]] answer<user_change> apply(std::optional<std::string_view> stored, Out& out) const
    {
        return metapatch::detail::write_to(out, [&](auto& sink) -> answer<user_change> {
            if (!decision_) [[unlikely]]
                return no_token();
            if (stored && goes_straight(stored->size())) [[likely]] {
                sink.expect(stored->size() + body_.text().size());
                if (detail::merge_document(*stored, changes_, rules_.stored, rules_.instructions, sink)) [[likely]]
                    return user_change{sink.size, *decision_};
                sink.rewind();
            }
            return apply_carefully(stored, sink, detail::tells_nothing());
        });
    }

    /// The same, and tell what changed.
    ///
    /// @param told  becomes the changes; it is as before where the request is refused
    /// Complexity:  O(bytes of both), in several passes; who does not ask pays nothing for it
    template<splice_output Out>
    [[nodiscard]] answer<user_change> apply(std::optional<std::string_view> stored, Out& out, user_changes& told) const
    {
        return metapatch::detail::write_to(out, [&](auto& sink) -> answer<user_change> {
            if (!decision_)
                return no_token();
            return apply_carefully(stored, sink, detail::tells_changes{told});
        });
    }

    template<class... Given>
    refused_pieces<answer<user_change>, Given...> apply(Given&&...) const = delete; // they would refer to what is gone

    /// Hand over what pieces refer to besides the texts of the user and of the body; it is not to be applied then.
    void release(text_pieces& to) noexcept { body_.release_rewritten(to.owned); }

private:
    /// Read a request by the rules that are kept.
    std::optional<refusal> read_by_rules(std::optional<access_token> const& token, std::string_view user_id,
                                         std::string_view body)
    {
        decision_.reset();
        std::optional<access_decision> decided;
        auto const read_body = [&] { return body_.read(body, rules_.fields, rules_.instructions); };
        if (auto refused = detail::admit_update(read_body, body_.members(), token, user_id, *rules_.permissions,
                                                detail::null_clears_by(rules_), decided)) [[unlikely]]
            return refused;
        changes_.assign_attributes(body_);
        token_ = *token;
        user_id_ = user_id;
        decision_ = decided;
        return std::nullopt;
    }

    template<class Sink, class Tell>
    answer<user_change> apply_carefully(std::optional<std::string_view> stored, Sink& sink, Tell tell) const
    {
        detail::text_media media(stored, body_);
        auto made = detail::change_user(media, token_, user_id_, *decision_, rules_, tell);
        if (!made)
            return std::move(made).error();
        sink.append_owned(std::move(made->user));
        return user_change{sink.size, made->decision};
    }

    bool goes_straight(std::size_t stored_size) const noexcept
    {
        // Neither text is shorter than what of it counts.
        auto const limit = rules_.max_metadata_bytes;
        return !rules_.permissions->judges_effects && body_.text().size() <= limit &&
               stored_size <= limit - body_.text().size();
    }

    detail::text_body body_;
    detail::document_changes changes_; // of the body
    access_token token_;
    std::string_view user_id_;
    detail::rules_of_text rules_; // of the request
    std::optional<access_decision> decision_;
};

} // namespace metapatch::auth0

#endif

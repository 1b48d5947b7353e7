// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_REQUEST_LAWS_HPP
#define METAPATCH_TESTS_LAWS_REQUEST_LAWS_HPP

#include "grammar.hpp"
#include "numbers.hpp"
#include "request_forms.hpp"
#include "segments.hpp"
#include "splice_laws.hpp"
#include "user_laws.hpp"

#include <metapatch/auth0/login/signup.hpp>
#include <metapatch/auth0/management/resource_metadata.hpp>
#include <metapatch/json/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What holds of every request as texts, be they valid or not: all forms of one give the same, what the body does not name
/// keeps its bytes, and the way of the DOMs leads to the same.
namespace metapatch::laws {

/// A stored text and a body, and whoever asks; called, it tells of them.
struct request_texts {
    user_case on; ///< its DOMs are those of the texts, where `has_dom`
    std::optional<std::string_view> stored;
    std::string_view body;
    bool has_dom = false;

    std::string operator()() const
    {
        auto const number = [](std::size_t limit) { return limit == unlimited ? "any" : std::to_string(limit); };
        auto const& user = on.rules.user_metadata;
        return "  stored  " + excerpt(stored.value_or("none")) + "\n  body    " + excerpt(body) + "\n  scopes  " +
               on.scopes + "\n  subject " + std::string(on.subject.value_or("none")) +
               (on.rules.permissions.judges_effects ? ", documented" : "") + "\n  user_metadata: depth " +
               number(user.merge.depth) + ", members " + number(user.limits.max_members) + ", bytes " +
               number(user.limits.max_bytes) + ", nesting " + number(user.read.max_nesting) + "; together " +
               number(on.rules.max_metadata_bytes);
    }
};

inline constexpr std::size_t usual_nesting = auth0::user_metadata.read.max_nesting;

inline bool is_all_plain(std::string_view text)
{
    auto const numbers = numbers_of(text);
    return std::all_of(numbers.begin(), numbers.end(), is_plain);
}

/// Whether an object in a valid text holds a key twice.
inline bool repeats_keys(std::string_view text)
{
    return !read_value(text, {.max_nesting = nesting_ceiling, .duplicates = duplicate_keys::rejected});
}

/// The DOMs of texts that are valid, and hold no number that a DOM writes otherwise than it stood.
inline void read_doms(request_texts& texts)
{
    auto body = read_value(texts.body, {.max_nesting = nesting_ceiling});
    if (!body || !is_all_plain(texts.body) || !is_all_plain(texts.stored.value_or("")))
        return;
    // A member that loses against a later one counts in a text, and is not there in a DOM.
    auto const& reading = texts.on.rules.user_metadata.read;
    if (repeats_keys(texts.body) &&
        (reading.max_nesting < usual_nesting || reading.duplicates == duplicate_keys::rejected))
        return;
    texts.on.body = std::move(*body);
    texts.has_dom = true;
    if (!texts.stored)
        return;
    auto stored = read_value(*texts.stored, {.max_nesting = nesting_ceiling});
    texts.has_dom = stored && stored->is_object();
    if (texts.has_dom)
        texts.on.stored = std::move(stored->get_object());
}

/// What a request gives must be what the form for DOMs gives.
template<class ByDom, class ByText>
void require_as_by_dom(ByDom const& by_dom, ByText const& by_text, std::string_view text, request_texts const& texts)
{
    require(by_dom.has_value() == by_text.has_value(), texts);
    if (by_dom) {
        auto const value = read_value(text, {.max_nesting = nesting_ceiling});
        require(value && equal(*value, boost::json::value(*by_dom)), texts);
        return;
    }
    auto const expected = by_dom.error();
    auto const refused = by_text.error();
    require_same(boost::json::serialize(auth0::body(refused)), boost::json::serialize(auth0::body(expected)), texts);
    require(refused.sufficient == expected.sufficient, texts);
    auto const is_deep = [](violation const& each) { return each.code == errc::too_deep; };
    auto const& found = expected.violations;
    if (std::none_of(found.begin(), found.end(), is_deep)) // of a text at the place where it is too deep
        require(test::same_but_for_offsets(refused.violations, found), texts);
}

/// Check the forms of a request that looks at what is stored.
/// @param ask     asks with rules and an output
/// @param by_dom  gives what the form for DOMs gives
/// @return        the text, or nothing where the request is refused
template<class Ask, class ByDom>
std::optional<std::string> check_request(request_texts const& texts, Ask ask, ByDom by_dom)
{
    std::string text;
    auto const made = ask(texts.on.rules, text);
    auto const wanted = told(made, text);
    in_every_mode(texts.on.rules, texts.stored, [&](auth0::user_rules const& rules, bool is_right) {
        auto const all = told_to_every_output([&](auto& out) { return ask(rules, out); }, texts);
        require(!is_right || all == wanted, texts);
    });
    if (texts.has_dom)
        require_as_by_dom(by_dom(), made, text, texts);
    return made ? std::optional(text) : std::nullopt;
}

/// The answer with the document alone, as all endpoints but two have it.
inline auth0::answer<boost::json::object> only_user(user_answer made)
{
    if (!made)
        return std::move(made).error();
    return std::move(made->user);
}

/// The value of the last member of that name in a valid text.
inline std::string_view value_of(std::string_view text, std::string_view name)
{
    std::string_view value;
    for (auto const& each : segments_of(text))
        value = each.key == name ? each.value : value;
    return value;
}

/// What a body does not name keeps its bytes, in the root and in its fields.
inline void check_bytes_of_update(request_texts const& texts, std::string_view made)
{
    auto const body = read_value(texts.body, {.max_nesting = nesting_ceiling});
    if (!body)
        return; // it holds a number that is beyond all
    auto const& asked = body->get_object();
    require_bytes_kept(*texts.stored, made, "",
                       [&](std::string_view, std::string_view key) { return asked.contains(key); });
    for (std::string_view const name : {"user_metadata", "app_metadata"}) {
        auto const& policy = name == "user_metadata" ? texts.on.rules.user_metadata : texts.on.rules.app_metadata;
        auto const* patch = asked.if_contains(name);
        auto const now = value_of(made, name);
        auto const before = value_of(*texts.stored, name);
        if (patch == nullptr || !patch->is_object() || patch->get_object().empty() || policy.merge.depth != 1 ||
            !now.starts_with('{') || !before.starts_with('{'))
            continue;
        require_bytes_kept(before, now, name,
                           [&](std::string_view, std::string_view key) { return patch->get_object().contains(key); });
    }
}

inline void check_update_of_texts(request_texts const& texts)
{
    auto const& on = texts.on;
    check_update_forms(on, texts.stored, texts.body);
    std::string text;
    auto const made = auth0::update_user(texts.stored, on.token(), "me", texts.body, text, on.rules);
    if (texts.has_dom)
        require_as_by_dom(only_user(updated(on)), made, text, texts);
    if (!made)
        return;
    require(!model::fault_of(text, nesting_ceiling), texts);
    check_bytes_of_update(texts, text);
}

inline void check_views_of_texts(request_texts const& texts)
{
    auto const& on = texts.on;
    std::array<std::string_view, 4> const names{"name", "user_metadata", "identities", "password"};
    for (auto const& fields :
         {auth0::view_fields{}, auth0::view_fields{names, true}, auth0::view_fields{names, false}}) {
        check_view_forms(on, texts.stored, fields);
        check_request(
            texts,
            [&](auto const& rules, auto& out) {
                return auth0::view_user(texts.stored, on.token(), "me", out, fields, rules);
            },
            [&] { return auth0::view_user(on.stored, on.token(), "me", fields, on.rules); });
    }
}

inline void check_multifactor_of_texts(request_texts const& texts)
{
    auto const& on = texts.on;
    auto const made = check_request(
        texts,
        [&](auto const& rules, auto& out) {
            return auth0::delete_multifactor_provider(texts.stored, on.token(), "me", "duo", out, rules);
        },
        [&] { return auth0::delete_multifactor_provider(on.stored, on.token(), "me", "duo", on.rules); });
    if (made)
        require_bytes_kept(*texts.stored, *made, "",
                           [](std::string_view, std::string_view key) { return key == "multifactor"; });
}

/// Requests that make something new of a body alone. What is stored they do not look at.
inline void check_new_documents(request_texts texts)
{
    auto const& on = texts.on;
    texts.stored = std::nullopt;
    check_request(
        texts,
        [&](auto const& rules, auto& out) { return auth0::create_user(on.token(), "m\"e", texts.body, out, rules); },
        [&] { return only_user(auth0::create_user(on.token(), "m\"e", on.body, on.rules)); });
    check_request(
        texts, [&](auto const& rules, auto& out) { return auth0::signup("me", texts.body, out, rules.user_metadata); },
        [&] { return auth0::signup("me", on.body, on.rules.user_metadata); });
}

/// The same texts as those of another resource, whose field has the name of the users' one.
inline void check_resource_of_texts(request_texts const& texts, auth0::resource kind)
{
    auto on = texts.on;
    on.scopes += " update:clients create:clients update:organizations create:organizations update:sessions";
    kind.metadata = "user_metadata";
    check_request(
        texts,
        [&](auto const& rules, auto& out) {
            return auth0::update_metadata(kind, texts.stored, on.token(), texts.body, out, auth0::enforced,
                                          {rules.stored, *rules.instructions});
        },
        [&] { return auth0::update_metadata(kind, on.stored, on.token(), on.body); });
    auto none = texts;
    none.stored = std::nullopt;
    check_request(
        none, [&](auto const&, auto& out) { return auth0::create_metadata(kind, on.token(), texts.body, out); },
        [&] { return auth0::create_metadata(kind, on.token(), on.body); });
}

/// What no reader admits is refused for that.
inline void check_faulty_texts(request_texts const& texts)
{
    using enum auth0::refusal_reason;
    auto const& on = texts.on;
    auto const made = auth0::update_user(texts.stored, on.token(), "me", texts.body, on.rules);
    if (model::fault_of(texts.body, nesting_ceiling))
        require(!made && (made.error().why == insufficient_scope || made.error().why == malformed_body), texts);
    else if (texts.stored && model::fault_of(*texts.stored, nesting_ceiling))
        require(!made && made.error().why != not_found && made.error().why != rule_violation, texts);
}

/// What of these laws to check.
enum class request_laws { all, update, views, multifactor, new_documents, resources };

/// @param kind   of resources, which the texts are taken for too
/// @param which  in a fuzzer, where all take their time
inline void check_requests(user_case const& on, std::optional<std::string_view> stored_bytes,
                           std::string_view body_bytes, auth0::resource const& kind,
                           request_laws which = request_laws::all)
{
    exact_text const stored(stored_bytes.value_or(""));
    exact_text const body(body_bytes);
    request_texts texts{on, stored_bytes ? std::optional<std::string_view>(stored) : std::nullopt, body};
    texts.on.rules.instructions = fastest_scan();
    texts.on.stored.reset();
    read_doms(texts);
    auto const asks_for = [which](request_laws each) { return which == request_laws::all || which == each; };
    if (asks_for(request_laws::update)) {
        check_faulty_texts(texts);
        check_update_of_texts(texts);
    }
    if (asks_for(request_laws::views))
        check_views_of_texts(texts);
    if (asks_for(request_laws::multifactor))
        check_multifactor_of_texts(texts);
    if (asks_for(request_laws::new_documents))
        check_new_documents(texts);
    if (asks_for(request_laws::resources))
        check_resource_of_texts(texts, kind);
}

} // namespace metapatch::laws

#endif

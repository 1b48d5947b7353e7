// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_REQUEST_FORMS_HPP
#define METAPATCH_TESTS_LAWS_REQUEST_FORMS_HPP

#include "../support.hpp"
#include "require.hpp"
#include "segments.hpp"
#include "user_cases.hpp"

#include <metapatch/auth0/management/update_user.hpp>
#include <metapatch/auth0/management/view_user.hpp>
#include <metapatch/simd/is_json.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Requests as texts have many forms: checked and trusted, by each set of instructions, into a string, a buffer or pieces,
/// read anew or into an object that is used again. All of them give the same.
namespace metapatch::laws {

inline std::string joined(text_pieces const& out)
{
    std::string text;
    for (auto const piece : out.pieces)
        text += piece;
    return text;
}

/// What an answer says in all that a caller may look at.
template<class T>
std::string told(auth0::answer<T> const& made, std::string_view text)
{
    if (made)
        return std::string(text);
    std::string all = boost::json::serialize(auth0::body(made.error())) + test::told(made.error().violations);
    for (auto const& set : made.error().sufficient) {
        for (auto const scope : set)
            all.append(" ").append(scope);
    }
    return all;
}

/// Whether a stored text may be trusted.
inline bool is_trustworthy(std::optional<std::string_view> stored)
{
    return !stored || (is_json(*stored) && metapatch::detail::first_byte(*stored) == '{');
}

/// Call `check(rules)` for each way to read a stored text; a text that is no JSON object is trusted too, but then
/// `is_right` is false: any answer will do that ends.
template<class Check>
void in_every_mode(auth0::user_rules rules, std::optional<std::string_view> stored, Check check)
{
    for (auto const instructions : test::every_scan()) {
        rules.instructions = instructions;
        rules.stored = stored_text::checked;
        check(rules, true);
        rules.stored = stored_text::trusted;
        check(rules, is_trustworthy(stored));
    }
}

/// @return what the update gives
inline std::string check_update_forms(user_case const& on, std::optional<std::string_view> stored,
                                      std::string_view body)
{
    auto const words = [&] { return on.words(); };
    auto const made = auth0::update_user(stored, on.token(), "me", body, on.rules);
    auto const wanted = told(made, made ? made->user : std::string());
    auth0::user_update update;
    in_every_mode(on.rules, stored, [&](auth0::user_rules const& rules, bool is_right) {
        std::string text = "before ";
        auto const to_string = auth0::update_user(stored, on.token(), "me", body, text, rules);
        require(text.starts_with("before ") && (to_string || text.size() == 7), words);
        require(!is_right || told(to_string, text.substr(7)) == wanted, words);
        if (auto const refused = update.read(on.token(), "me", body, rules)) {
            require(told(auth0::answer<int>(*refused), {}) == wanted, words);
            return;
        }
        text_pieces pieces;
        auto const to_pieces = update.apply(stored, pieces);
        require(told(to_pieces, joined(pieces)) == told(to_string, text.substr(7)), words);
        require(to_pieces || (pieces.pieces.empty() && pieces.owned.empty()), words);
        std::vector<char> room(text.size());
        std::span<char> buffer(room);
        auto const to_buffer = update.apply(stored, buffer);
        auto const size = to_buffer ? to_buffer->size : 0;
        require(told(to_buffer, std::string_view(room.data(), size)) == told(to_string, text.substr(7)), words);
    });
    return wanted;
}

/// A view in all forms, in which every member that is shown has the bytes of the stored one, but for `identities`.
inline void check_view_forms(user_case const& on, std::optional<std::string_view> stored, auth0::view_fields fields)
{
    auto const words = [&] { return on.words(); };
    auto const seen = auth0::view_user(stored, on.token(), "me", fields, on.rules);
    auto const wanted = told(seen, seen ? *seen : std::string());
    in_every_mode(on.rules, stored, [&](auth0::user_rules const& rules, bool is_right) {
        text_pieces pieces;
        auto const to_pieces = auth0::view_user(stored, on.token(), "me", pieces, fields, rules);
        std::string text;
        auto const to_string = auth0::view_user(stored, on.token(), "me", text, fields, rules);
        require(told(to_string, text) == told(to_pieces, joined(pieces)), words);
        require(!is_right || told(to_string, text) == wanted, words);
    });
    if (!seen)
        return;
    auto const before = segments_of(*stored);
    for (auto const& shown : segments_of(*seen)) {
        require(shown.key != "password", words);
        bool const is_there = std::any_of(before.begin(), before.end(), [&](segment const& each) {
            return each.key == shown.key && (each.value == shown.value || shown.key == "identities");
        });
        require(is_there, words);
    }
}

/// Members of the root and of metadata that a body does not name keep their bytes and their order.
/// @param named  says of a member, and of the field that it is in ("" for the root), whether the body names it
template<class Named>
void require_bytes_kept(std::string_view before, std::string_view after, std::string_view field, Named named)
{
    auto const now = segments_of(after);
    auto place = now.begin();
    for (auto const& old : segments_of(before)) {
        if (named(field, old.key))
            continue;
        place = std::find_if(place, now.end(),
                             [&old](segment const& each) { return each.key == old.key && each.value == old.value; });
        require(place != now.end(), [&] {
            return "  before  " + std::string(before) + "\n  after   " + std::string(after) + "\n  member  " + old.key;
        });
        ++place;
    }
}

/// The same text with white space between its tokens, and some letters of its strings as escapes.
inline std::string spaced(std::string_view text, model::generator& random)
{
    std::string made;
    bool in_string = false;
    auto const blank = [&] {
        constexpr std::string_view some[] = {"", "", "", " ", "\n", "\t \r\n", "          "};
        made += some[random.below(std::size(some))];
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        bool const structural = std::string_view("{}[]:,").find(c) != std::string_view::npos;
        if (!in_string && structural)
            blank();
        if (in_string && c == '\\') {
            made.append(text.substr(i, 2));
            ++i;
            continue;
        }
        if (in_string && c >= 'a' && c <= 'z' && random.one_in(40)) {
            constexpr std::string_view hex = "0123456789abcdef";
            made.append("\\u00") += hex[static_cast<std::size_t>(c) >> 4];
            made += hex[static_cast<std::size_t>(c) & 15];
            continue;
        }
        made += c;
        in_string = in_string != (c == '"');
        if (!in_string && structural)
            blank();
    }
    return made;
}

} // namespace metapatch::laws

#endif

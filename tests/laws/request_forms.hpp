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
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

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

inline std::size_t size_of(std::size_t size) noexcept
{
    return size;
}

inline std::size_t size_of(auth0::user_change const& change) noexcept
{
    return change.size;
}

/// What a request gives: the same to each kind of output, which is left as it was where the request is refused; a buffer
/// that is too small learns the size.
/// @param ask  asks with an output
template<class Ask, class Words>
std::string told_to_every_output(Ask ask, Words const& words)
{
    constexpr std::string_view before = "before ";
    std::string text(before);
    auto const to_string = ask(text);
    require(text.starts_with(before) && (to_string || text.size() == before.size()), words);
    text.erase(0, before.size());
    require(!to_string || size_of(*to_string) == text.size(), words);
    auto const wanted = told(to_string, text);

    text_pieces pieces{{before}, {}};
    auto const to_pieces = ask(pieces);
    require(told(to_pieces, joined(pieces).substr(before.size())) == wanted, words);
    require(to_pieces ? size_of(*to_pieces) == text.size() : pieces.pieces.size() == 1 && pieces.owned.empty(), words);

    for (auto const room : {text.size(), text.size() / 2, 2 * text.size() + 10'000}) {
        auto const bytes = std::make_unique<char[]>(room); // the sanitizer sees what is written beyond it
        std::span<char> buffer(bytes.get(), room);
        auto const to_buffer = ask(buffer);
        bool const all = room >= text.size();
        std::string_view const held(bytes.get(), std::min(room, text.size()));
        require(told(to_buffer, all ? held : std::string_view(text)) == wanted, words);
        require(!to_buffer || size_of(*to_buffer) == text.size(), words);
    }
    return wanted;
}

/// Check that a request gives the same in every mode and to every output.
/// @param ask  asks with rules and an output
template<class Ask>
void check_forms(user_case const& on, std::optional<std::string_view> stored, std::string const& wanted, Ask ask)
{
    auto const words = [&] { return on.words(); };
    in_every_mode(on.rules, stored, [&](auth0::user_rules const& rules, bool is_right) {
        auto const told = told_to_every_output([&](auto& out) { return ask(rules, out); }, words);
        require(!is_right || told == wanted, words);
    });
}

/// @return what the update gives
inline std::string check_update_forms(user_case const& on, std::optional<std::string_view> stored,
                                      std::string_view body)
{
    auto const words = [&] { return on.words(); };
    auto const made = auth0::update_user(stored, on.token(), "me", body, on.rules);
    auto const wanted = told(made, made ? made->user : std::string());
    check_forms(on, stored, wanted, [&](auth0::user_rules const& rules, auto& out) {
        return auth0::update_user(stored, on.token(), "me", body, out, rules);
    });
    auth0::user_update update;
    in_every_mode(on.rules, stored, [&](auth0::user_rules const& rules, bool is_right) {
        // What was read before leaves no trace.
        static_cast<void>(update.read(on.token(), "me", stored.value_or("{"), rules));
        auto const refused = update.read(on.token(), "me", body, rules);
        require(update.is_admitted() == !refused, words);
        auto const told_by_it = refused
                                    ? told(auth0::answer<int>(*refused), {})
                                    : told_to_every_output([&](auto& out) { return update.apply(stored, out); }, words);
        require(told_by_it == wanted || !(is_right || refused), words);
        update.prepare();
        require(refused ||
                    told_to_every_output([&](auto& out) { return update.apply(stored, out); }, words) == told_by_it,
                words);
    });
    return wanted;
}

/// A view in all forms, in which every member that is shown has the bytes of the stored one, but for `identities`.
inline void check_view_forms(user_case const& on, std::optional<std::string_view> stored, auth0::view_fields fields)
{
    auto const words = [&] { return on.words(); };
    auto const seen = auth0::view_user(stored, on.token(), "me", fields, on.rules);
    check_forms(on, stored, told(seen, seen ? *seen : std::string()), [&](auth0::user_rules const& rules, auto& out) {
        return auth0::view_user(stored, on.token(), "me", out, fields, rules);
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

// SPDX-License-Identifier: BSL-1.0
// Requests to update a user. The first line has the knobs: the table (`1` is the documented one), the subject (`0` none,
// `1` the user, `2` another), the most bytes of metadata (in tens), the most members of app_metadata. The second has the
// scopes. Then come the stored user, where there is one, and the body.
#include "../laws/grammar.hpp"
#include "../laws/numbers.hpp"
#include "../laws/segments.hpp"
#include "../laws/user_laws.hpp"
#include "input.hpp"
#include "value.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

using namespace metapatch;

namespace {

constexpr std::size_t max_nesting = 64; // of users whose laws are tried; as texts they may be nested in any way

bool tells_secret(std::string_view text)
{
    return text.find(laws::secret) != std::string_view::npos;
}

bool is_all_plain(std::string_view text)
{
    auto const numbers = laws::numbers_of(text);
    return std::all_of(numbers.begin(), numbers.end(), laws::is_plain);
}

/// Of texts of any kind: what no reader admits is refused for that, what the body does not name keeps its bytes, and the
/// way of the DOMs leads to the same.
void check_any_texts(laws::user_case on, fuzz::texts const& texts)
{
    auto const words = [&] {
        return "  stored  " + laws::excerpt(texts.stored.value_or("none")) + "\n  body    " +
               laws::excerpt(texts.patch) + "\n  scopes  " + on.scopes;
    };
    auto const made = auth0::update_user(texts.stored, on.token(), "me", texts.patch, on.rules);
    laws::check_update_forms(on, texts.stored, texts.patch);
    laws::check_view_forms(on, texts.stored, {});
    using enum auth0::refusal_reason;
    if (model::fault_of(texts.patch, nesting_ceiling)) {
        laws::require(!made && (made.error().why == insufficient_scope || made.error().why == malformed_body), words);
        return;
    }
    if (texts.stored && model::fault_of(*texts.stored, nesting_ceiling)) {
        laws::require(!made && made.error().why != not_found && made.error().why != rule_violation, words);
        return;
    }
    auto const body = read_value(texts.patch, {.max_nesting = nesting_ceiling});
    if (made) {
        laws::require(!model::fault_of(made->user, nesting_ceiling), words);
        auto const after = laws::segments_of(made->user);
        for (auto const& old : laws::segments_of(*texts.stored)) {
            bool const kept = std::any_of(after.begin(), after.end(), [&](auto const& each) {
                return each.key == old.key && each.value == old.value;
            });
            laws::require(!body || body->get_object().contains(old.key) || kept, words);
        }
    }
    if (!body || !is_all_plain(texts.patch) || !is_all_plain(texts.stored.value_or("")))
        return;
    on.body = std::move(*body);
    if (texts.stored) {
        auto stored = read_value(*texts.stored, {.max_nesting = nesting_ceiling});
        if (!stored->is_object()) {
            laws::require(!made, words);
            return;
        }
        on.stored = std::move(stored->get_object());
    }
    auto const by_dom = laws::updated(on);
    using answer = auth0::answer<boost::json::object>;
    using text_answer = auth0::answer<std::string>;
    laws::require_alike(by_dom ? answer(by_dom->user) : answer(by_dom.error()),
                        made ? text_answer(made->user) : text_answer(made.error()), on);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto rest = fuzz::bytes(data, size);
    fuzz::knobs line(fuzz::take_line(rest));
    laws::user_case on{{}, {}, {}, {}, auth0::standard_user_rules};
    if (line.turn() % 2 == 1)
        on.rules.permissions = auth0::documented;
    if (auto const who = line.turn() % 3; who > 0)
        on.subject = who == 1 ? "me" : "you";
    if (auto const tens = line.turn(); tens > 0)
        on.rules.max_metadata_bytes = 10 * tens;
    line.limit(on.rules.app_metadata.limits.max_members);
    on.scopes = fuzz::take_line(rest);
    auto const texts = fuzz::split(rest);
    check_any_texts(on, texts);

    auto body = fuzz::value_of(texts.patch, max_nesting);
    auto stored = fuzz::value_of(texts.stored.value_or("{}"), max_nesting);
    if (!body || !stored || !stored->is_object() || !test::all_finite(*stored))
        return 0; // no reader gives such a user
    // The secret is the password that the body brings, and it is nowhere else.
    auto rid = *body;
    bool has_password = false;
    if (body->is_object()) {
        auto* const password = body->get_object().if_contains("password");
        has_password = password != nullptr && password->is_string() && !password->get_string().empty();
        if (has_password) {
            *password = laws::secret;
            rid.get_object()["password"] = nullptr;
        }
    }
    if (tells_secret(boost::json::serialize(rid)) || tells_secret(boost::json::serialize(*stored)) ||
        tells_secret(on.scopes))
        return 0;
    on.body = std::move(*body);
    if (texts.stored)
        on.stored = std::move(stored->get_object());
    laws::check_user(on);
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
// Requests for a user, and for the other resources, as texts. The first line has the knobs: the table (`1` is the
// documented one), the subject (`0` none, `1` the user, `2` another), the most bytes of metadata (in tens), the most
// members of app_metadata; those of `fuzz::turned` for user_metadata, eleven of them; which resource the texts are taken
// for; and which requests are tried (`0` all, `1` the update, and so on). The second has the scopes. Then come the stored
// user, where there is one, and the body.
#include "../laws/request_laws.hpp"
#include "input.hpp"
#include "value.hpp"

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

/// Of users as DOMs, that no answer tells a secret, and that more scopes allow more.
void check_user(laws::user_case on, fuzz::texts const& texts)
{
    auto body = fuzz::value_of(texts.patch, max_nesting);
    auto stored = fuzz::value_of(texts.stored.value_or("{}"), max_nesting);
    if (!body || !stored || !stored->is_object() || !test::all_finite(*stored))
        return; // no reader gives such a user
    // The secret is the password that the body brings, and it is nowhere else.
    auto rid = *body;
    if (body->is_object()) {
        auto* const password = body->get_object().if_contains("password");
        if (password != nullptr && password->is_string() && !password->get_string().empty()) {
            *password = laws::secret;
            rid.get_object()["password"] = nullptr;
        }
    }
    if (tells_secret(boost::json::serialize(rid)) || tells_secret(boost::json::serialize(*stored)) ||
        tells_secret(on.scopes))
        return;
    on.body = std::move(*body);
    if (texts.stored)
        on.stored = std::move(stored->get_object());
    laws::check_user(on);
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
    on.rules.user_metadata = fuzz::turned(on.rules.user_metadata, line);
    auto const& kind = *auth0::resources[line.turn() % auth0::resources.size()];
    auto const which = static_cast<laws::request_laws>(line.turn() % 6);
    on.scopes = fuzz::take_line(rest);
    auto const texts = fuzz::split(rest);
    laws::check_requests(on, texts.stored, texts.patch, kind, which);
    if (which == laws::request_laws::all)
        check_user(on, texts);
    return 0;
}

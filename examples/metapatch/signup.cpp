// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "input.hpp"
#include "service_answer.hpp"
#include "user_document.hpp"

#include <metapatch/auth0/login/passkey_signup.hpp>
#include <metapatch/auth0/login/signup.hpp>

namespace tool {

namespace auth0 = metapatch::auth0;

exit_status signup(options const& asked)
{
    auto const body = read_argument(*asked.user.body);
    auto const user_id = asked.user.user_id.value_or("auth0|1");
    auto const made = asked.user.passkey ? auth0::passkey_signup(user_id, body) : auth0::signup(user_id, body);
    if (!made)
        return say_service_refusal(asked, made.error(), {body});
    if (!asked.user.response)
        return say_document(*made);
    metapatch::exact_dom dom;
    auto const user = object_in(dom, *made, "the new user");
    // What is not of the user is no number: `write` can write it.
    return say_document(dom.write(auth0::signup_response(user)));
}

} // namespace tool

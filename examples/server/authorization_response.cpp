// SPDX-License-Identifier: BSL-1.0
#include "authorization_response.hpp"

#include "login_pages.hpp"
#include "url.hpp"

#include <string>

namespace server {

namespace {

response redirection(authorization_request const& wanted, std::string address)
{
    // After a form with a password 303, so that nobody sends it on. Source: RFC 9700 §4.12
    int const status = wanted.asked.method == "POST" ? 303 : 302;
    return {status,
            {},
            {{"Location", std::move(address)}, {"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}}};
}

} // namespace

response answer_client(authorization_request const& wanted, named_values parameters)
{
    if (auto const state = wanted.asked.form.find("state"))
        parameters.add("state", std::string(*state));
    switch (wanted.mode) {
    case response_mode::form_post:
        return form_post_page(wanted.redirect_uri, parameters);
    case response_mode::web_message:
        return web_message_page(origin_of(wanted.redirect_uri), parameters);
    case response_mode::fragment:
        return redirection(wanted, wanted.redirect_uri + '#' + written_pairs(parameters));
    case response_mode::query:
        break;
    }
    char const separator = wanted.redirect_uri.find('?') == std::string::npos ? '?' : '&';
    return redirection(wanted, wanted.redirect_uri + separator + written_pairs(parameters));
}

response refuse_client(authorization_request const& wanted, login_refused const& why)
{
    named_values parameters;
    parameters.add("error", why.error);
    parameters.add("error_description", why.description);
    return answer_client(wanted, std::move(parameters));
}

} // namespace server

// SPDX-License-Identifier: BSL-1.0
#include "login_pages.hpp"

#include "secrets.hpp"
#include "url.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

namespace server {

namespace json = boost::json;

namespace {

constexpr std::string_view style = "body{font:16px sans-serif;max-width:20em;margin:4em auto;padding:0 1em}"
                                   "label,input,button{display:block;box-sizing:border-box;width:100%;margin:.3em 0}"
                                   "input,button{font:inherit;padding:.5em}button{margin-top:1em}";

std::string escaped_for_html(std::string_view text)
{
    std::string made;
    for (char const c : text)
        switch (c) {
        case '&':
            made += "&amp;";
            break;
        case '<':
            made += "&lt;";
            break;
        case '>':
            made += "&gt;";
            break;
        case '"':
            made += "&quot;";
            break;
        case '\'':
            made += "&#39;";
            break;
        default:
            made += c;
        }
    return made;
}

/// JSON that stays within its script, whatever its strings say.
std::string escaped_for_script(json::object const& value)
{
    std::string made;
    for (char const c : json::serialize(value))
        if (c == '<' || c == '>' || c == '&')
            made.append(c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : "\\u0026");
        else
            made += c;
    return made;
}

response html_page(int status, std::string_view title, std::string_view body, std::string policy)
{
    std::string text("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>");
    text.append(title).append("</title><style>").append(style).append("</style>").append(body);
    return {status,
            std::move(text),
            {{"Content-Type", "text/html; charset=utf-8"},
             {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; " + std::move(policy)},
             {"Cache-Control", "no-store"},
             {"Referrer-Policy", "no-referrer"}}};
}

/// A page for somebody to look at, which no other page frames.
response shown_page(int status, std::string_view title, std::string_view body)
{
    auto made = html_page(status, title, body, "frame-ancestors 'none'");
    made.headers.push_back({"X-Frame-Options", "DENY"});
    return made;
}

/// A page that does something by itself.
response script_page(std::string_view title, std::string_view body, std::string_view script)
{
    auto const nonce = random_hex(16);
    std::string text(body);
    text.append("<script nonce=\"").append(nonce).append("\">").append(script).append("</script>");
    return html_page(200, title, text, "script-src 'nonce-" + nonce + "'");
}

} // namespace

response fault_page(std::string_view fault)
{
    return shown_page(400, "Oops", "<h1>Oops!, something went wrong</h1><p>" + escaped_for_html(fault));
}

response login_page(named_values const& parameters, std::string_view address, std::string_view fault)
{
    std::string body("<h1>Log in</h1>");
    if (!fault.empty())
        body.append("<p role=\"alert\">").append(escaped_for_html(fault));
    body.append("<form method=\"post\" action=\"?").append(escaped_for_html(written_pairs(parameters))).append("\">");
    body.append("<label>Email address<input name=\"username\" type=\"text\" required autofocus"
                " autocomplete=\"username\" value=\"");
    body.append(escaped_for_html(address));
    body.append("\"></label><label>Password<input name=\"password\" type=\"password\" required"
                " autocomplete=\"current-password\"></label><button>Continue</button></form>");
    return shown_page(fault.empty() ? 200 : 400, "Log in", body);
}

response form_post_page(std::string_view redirect_uri, named_values const& parameters)
{
    std::string body("<form method=\"post\" action=\"");
    body.append(escaped_for_html(redirect_uri)).append("\">");
    for (auto const& [name, value] : parameters)
        body.append("<input type=\"hidden\" name=\"" + escaped_for_html(name) + "\" value=\"" +
                    escaped_for_html(value) + "\">");
    body.append("<noscript><button>Continue</button></noscript></form>");
    return script_page("Logged in", body, "document.forms[0].submit()");
}

response web_message_page(std::string_view origin, named_values const& parameters)
{
    json::object answer;
    for (auto const& [name, value] : parameters)
        answer[name] = value;
    json::object const message{{"origin", origin},
                               {"message", {{"type", "authorization_response"}, {"response", std::move(answer)}}}};
    return script_page("Logged in", "",
                       "const it = " + escaped_for_script(message) +
                           "; (window.opener ?? window.parent).postMessage(it.message, it.origin)");
}

} // namespace server

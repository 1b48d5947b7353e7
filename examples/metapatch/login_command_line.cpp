// SPDX-License-Identifier: BSL-1.0
#include "command_parts.hpp"
#include "login_help_texts.hpp"

namespace tool {

namespace {

void add_userinfo(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("userinfo", "The claims of a user that scopes give a client");
    command.footer(help::userinfo);
    command.add_option("USER", into.operands[0], "The user, a whole profile")->type_name(document_argument)->required();
    command.add_option("CLAIMS", into.operands[1], "The custom claims, names and values")->type_name(document_argument);
    command.add_option("--scopes", into.scopes, "The scopes of the token, separated by spaces")
        ->type_name("SCOPES")
        ->required();
    add_output(command, into);
}

void add_lock(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("lock", "The signup that Auth0's Lock posts for its additional fields");
    command.footer(help::lock);
    command.add_option("FIELDS", into.operands[0], "The definition: additionalSignUpFields")
        ->type_name(document_argument)
        ->required();
    command.add_option("VALUES", into.operands[1], "What was entered, by names of fields")
        ->type_name(document_argument)
        ->required();
    command.add_option("FORM", into.operands[2], "The form beside them: email, password and so on")
        ->type_name(document_argument);
    add_output(command, into);
}

} // namespace

void add_login_commands(CLI::App& whole, options& into)
{
    add_userinfo(whole, into);
    add_lock(whole, into);
}

} // namespace tool

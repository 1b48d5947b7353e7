// SPDX-License-Identifier: BSL-1.0
#include "command_parts.hpp"
#include "user_help_texts.hpp"
#include "word_check.hpp"

#include <vector>

namespace tool {

namespace {

void add_table(CLI::App& command, options& into)
{
    command.add_option("--table", into.user.table, "The permissions: enforced, which is the default, or documented")
        ->type_name("TABLE")
        ->option_text("TABLE")
        ->check(one_of({"enforced", "documented"}));
}

CLI::Option& add_scopes(CLI::App& command, options& into)
{
    auto* const scopes = command.add_option("--scopes", into.user.scopes, "The token's scopes, with spaces between");
    command
        .add_option("--subject", into.user.subject, "The token's subject, its claim sub; none in an application's own")
        ->type_name("ID");
    return *scopes->type_name("SCOPES");
}

void add_headers(CLI::App& command, options& into)
{
    command.add_flag("--headers", into.user.headers, "Say the headers of a refusal too, on standard error");
    add_when(command, "--color", into.color, "When to colour what is said on standard error; auto honours NO_COLOR");
}

void add_authorize(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("authorize", "Tell who may do what, or decide about one request");
    command.footer(help::authorize);
    add_table(command, into);
    command
        .add_option("--operation", into.user.operation, "Such as 'PATCH /users/{id}'; of the table a part is enough")
        ->type_name("OPERATION");
    add_scopes(command, into);
    command
        .add_option("--user", into.user.user_id, "The id of the user that it is done to; by default that in --stored")
        ->type_name("ID");
    command.add_option("--body", into.user.body, "The body: its members are the fields that are touched")
        ->type_name(document_argument);
    command
        .add_option("--stored", into.user.document,
                    "The user as stored, for the effects that --table documented judges")
        ->type_name(document_argument);
    add_output(command, into);
}

void add_users_patch(CLI::App& users, options& into)
{
    auto& command = *users.add_subcommand("patch", "Answer PATCH /users/{id}: a whole body against a user");
    command.footer(help::users_patch);
    command.add_option("USER", into.user.document, "The user as stored; null where there is none")
        ->type_name(document_argument);
    command.add_option("BODY", into.user.body, "The whole body")->type_name(document_argument);
    add_scopes(command, into).required();
    command.add_option("--user-id", into.user.user_id, "The id in the path; by default the user's own user_id")
        ->type_name("ID");
    add_table(command, into);
    command
        .add_option("--warn-beyond", into.user.warn_beyond,
                    "Warn of a user of more bytes than that, 10240 unless given; no user is refused for it")
        ->type_name("BYTES");
    add_headers(command, into);
    add_batch_inputs(command, into, "users");
    add_batch_patches(command, into, "user");
    add_batch_changes(command, into, R"({"line":N,"user_id":...,"statusCode":...,"reason":...})");
    add_output_form(command, into);
}

void add_users_create(CLI::App& users, options& into)
{
    auto& command = *users.add_subcommand("create", "Answer POST /users: the new user of a body");
    command.footer(help::users_create);
    command.callback([&into] { into.user.creates = true; });
    command.add_option("BODY", into.user.body, "The whole body")->type_name(document_argument);
    add_scopes(command, into).required();
    command
        .add_option("--user-id", into.user.user_id,
                    "The id that the store assigned; unless given auth0| and the user_id of the body, or auth0|1")
        ->type_name("ID");
    add_table(command, into);
    add_headers(command, into);
    add_batch_inputs(command, into, "bodies");
    add_batch_changes(command, into, R"({"line":N,"user_id":...,"statusCode":...,"reason":...})");
    add_output_form(command, into);
}

void add_users(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("users", "Answer requests to the Management API about users");
    command.footer(help::users);
    command.require_subcommand(1);
    add_users_patch(command, into);
    add_users_create(command, into);
}

void add_signup(CLI::App& whole, options& into)
{
    auto& command =
        *whole.add_subcommand("signup", "Answer a sign-up, POST /dbconnections/signup: the new user of a body");
    command.footer(help::signup);
    command.add_option("BODY", into.user.body, "The whole body")->type_name(document_argument)->required();
    command.add_option("--user-id", into.user.user_id, "The id that the store assigned, unless given auth0|1")
        ->type_name("ID");
    auto* const response =
        command.add_flag("--response", into.user.response, "Print what the service answers, in place of the user");
    command.add_flag("--passkey", into.user.passkey, "BODY is that of POST /passkey/register, a passkey challenge")
        ->excludes(response);
    add_headers(command, into);
}

} // namespace

void add_user_commands(CLI::App& whole, options& into)
{
    add_authorize(whole, into);
    add_users(whole, into);
    add_signup(whole, into);
}

} // namespace tool

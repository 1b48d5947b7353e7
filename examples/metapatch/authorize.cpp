// SPDX-License-Identifier: BSL-1.0
#include "authorize.hpp"

#include "answer.hpp"
#include "commands.hpp"
#include "service_answer.hpp"
#include "text_table.hpp"
#include "writer.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

namespace json = boost::json;

namespace {

json::object row(metapatch::access_rule const& rule)
{
    json::object made{{"operation", rule.operation}, {"scope", rule.scope}};
    made["fields"] = rule.fields.empty() ? json::value() : json::value(list(rule.fields));
    made["own_subject_only"] = rule.own_subject_only;
    return made;
}

exit_status print_table(options const& asked)
{
    std::vector<metapatch::access_rule> rules;
    for (auto const& rule : table_of(asked.user).rules) {
        if (rule.operation.find(asked.user.operation) != std::string_view::npos)
            rules.push_back(rule);
    }
    if (rules.empty())
        throw usage_error("--operation: the table has no operation with this in it: " +
                          printable(asked.user.operation));

    std::vector<std::array<std::string, 4>> rows{{"OPERATION", "SCOPE", "FIELDS", "OF"}};
    std::string lines;
    for (auto const& rule : rules) {
        rows.push_back({std::string(rule.operation), std::string(rule.scope),
                        rule.fields.empty() ? "all" : joined(rule.fields, ","),
                        rule.own_subject_only ? "the token's subject" : "anyone"});
        lines += (lines.empty() ? "[" : ",\n") + json::serialize(row(rule));
    }
    auto out = writer::to_standard_output();
    out.write(answers_in_text(asked) ? text_table(std::move(rows)) : lines + "]\n");
    out.finish();
    return exit_status::applied;
}

} // namespace

exit_status authorize(options const& asked)
{
    auto const& given = asked.user;
    if (!given.scopes) {
        if (given.subject || given.user_id || given.body || given.document)
            throw usage_error("--subject, --user, --body and --stored go with --scopes");
        return print_table(asked);
    }
    if (given.operation.empty())
        throw usage_error("--scopes goes with --operation, such as 'PATCH /users/{id}'");
    if (given.body == "-" && given.document == "-")
        throw usage_error("standard input cannot be both --body and --stored");
    return decide(asked);
}

} // namespace tool

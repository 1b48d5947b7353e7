// SPDX-License-Identifier: BSL-1.0
#include "command_tree.hpp"

namespace tool {

namespace {

/// The members of the set in a type's name: `WHEN:{auto,always}`.
std::vector<std::string> choices_in(std::string const& type)
{
    std::vector<std::string> choices;
    auto const open = type.find('{');
    auto const close = type.find('}', open);
    if (open == std::string::npos || close == std::string::npos)
        return choices;
    for (auto at = open + 1; at < close;) {
        auto const end = std::min(type.find(',', at), close);
        choices.push_back(type.substr(at, end - at));
        at = end + 1;
    }
    return choices;
}

completed_option described(CLI::Option const& option)
{
    completed_option made;
    for (auto const& name : option.get_snames())
        made.flags.push_back("-" + name);
    for (auto const& name : option.get_lnames())
        made.flags.push_back("--" + name);
    made.description = option.get_description();
    made.takes_value = option.get_type_size() > 0 && option.get_expected_max() > 0;
    made.takes_file = option.get_type_name().find("FILE") != std::string::npos;
    made.repeats = option.get_expected_max() > 1;
    made.choices = choices_in(option.get_type_name());
    return made;
}

} // namespace

completed_command command_tree(CLI::App const& app)
{
    completed_command made;
    made.name = app.get_name();
    made.description = app.get_description();
    for (auto const* const option : app.get_options())
        (option->get_positional() ? made.positionals : made.options).push_back(described(*option));
    for (auto const* const command : app.get_subcommands([](CLI::App const*) { return true; }))
        made.commands.push_back(command_tree(*command));
    return made;
}

} // namespace tool

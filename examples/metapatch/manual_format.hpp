// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_MANUAL_FORMAT_HPP
#define METAPATCH_TOOL_MANUAL_FORMAT_HPP

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>

namespace tool {

/// `--help` as CLI11 has it, and a `--help-all` with a section for each command, in the form that help2man turns into
/// the sections of a manual page.
class manual_format : public CLI::Formatter {
public:
    std::string make_subcommands(CLI::App const* app, CLI::AppFormatMode mode) const override
    {
        if (mode != CLI::AppFormatMode::All)
            return Formatter::make_subcommands(app, mode);
        std::string text;
        for (auto const* const command : app->get_subcommands([](CLI::App const*) { return true; })) {
            text += make_expanded(command);
            text += make_subcommands(command, mode); // as deep as the commands are nested
        }
        return text;
    }

    std::string make_expanded(CLI::App const* command) const override
    {
        std::string path = command->get_name();
        for (auto const* around = command->get_parent(); around->get_parent() != nullptr; around = around->get_parent())
            path = around->get_name() + ' ' + path;
        auto text = "\n*metapatch " + path + "*\n\n" + make_description(command) + '\n' + make_positionals(command) +
                    make_groups(command, CLI::AppFormatMode::Sub) + '\n' + make_footer(command);
        // These two headings alone would join the sections of the same name of the whole page.
        replace(text, "\nOptions:\n", "\nOptions of " + path + ":\n");
        replace(text, "\nExamples:\n", "\nExamples of " + path + ":\n");
        return text;
    }

private:
    static void replace(std::string& text, std::string const& heading, std::string const& other)
    {
        if (auto const at = text.find(heading); at != std::string::npos)
            text.replace(at, heading.size(), other);
    }
};

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "files.hpp"
#include "own_data.hpp"
#include "readable.hpp"
#include "terminal.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <string_view>
#include <unistd.h>

namespace metapatch::conformance {

namespace {

std::string line(std::string_view name, std::string_view what)
{
    constexpr std::size_t width = 12;
    auto text = "  " + std::string(name);
    text.resize(std::max(text.size() + 1, width + 2), ' ');
    return text + tool::printable(what) + "\n";
}

std::string_view meaning_of(std::string_view level)
{
    return level == "required"   ? "required: Auth0 documents it, or a recording shows it"
           : level == "observed" ? "observed: others have seen it"
                                 : "chosen: Auth0 is silent, and the decision is this project's";
}

std::string explanation(vector_case const& of, std::vector<rule> const& rules)
{
    tool::colours const paint(tool::when::automatic, STDOUT_FILENO);
    auto text = paint.bold(of.id) + "\n" + line("profile", of.profile) + line("level", meaning_of(of.level));
    for (auto const& [name, what] : asked_lines(of.asked))
        text += line(name, what);
    text += "expected\n";
    for (auto const& [name, what] : asked_lines(of.expect))
        text += line(name, what);
    text += "evidence\n";
    for (auto const& each : of.evidence) {
        auto const* const members = each.if_object();
        if (members != nullptr && members->contains("kind") && members->contains("ref"))
            text += line(members->at("kind").as_string(), members->at("ref").as_string());
    }
    text += "rules\n";
    for (auto const& each : rules) {
        if (each.is_shown_by(of.id))
            text += line(each.id, each.sentence);
    }
    return text;
}

/// What an id may have been meant to be: those that hold it, or its last part.
std::string suggestions(std::string const& id, std::vector<vector_case> const& vectors)
{
    constexpr std::size_t most = 5;
    std::string text;
    for (auto const& part : {id, id.substr(id.find_last_of('.') + 1)}) {
        std::size_t told = 0;
        for (auto const& each : vectors) {
            if (!part.empty() && each.id.find(part) != std::string::npos && told++ < most)
                text.append(text.empty() ? "; there are " : ", ").append(each.id);
        }
        if (!text.empty())
            return text + (told > most ? ", …" : "");
    }
    return "; `list` tells all";
}

} // namespace

exit_status list_command(options const& given)
{
    run_result unused;
    std::string text;
    for (auto const& each : chosen_vectors(given, unused))
        text += each.id + "\t" + each.profile + "\t" + each.op + "\t" + each.level + "\n";
    write_file("-", text);
    return exit_status::as_expected;
}

exit_status explain_command(options const& given)
{
    auto const vectors = vectors_of(given.vectors);
    auto const rules = own_rules();
    std::string text;
    for (auto const& id : given.inputs) {
        bool found = false;
        for (auto const& each : vectors) {
            if (!matches_any({id}, each.id))
                continue;
            found = true;
            text += (text.empty() ? "" : "\n") + explanation(each, rules);
        }
        if (!found)
            throw usage_error(id + " is no case" + suggestions(id, vectors));
    }
    write_file("-", text);
    return exit_status::as_expected;
}

} // namespace metapatch::conformance

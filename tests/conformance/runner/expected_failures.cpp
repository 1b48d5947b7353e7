// SPDX-License-Identifier: BSL-1.0
#include "expected_failures.hpp"

#include "errors.hpp"
#include "files.hpp"

#include <algorithm>
#include <sstream>

namespace metapatch::conformance {

void read_failures(std::filesystem::path const& path, std::set<std::string>& into)
{
    std::istringstream lines(read_file(path));
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        line.resize(std::min(line.size(), line.find('#')));
        auto const begin = line.find_first_not_of(" \t\r");
        if (begin == std::string::npos)
            continue;
        auto const id = line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
        if (id.find_first_of(" \t") != std::string::npos)
            throw usage_error(path.string() + ":" + std::to_string(number) + ": one id a line");
        if (!into.insert(id).second)
            throw usage_error(path.string() + ":" + std::to_string(number) + ": " + id + " is there twice");
    }
}

std::string failure_list(run_result const& run)
{
    std::vector<std::string> lines;
    for (auto const& each : run.cases) {
        if (each.is_wrong()) {
            auto fault = each.faults.empty() ? std::string() : each.faults.front();
            std::ranges::replace_if(
                fault, [](char c) { return c == '\n' || c == '\r'; }, ' ');
            lines.push_back(each.id + "  # " + fault + "\n");
        }
    }
    std::ranges::sort(lines);
    auto text = "# What " + run.who.name + " " + run.who.version + " fails, written by metapatch-conformance.\n";
    for (auto const& each : lines)
        text += each;
    return text;
}

} // namespace metapatch::conformance

// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "policy_file.hpp"
#include "policy_words.hpp"
#include "writer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace tool {

namespace {

std::string limit(std::size_t number)
{
    return number == metapatch::unlimited ? "-" : std::to_string(number);
}

std::string merging(metapatch::merge_rules const& rules)
{
    if (rules.depth == metapatch::unlimited)
        return "every level";
    return rules.depth == 0 ? "replaces" : rules.depth == 1 ? "first level" : std::to_string(rules.depth) + " levels";
}

std::string table()
{
    using row = std::array<std::string, 8>;
    std::vector<row> rows{{"PROFILE", "MERGE", "{} LEAVES", "MEMBERS", "KEY", "VALUES", "VALUE", "BYTES"}};
    for (auto const& name : profile_names()) {
        auto const policy = find_profile(name)->policy;
        auto const& [members, key, values, value, bytes] = policy.limits;
        bool const clears = policy.merge.on_empty == metapatch::empty_body::clears;
        rows.push_back({name, merging(policy.merge),
                        clears ? std::string(word_for(cleared_words, policy.merge.cleared)) : "all", limit(members),
                        limit(key), std::string(word_for(values_words, values)), limit(value), limit(bytes)});
    }
    std::array<std::size_t, 8> widths{};
    for (auto const& cells : rows) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], cells[i].size());
    }
    std::string text;
    for (auto& cells : rows) {
        for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
            cells[i].resize(widths[i] + 2, ' ');
            text += cells[i];
        }
        text += cells.back() + '\n';
    }
    return text;
}

} // namespace

exit_status policies(options const& asked)
{
    std::string text;
    if (auto const policy = optional_policy(asked)) {
        text = policy_text(*policy);
    } else if (asked.json) {
        for (auto const& name : profile_names())
            text += (text.empty() ? "[" : ",\n") + policy_line(*find_profile(name));
        text += "]\n";
    } else {
        text = table();
    }
    auto out = writer::to_standard_output();
    out.write(text);
    out.finish();
    return exit_status::applied;
}

} // namespace tool

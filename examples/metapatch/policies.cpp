// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"
#include "policy_file.hpp"
#include "policy_words.hpp"
#include "text_table.hpp"
#include "writer.hpp"

#include <array>
#include <cstddef>
#include <utility>
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
    return text_table(std::move(rows));
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

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_WORD_CHECK_HPP
#define METAPATCH_TOOL_WORD_CHECK_HPP

#include "nearest.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tool {

/// An option that takes one of some words. Another one is refused with the words, the nearest first.
inline CLI::Validator one_of(std::vector<std::string> words)
{
    std::string all;
    for (auto const& word : words)
        all += (all.empty() ? "" : ",") + word;
    auto const check = [words = std::move(words)](std::string const& given) {
        if (std::ranges::find(words, given) != words.end())
            return std::string();
        auto const meant = nearest(given, words);
        std::string text = "there is no " + given + (meant.empty() ? "." : "; is it " + meant + "?") + " There is";
        for (auto const& word : by_nearness(given, words))
            text += (text.ends_with("is") ? " " : ", ") + word;
        return text;
    };
    return {check, "{" + all + "}"}; // the completions take the words from the braces
}

} // namespace tool

#endif

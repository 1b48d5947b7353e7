// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_END_OF_VALUE_LAWS_HPP
#define METAPATCH_TESTS_LAWS_END_OF_VALUE_LAWS_HPP

#include "../support.hpp"
#include "require.hpp"

#include <algorithm>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/end_of_value.hpp>
#include <metapatch/simd/is_json.hpp>
#include <string>
#include <string_view>
#include <vector>

/// That a value ends where it does, in however many pieces its text comes.
namespace metapatch::laws {

/// Look for the end, with so many bytes more each time.
inline end_verdict find_in_pieces(end_of_value& end, std::string_view text, std::size_t piece)
{
    auto verdict = end_verdict::needs_more;
    for (std::size_t known = 0; verdict == end_verdict::needs_more && known < text.size();) {
        known = std::min(text.size(), known + piece);
        std::vector<char> const alone(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(known));
        verdict = end.find({alone.data(), alone.size()}); // so that the sanitizer sees every read beyond it
    }
    return verdict;
}

/// @param is_json  whether the text is one: then its value has its end, whatever comes behind
template<class Words>
void check_end_of_value(std::string_view text, bool is_json, Words const& words)
{
    text.remove_prefix(detail::first_place(text));
    for (auto const instructions : test::every_scan()) {
        end_of_value at_once(instructions);
        at_once.restart();
        auto const verdict = at_once.find(text);
        require(at_once.offset() <= text.size(), words);
        require(verdict == end_verdict::needs_more || !text.empty(), words);

        end_of_value in_pieces(instructions);
        in_pieces.restart();
        require(find_in_pieces(in_pieces, text, 1 + text.size() * 7 % 70) == verdict, words);
        require(verdict == end_verdict::needs_more || in_pieces.offset() == at_once.offset(), words);
        require(in_pieces.may_end() == at_once.may_end(), words);
        if (!is_json)
            continue;
        require(verdict == end_verdict::found || at_once.may_end(), words);
        auto const end = verdict == end_verdict::found ? at_once.offset() : text.size();
        require(metapatch::is_json(text.substr(0, end), nesting_ceiling, instructions), words);
        require(detail::first_place(text.substr(end)) == text.size() - end, words);

        end_of_value before_another(instructions);
        before_another.restart();
        auto const followed = std::string(text.substr(0, end)) + ",\"]\\";
        require(before_another.find(followed) == end_verdict::found && before_another.offset() == end, words);
    }
}

} // namespace metapatch::laws

#endif

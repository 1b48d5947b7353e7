// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_POLICY_WORDS_HPP
#define METAPATCH_TOOL_POLICY_WORDS_HPP

#include <metapatch/json/text.hpp>
#include <metapatch/policy/policy.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace tool {

/// The words of a policy file for the values of an enumeration: those of the library.
template<class Enumeration>
struct word {
    std::string_view text;
    Enumeration value;
};
template<class Enumeration>
word(char const*, Enumeration) -> word<Enumeration>;

inline constexpr std::array on_empty_words{word{"clears", metapatch::empty_body::clears},
                                           word{"merges", metapatch::empty_body::merges}};
inline constexpr std::array on_null_words{word{"rejected", metapatch::null_body::rejected},
                                          word{"clears", metapatch::null_body::clears}};
inline constexpr std::array cleared_words{word{"empty", metapatch::cleared_field::empty},
                                          word{"absent", metapatch::cleared_field::absent}};
inline constexpr std::array values_words{word{"any", metapatch::value_types::any},
                                         word{"string_or_null", metapatch::value_types::string_or_null},
                                         word{"string", metapatch::value_types::string}};
inline constexpr std::array duplicates_words{word{"last_wins", metapatch::duplicate_keys::last_wins},
                                             word{"rejected", metapatch::duplicate_keys::rejected}};
inline constexpr std::array empty_key_words{word{"admitted", false}, word{"refused", true}};

template<class Words, class Enumeration>
constexpr std::string_view word_for(Words const& words, Enumeration value)
{
    for (auto const& each : words) {
        if (each.value == value)
            return each.text;
    }
    return {};
}

} // namespace tool

#endif

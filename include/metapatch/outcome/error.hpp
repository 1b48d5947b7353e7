// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_ERROR_HPP
#define METAPATCH_OUTCOME_ERROR_HPP

#include <metapatch/version.hpp>

#include <array>
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace metapatch {

/// Every reason for which a patch, or a text, is refused.
///
/// The names are stable and travel on the wire (see `name`); the numbers and messages are not for storing.
enum class errc {
    expected_object = 1,   ///< the field's body, or its stored text, is no JSON object
    invalid_key_character, ///< a key holds a character that the policy does not admit
    reserved_key,          ///< a first-level key that the platform keeps for itself
    empty_key,             ///< the key is ""; only where a policy asks for it
    too_many_members,      ///< more first-level members than the policy admits, in the body or in the result
    key_too_long,          ///< a first-level key has too many code points
    invalid_value_type,    ///< a first-level value is of a type that the policy does not admit
    value_too_long,        ///< a first-level string has too many code points
    too_large,             ///< the result has too many bytes as compact UTF-8 JSON
    too_deep,              ///< nested beyond the policy's limit
    malformed_json,        ///< no valid JSON text, or no valid UTF-8
    duplicate_key,         ///< the same key twice in an object; only where a policy asks for it
    number_out_of_range,   ///< a number that neither int64, uint64 nor a finite double holds
    unreachable_state,     ///< no body leads to that state of the field: absent, or present and empty
    unreachable_null,      ///< no body puts a null there, for there it removes
    not_expressible,       ///< no body has that effect on every state
    expected_array,        ///< a JSON Patch is no JSON array
    invalid_operation,     ///< no operation of a JSON Patch
    missing_target,        ///< an operation of a JSON Patch is on what is not there
    test_failed,           ///< a JSON Patch tests for another value than is there
    unknown_member,        ///< a member of a request's body that its endpoint does not know
    missing_member,        ///< a member that the body must have; at "" one of several
    value_too_short,       ///< a string has too few code points
    invalid_format,        ///< a string is not of its format, such as an email
    conflicting_member,    ///< a member that the body must not have beside another one
    invalid_value,         ///< a value that a rule of the policy does not admit
    own_rule,              ///< a rule of the program's own refuses it, by a code of its own
};

namespace detail {

struct errc_text {
    std::string_view name;
    std::string_view message;
};

inline constexpr std::array<errc_text, 27> errc_texts{{
    {"expected_object", "expected a JSON object"},
    {"invalid_key_character", "the key contains a character that is not allowed"},
    {"reserved_key", "the key is reserved"},
    {"empty_key", "the key is empty"},
    {"too_many_members", "too many members"},
    {"key_too_long", "the key is too long"},
    {"invalid_value_type", "the value is of a type that is not allowed"},
    {"value_too_long", "the value is too long"},
    {"too_large", "the result is too large"},
    {"too_deep", "nested too deep"},
    {"malformed_json", "malformed JSON"},
    {"duplicate_key", "the key occurs twice"},
    {"number_out_of_range", "the number is out of range"},
    {"unreachable_state", "no patch leads to this state of the field"},
    {"unreachable_null", "no patch puts a null here"},
    {"not_expressible", "no patch has this effect"},
    {"expected_array", "expected a JSON array"},
    {"invalid_operation", "not an operation of a JSON Patch"},
    {"missing_target", "there is nothing here to operate on"},
    {"test_failed", "the value is not the one that is tested for"},
    {"unknown_member", "no such member is known"},
    {"missing_member", "a member that must be there is missing"},
    {"value_too_short", "the value is too short"},
    {"invalid_format", "the value is not of its format"},
    {"conflicting_member", "the member must not come together with another one"},
    {"invalid_value", "the value is not allowed"},
    {"own_rule", "a rule of the program refuses it"},
}};

constexpr errc_text const* text_of(int code) noexcept
{
    return code >= 1 && code <= static_cast<int>(errc_texts.size()) ? &errc_texts[static_cast<std::size_t>(code - 1)]
                                                                    : nullptr;
}

class category_type final : public boost::system::error_category {
public:
    constexpr category_type() noexcept : error_category(0x6d65746170617463ULL) {}

    char const* name() const noexcept override { return "metapatch"; }

    std::string message(int code) const override
    {
        auto const* text = text_of(code);
        return std::string(text != nullptr ? text->message : "unknown metapatch error");
    }
};

inline constexpr category_type category_instance{};

} // namespace detail

/// The stable name of a code, as it appears on the wire: `errc::too_large` is "too_large".
constexpr std::string_view name(errc code) noexcept
{
    // No pointer is compared: g++ takes that for no constant expression under -fsanitize=undefined.
    auto const index = static_cast<std::size_t>(code) - 1;
    return index < detail::errc_texts.size() ? detail::errc_texts[index].name : "unknown";
}

/// The category of `errc`. It compares by its id, so codes agree across shared libraries; a `std::error_category`
/// made from it compares by address and does not.
constexpr boost::system::error_category const& category() noexcept
{
    return detail::category_instance;
}

/// A code as Boost.System has them; found by argument-dependent look-up.
inline boost::system::error_code make_error_code(errc code) noexcept
{
    return {static_cast<int>(code), category()};
}

} // namespace metapatch

template<>
struct boost::system::is_error_code_enum<metapatch::errc> : std::true_type {
};

#endif

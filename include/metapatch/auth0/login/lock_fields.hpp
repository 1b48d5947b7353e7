// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_LOCK_FIELDS_HPP
#define METAPATCH_AUTH0_LOGIN_LOCK_FIELDS_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The option `additionalSignUpFields` of Auth0's Lock: which of its elements become fields of the form.
namespace metapatch::auth0 {

/// What a field is in the form; by default a text.
enum class lock_field_type : std::uint8_t { text, select, checkbox, hidden };

/// A field of the form. It refers to the definition that it was read from.
struct lock_field {
    std::string_view name;
    lock_field_type type = lock_field_type::text;
    bool at_root = false;                        ///< it is posted beside `user_metadata`, not in it
    std::string_view prefill{};                  ///< what the form shows first; of a hidden field, its value
    boost::json::array const* options = nullptr; ///< of a select, each an object with `label` and `value`
    std::size_t index = 0;                       ///< of its element in the definition
};

/// What is wrong with a definition, or with what was entered. Lock itself tells the first of them on the console, and
/// goes on.
enum class lock_warning_code : std::uint8_t {
    fields_not_array,       ///< there are no additional fields
    invalid_name,           ///< the element is ignored, as by the next three
    missing_placeholder,    ///< not where it is hidden
    missing_options,        ///< of a select
    missing_value,          ///< of a hidden field
    invalid_options,        ///< the element is ignored; Lock would show no form at all
    reserved_root_name,     ///< the element is ignored; Lock would break
    placeholder_overridden, ///< by `placeholderHTML`; this and what follows leaves the field there
    invalid_icon,           ///< as if it had none; the same below
    invalid_prefill,
    invalid_type, ///< it is a text field
    validator_of_select,
    invalid_validator, ///< no function: in JSON every one
    options_without_select,
    overrides_form,     ///< a root field stands in the place of a member of the form
    invalid_value_type, ///< of what was entered: as if it were not; the same below
    unknown_option,     ///< of a select, or a text for a checkbox that is neither "true" nor "false"
    unused_value,       ///< no field takes it
    value_required,     ///< Lock posts no form with an empty field
    value_too_long,     ///< nor one with a longer name than Auth0 takes
};

namespace detail {

struct lock_warning_text {
    std::string_view name;
    std::string_view message;
};

inline constexpr std::array<lock_warning_text, 20> lock_warning_texts{{
    {"fields_not_array", "additionalSignUpFields is ignored: it is no array"},
    {"invalid_name",
     "ignored: its name must be of letters, digits and underscores, and not email, username or password"},
    {"missing_placeholder", "ignored: it needs a placeholder or placeholderHTML, a string that is not empty"},
    {"missing_options", "ignored: a select needs an array of options"},
    {"missing_value", "ignored: a hidden field needs a value, a string that is not empty"},
    {"invalid_options",
     "ignored: each option needs a label and a value, strings that are not empty, and there must be one"},
    {"reserved_root_name", "ignored: user_metadata cannot be a root attribute"},
    {"placeholder_overridden", "placeholderHTML is shown in place of placeholder"},
    {"invalid_icon", "its icon is ignored: it must be a string that is not empty"},
    {"invalid_prefill", "its prefill is ignored: it must be a string that is not empty"},
    {"invalid_type", "taken as text: its type must be select, text, checkbox or hidden"},
    {"validator_of_select", "its validator is ignored: all options of a select are valid"},
    {"invalid_validator", "its validator is ignored: it is no function"},
    {"options_without_select", "its options are ignored: its type is not select"},
    {"overrides_form", "it replaces a member of the form"},
    {"invalid_value_type", "what was entered is ignored: it must be a string, or true or false for a checkbox"},
    {"unknown_option", "what was entered is ignored: it is none of the options (of a checkbox: true, false)"},
    {"unused_value", "what was entered is ignored: no field takes it"},
    {"value_required", "Lock would not post the form: the field is empty"},
    {"value_too_long", "Lock would not post the form: the text is too long"},
}};

} // namespace detail

/// The stable name of a warning, as it appears on the wire.
constexpr std::string_view name(lock_warning_code code) noexcept
{
    auto const index = static_cast<std::size_t>(code);
    return index < detail::lock_warning_texts.size() ? detail::lock_warning_texts[index].name : "unknown";
}

/// A sentence for people, without the name of the field. It may change.
constexpr std::string_view message(lock_warning_code code) noexcept
{
    auto const index = static_cast<std::size_t>(code);
    return index < detail::lock_warning_texts.size() ? detail::lock_warning_texts[index].message : "unknown warning";
}

/// What is wrong, and with which field.
struct lock_warning {
    lock_warning_code code{};
    std::optional<std::size_t> index{}; ///< of the element of the definition; nothing where it is about none
    std::string field{};                ///< the field's name; empty where it has none that is a string

    bool operator==(lock_warning const&) const = default;
};

/// The fields that a definition gives, in its order. A name may occur twice: then two fields have one value.
struct lock_fields {
    std::vector<lock_field> fields{};
    std::vector<lock_warning> warnings{};
};

namespace detail {

class lock_fields_reader {
public:
    void read(boost::json::value const& element, std::size_t index)
    {
        element_ = element.is_object() ? &element.get_object() : &nothing_;
        index_ = index;
        accepted_ = true;
        field_ = {.name = text("name"), .index = index};
        check_name();
        bool const hidden = text("type") == "hidden";
        if (!hidden && text("placeholder").empty() && text("placeholderHTML").empty())
            ignore(lock_warning_code::missing_placeholder);
        if (!text("placeholder").empty() && !text("placeholderHTML").empty())
            warn(lock_warning_code::placeholder_overridden);
        if (is_there("icon") && text("icon").empty())
            warn(lock_warning_code::invalid_icon);
        if (is_there("prefill") && text("prefill").empty())
            warn(lock_warning_code::invalid_prefill);
        check_type();
        if (is_there("validator"))
            warn(field_.type == lock_field_type::select ? lock_warning_code::validator_of_select
                                                        : lock_warning_code::invalid_validator);
        check_content();
        if (accepted_)
            made_.fields.push_back(field_);
    }

    void warn(lock_warning_code code) { made_.warnings.push_back({code, index_, std::string(field_.name)}); }

    lock_fields take() && { return std::move(made_); }

private:
    boost::json::value const* member(std::string_view name) const { return element_->if_contains(name); }

    /// A member that is missing or null says nothing.
    bool is_there(std::string_view name) const
    {
        auto const* const value = member(name);
        return value != nullptr && !value->is_null();
    }

    /// The string of that name; empty where there is none.
    std::string_view text(std::string_view name) const
    {
        auto const* const value = member(name);
        return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
    }

    void ignore(lock_warning_code why)
    {
        warn(why);
        accepted_ = false;
    }

    void check_name()
    {
        auto const admits = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        };
        auto const name = field_.name;
        if (name.empty() || !std::all_of(name.begin(), name.end(), admits) || name == "email" || name == "username" ||
            name == "password")
            ignore(lock_warning_code::invalid_name);
        field_.at_root = text("storage") == "root";
        if (field_.at_root && name == "user_metadata")
            ignore(lock_warning_code::reserved_root_name);
    }

    void check_type()
    {
        auto const type = text("type");
        if (type == "select")
            field_.type = lock_field_type::select;
        else if (type == "checkbox")
            field_.type = lock_field_type::checkbox;
        else if (type == "hidden")
            field_.type = lock_field_type::hidden;
        else if (is_there("type") && type != "text")
            warn(lock_warning_code::invalid_type);
    }

    void check_content()
    {
        bool const selects = field_.type == lock_field_type::select;
        if (is_there("options") && !selects)
            warn(lock_warning_code::options_without_select);
        if (selects) {
            auto const* const options = member("options");
            if (options == nullptr || !options->is_array())
                return ignore(lock_warning_code::missing_options);
            field_.options = &options->get_array();
            if (!are_options(*field_.options))
                return ignore(lock_warning_code::invalid_options);
        }
        field_.prefill = text(field_.type == lock_field_type::hidden ? "value" : "prefill");
        if (field_.type == lock_field_type::hidden && field_.prefill.empty())
            ignore(lock_warning_code::missing_value);
    }

    static bool are_options(boost::json::array const& options)
    {
        auto const is_text = [](boost::json::value const& option, std::string_view name) {
            auto const* const value = option.get_object().if_contains(name);
            return value != nullptr && value->is_string() && !value->get_string().empty();
        };
        return !options.empty() && std::all_of(options.begin(), options.end(), [&](boost::json::value const& option) {
            return option.is_object() && is_text(option, "label") && is_text(option, "value");
        });
    }

    boost::json::object const nothing_{}; // what is no object has no members
    boost::json::object const* element_ = nullptr;
    std::size_t index_ = 0;
    lock_field field_{};
    bool accepted_ = false;
    lock_fields made_{};
};

} // namespace detail

/// Read a definition: what is wrong with it is told, and never an error.
///
/// In JavaScript `prefill`, `options` and `validator` may be functions too. A caller that has some asks them first, and
/// passes what they gave. What is null is as if it were missing. Elements that would break Lock are ignored here
/// (chosen): null, hidden fields whose value is no string, selects with options of another form, and a root field named
/// `user_metadata`.
///
/// @param definition  the array; of anything else there is a warning. It must outlive the fields
/// Complexity:        O(n) in the definition; no recursion. Exceptions: std::bad_alloc
/// Source:            Auth0, "Lock Configuration Options"
///                    <https://auth0.com/docs/libraries/lock/lock-configuration#additionalsignupfields-array->; Auth0
///                    Lock, src/connection/database/index.js and src/field/index.js <https://github.com/auth0/lock>
[[nodiscard]] inline lock_fields read_lock_fields(boost::json::value const& definition)
{
    if (!definition.is_array())
        return {{}, {{lock_warning_code::fields_not_array, {}, {}}}};
    detail::lock_fields_reader reader;
    for (std::size_t index = 0; index < definition.get_array().size(); ++index)
        reader.read(definition.get_array()[index], index);
    return std::move(reader).take();
}

} // namespace metapatch::auth0

#endif

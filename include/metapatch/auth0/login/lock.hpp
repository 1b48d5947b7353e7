// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_LOCK_HPP
#define METAPATCH_AUTH0_LOGIN_LOCK_HPP

#include <metapatch/auth0/login/lock_fields.hpp>
#include <metapatch/auth0/login/markup.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::auth0 {

/// What Lock posts to /dbconnections/signup for a form.
struct lock_post {
    boost::json::object body{};
    std::vector<lock_warning> warnings{}; ///< those of the definition, then of the values, then of the form

    /// Whether Lock would post it: not while a field is empty, or a name too long.
    bool is_complete() const noexcept
    {
        return std::none_of(warnings.begin(), warnings.end(), [](lock_warning const& each) {
            return each.code == lock_warning_code::value_required || each.code == lock_warning_code::value_too_long;
        });
    }
};

namespace detail {

/// A text without the white space at its ends, as JavaScript's `trim` has it.
inline std::string_view trimmed(std::string_view text) noexcept
{
    static constexpr std::array<std::string_view, 25> spaces{" ",
                                                             "\t",
                                                             "\n",
                                                             "\v",
                                                             "\f",
                                                             "\r",
                                                             "\xC2\xA0",
                                                             "\xE1\x9A\x80",
                                                             "\xE2\x80\x80",
                                                             "\xE2\x80\x81",
                                                             "\xE2\x80\x82",
                                                             "\xE2\x80\x83",
                                                             "\xE2\x80\x84",
                                                             "\xE2\x80\x85",
                                                             "\xE2\x80\x86",
                                                             "\xE2\x80\x87",
                                                             "\xE2\x80\x88",
                                                             "\xE2\x80\x89",
                                                             "\xE2\x80\x8A",
                                                             "\xE2\x80\xA8",
                                                             "\xE2\x80\xA9",
                                                             "\xE2\x80\xAF",
                                                             "\xE2\x81\x9F",
                                                             "\xE3\x80\x80",
                                                             "\xEF\xBB\xBF"};
    for (std::size_t before = 0; before != text.size();) {
        before = text.size();
        for (auto const space : spaces) {
            text.remove_prefix(text.starts_with(space) ? space.size() : 0);
            text.remove_suffix(text.ends_with(space) ? space.size() : 0);
        }
    }
    return text;
}

/// The length of a text in JavaScript.
inline std::size_t utf16_units(std::string_view text) noexcept
{
    std::size_t units = 0;
    for (char const c : text) {
        auto const byte = static_cast<std::uint8_t>(c);
        units += byte >= 0xF0 ? 2U : (byte & 0xC0) != 0x80 ? 1U : 0U;
    }
    return units;
}

/// The values of a form, by the names of its fields.
class lock_values {
public:
    lock_values(std::vector<lock_field> const& fields, std::vector<lock_warning>& warnings)
        : fields_(fields), warnings_(warnings)
    {
        for (auto const& each : fields_) {
            auto& shown = values_[each.name];
            if (each.type != lock_field_type::select || has_option(each, each.prefill))
                shown.text = each.prefill;
            shown.takes_input = shown.takes_input || each.type != lock_field_type::hidden;
        }
    }

    void enter(boost::json::object const& entered)
    {
        for (auto const& each : fields_) {
            auto const* const value = entered.if_contains(each.name);
            if (each.type == lock_field_type::hidden || value == nullptr || value->is_null())
                continue;
            if (value->is_bool() && each.type == lock_field_type::checkbox)
                values_[each.name].text = value->get_bool() ? "true" : "false";
            else if (!value->is_string())
                warn(lock_warning_code::invalid_value_type, each);
            else if (!takes(each, value->get_string()))
                warn(lock_warning_code::unknown_option, each);
            else
                values_[each.name].text = value->get_string();
        }
        for (auto const& each : entered) {
            auto const field = values_.find(each.key());
            if (field == values_.end() || !field->second.takes_input)
                warnings_.push_back({lock_warning_code::unused_value, {}, each.key()});
        }
    }

    /// Lock's own validators: of names Auth0 limits the length.
    void validate()
    {
        for (auto const& each : fields_) {
            auto const text = trimmed(values_[each.name].text);
            bool const selects = each.type == lock_field_type::select;
            std::size_t const most = each.name == "family_name" || each.name == "given_name" ? 150
                                     : each.name == "name" || each.name == "nickname"        ? 300
                                                                                             : std::string_view::npos;
            if (selects ? values_[each.name].text.empty() : text.empty())
                warn(lock_warning_code::value_required, each);
            else if (!selects && utf16_units(text) > most)
                warn(lock_warning_code::value_too_long, each);
        }
    }

    std::string_view of(lock_field const& field) const { return values_.at(field.name).text; }

private:
    struct shown_value {
        std::string_view text{};
        bool takes_input = false;
    };

    static bool has_option(lock_field const& field, std::string_view value)
    {
        return std::any_of(field.options->begin(), field.options->end(), [value](boost::json::value const& option) {
            return option.get_object().at("value").get_string() == value;
        });
    }

    /// Whether Lock could post that text: a select posts one of its options, a checkbox whether it is checked.
    static bool takes(lock_field const& field, std::string_view text)
    {
        return field.type == lock_field_type::select     ? has_option(field, text)
               : field.type == lock_field_type::checkbox ? text == "true" || text == "false"
                                                         : true;
    }

    void warn(lock_warning_code code, lock_field const& field)
    {
        warnings_.push_back({code, field.index, std::string(field.name)});
    }

    std::vector<lock_field> const& fields_;
    std::vector<lock_warning>& warnings_;
    std::map<std::string_view, shown_value> values_; // ordered: no hash that names could aim at
};

} // namespace detail

/// The body that Auth0's Lock posts to sign a user up.
///
/// It is the form, and the additional fields: strings, in `user_metadata`, or beside it where their storage is `root`.
/// A checkbox is "true" or "false", a hidden field its value, and a field that nobody touched its prefill or "". Where
/// there is a field, `user_metadata` is there too, in place of what the form may have of that name. Root names are
/// posted as they are; auth0.js, below Lock, writes `camelCase` as `snake_case`.
///
/// The body is made even where Lock would not post it, because a field is empty; see `is_complete`. Neither Lock nor
/// this knows the limits of the endpoint: for them `validate` with `signup_user_metadata`.
///
/// @param fields    `additionalSignUpFields`; see `read_lock_fields`. An empty array where there are none
/// @param entered   by the names of the fields: strings; for a checkbox true and false, or "true" and "false"
/// @param form      email, password, connection, username, client_id and so on, copied as they are
/// @param sanitize  makes of a value what is posted: `string_view` to `std::string`
/// @param storage   of the body
/// Errors:          none; what is wrong with the definition or a value is a warning. No warning has a value in it
/// Complexity:      O(n log n) in the fields, and the bytes of what is posted; no recursion of its own
/// Exceptions:      std::bad_alloc, and what `sanitize` throws
/// Source:          semantics §6; Auth0 Lock, src/connection/database/actions.js, src/field/index.js and
///                  custom_input.jsx <https://github.com/auth0/lock>
template<class Sanitize = std::string (*)(std::string_view)>
[[nodiscard]] lock_post lock_signup(boost::json::value const& fields, boost::json::object const& entered,
                                    boost::json::object const& form, Sanitize sanitize = &without_markup,
                                    boost::json::storage_ptr storage = {})
{
    auto read = read_lock_fields(fields);
    lock_post made{boost::json::object(form, storage), std::move(read.warnings)};
    detail::lock_values values(read.fields, made.warnings);
    values.enter(entered);
    values.validate();
    if (read.fields.empty())
        return made;

    boost::json::object metadata(storage);
    made.body["user_metadata"] = nullptr; // its place, which Lock gives it before the root fields
    for (auto const& each : read.fields) {
        std::string const text = sanitize(values.of(each));
        if (each.at_root && form.contains(each.name))
            made.warnings.push_back({lock_warning_code::overrides_form, each.index, std::string(each.name)});
        (each.at_root ? made.body : metadata)[each.name] = text;
    }
    made.body["user_metadata"] = std::move(metadata);
    return made;
}

} // namespace metapatch::auth0

#endif

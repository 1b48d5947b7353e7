// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/lock_fields.hpp>

#include "../../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using namespace metapatch;
using auth0::lock_field_type;
using auth0::lock_warning_code;
using metapatch::test::json;

BOOST_AUTO_TEST_SUITE(auth0_lock_fields)

namespace {

/// The fields and warnings of a definition: `a text, b select; invalid_name 1 'x y'`.
std::string told(std::string_view definition)
{
    auto const value = json(definition);
    auto const read = auth0::read_lock_fields(value);
    std::string text;
    for (auto const& each : read.fields) {
        constexpr std::string_view types[]{"text", "select", "checkbox", "hidden"};
        text += (text.empty() ? "" : ", ") + std::string(each.name) + ' ' +
                std::string(types[static_cast<std::size_t>(each.type)]) + (each.at_root ? " root" : "") +
                (each.prefill.empty() ? "" : " '" + std::string(each.prefill) + "'");
    }
    for (auto const& each : read.warnings)
        text += "; " + std::string(name(each.code)) + (each.index ? ' ' + std::to_string(*each.index) : "") + " '" +
                each.field + "'";
    return text;
}

/// The same of one element that has a name and a placeholder.
std::string told_of(std::string_view members)
{
    return told(R"([{"name":"a","placeholder":"p",)" + std::string(members) + "}]");
}

} // namespace

BOOST_AUTO_TEST_CASE(each_element_becomes_a_field)
{
    BOOST_TEST(
        told(R"([{"name":"address","placeholder":"your address"},
                        {"name":"country","type":"select","placeholder":"country","prefill":"us",
                         "options":[{"value":"us","label":"United States"},{"value":"fr","label":"France"}]},
                        {"name":"newsletter","type":"checkbox","prefill":"true","placeholderHTML":"<b>hear of us</b>"},
                        {"name":"campaign","type":"hidden","value":"autumn"},
                        {"name":"given_name","placeholder":"given name","storage":"root","type":"text"}])") ==
        "address text, country select 'us', newsletter checkbox 'true', campaign hidden 'autumn', given_name text "
        "root");
    BOOST_TEST(told("[]") == "");
}

BOOST_AUTO_TEST_CASE(a_definition_that_is_no_array_has_no_fields)
{
    for (auto const* definition : {"{}", "null", "\"a\"", "1", R"({"0":{"name":"a","placeholder":"p"}})"})
        BOOST_TEST(told(definition) == "; fields_not_array ''");
}

BOOST_AUTO_TEST_CASE(a_name_is_of_letters_digits_and_underscores)
{
    for (auto const* name : {"a", "A9_", "_", "0", "Email", "emails", "user_metadata", "__proto__"})
        BOOST_TEST(told(R"([{"placeholder":"p","name":")" + std::string(name) + R"("}])") ==
                   name + std::string(" text"));
    for (auto const* name : {"", "a-b", "a b", " a", "a.b", "\xC3\xA9", "a\\n", "$", "email", "username", "password"})
        BOOST_TEST(
            told(R"([{"placeholder":"p","name":")" + std::string(name) + R"("}])").starts_with("; invalid_name 0"));
    for (auto const* element : {R"({"placeholder":"p"})", R"({"placeholder":"p","name":1})",
                                R"({"placeholder":"p","name":null})", R"({"placeholder":"p","name":["a"]})"})
        BOOST_TEST(told("[" + std::string(element) + "]") == "; invalid_name 0 ''");
}

BOOST_AUTO_TEST_CASE(an_element_that_is_no_object_is_ignored)
{
    BOOST_TEST(told(R"([null,"a",{"name":"a","placeholder":"p"},[1]])") ==
               "a text; invalid_name 0 ''; missing_placeholder 0 ''; invalid_name 1 ''; missing_placeholder 1 ''; "
               "invalid_name 3 ''; missing_placeholder 3 ''");
}

BOOST_AUTO_TEST_CASE(a_placeholder_is_needed_but_for_hidden_fields)
{
    for (auto const* more : {"", R"(,"placeholder":"")", R"(,"placeholder":1,"placeholderHTML":null)",
                             R"(,"placeholderHTML":"")", R"(,"type":"checkbox")"})
        BOOST_TEST(told(R"([{"name":"a")" + std::string(more) + "}]") == "; missing_placeholder 0 'a'");
    BOOST_TEST(told(R"([{"name":"a","placeholderHTML":"p"}])") == "a text");
    BOOST_TEST(told(R"([{"name":"a","type":"hidden","value":"v"}])") == "a hidden 'v'");
    BOOST_TEST(told_of(R"("placeholderHTML":"<b>")") == "a text; placeholder_overridden 0 'a'");
    BOOST_TEST(told_of(R"("placeholderHTML":"")") == "a text");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_an_icon_a_prefill_or_a_validator_leaves_the_field_there)
{
    for (auto const* bad : {"\"\"", "1", "[]", "{}", "true", "false"}) {
        BOOST_TEST(told_of(R"("icon":)" + std::string(bad)) == "a text; invalid_icon 0 'a'");
        BOOST_TEST(told_of(R"("prefill":)" + std::string(bad)) == "a text; invalid_prefill 0 'a'");
        BOOST_TEST(told_of(R"("validator":)" + std::string(bad)) == "a text; invalid_validator 0 'a'");
    }
    BOOST_TEST(told_of(R"("icon":null,"prefill":null,"validator":null,"type":null,"options":null,"storage":null)") ==
               "a text");
    BOOST_TEST(told_of(R"("icon":"https://example.com/i.png","prefill":"x")") == "a text 'x'");
    BOOST_TEST(told_of(R"("type":"select","validator":1,"options":[{"label":"l","value":"v"}])") ==
               "a select; validator_of_select 0 'a'");
}

BOOST_AUTO_TEST_CASE(a_type_that_is_none_is_text)
{
    for (auto const* bad : {"\"password\"", "\"Select\"", "\"\"", "1", "[]"})
        BOOST_TEST(told_of(R"("type":)" + std::string(bad)) == "a text; invalid_type 0 'a'");
    BOOST_TEST(told_of(R"("type":"radio","options":[])") == "a text; invalid_type 0 'a'; options_without_select 0 'a'");
}

BOOST_AUTO_TEST_CASE(options_are_for_a_select_which_needs_them)
{
    for (auto const* type : {"text", "checkbox"})
        BOOST_TEST(told_of(R"("options":[],"type":")" + std::string(type) + '"') ==
                   "a " + std::string(type) + "; options_without_select 0 'a'");
    for (auto const* more : {"", R"(,"options":null)", R"(,"options":{})", R"(,"options":"x")"})
        BOOST_TEST(told_of(R"("type":"select")" + std::string(more)) == "; missing_options 0 'a'");
    for (auto const* options :
         {"[]", "[1]", "[null]", R"([{"label":"l"}])", R"([{"value":"v"}])", R"([{"label":"","value":"v"}])",
          R"([{"label":"l","value":""}])", R"([{"label":"l","value":1}])", R"([{"label":"l","value":"v"},{}])"})
        BOOST_TEST(told_of(R"("type":"select","options":)" + std::string(options)) == "; invalid_options 0 'a'");
}

BOOST_AUTO_TEST_CASE(a_hidden_field_needs_a_value)
{
    for (auto const* more : {"", R"(,"value":null)", R"(,"value":"")", R"(,"value":5)", R"(,"value":true)"})
        BOOST_TEST(told(R"([{"name":"a","type":"hidden")" + std::string(more) + "}]") == "; missing_value 0 'a'");
    BOOST_TEST(told_of(R"("value":"v")") == "a text"); // of no meaning there
}

BOOST_AUTO_TEST_CASE(storage_is_the_root_or_the_metadata)
{
    for (auto const* other : {"\"Root\"", "\"\"", "1", "\"user_metadata\"", "\"app_metadata\""})
        BOOST_TEST(told_of(R"("storage":)" + std::string(other)) == "a text");
    BOOST_TEST(told(R"([{"name":"user_metadata","placeholder":"p","storage":"root"}])") ==
               "; reserved_root_name 0 'user_metadata'");
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_with_an_element_is_told)
{
    BOOST_TEST(
        told(R"([{"name":"email","icon":1,"prefill":2,"type":"select","validator":3}])") ==
        "; invalid_name 0 'email'; missing_placeholder 0 'email'; invalid_icon 0 'email'; invalid_prefill 0 'email'; "
        "validator_of_select 0 'email'; missing_options 0 'email'");
}

BOOST_AUTO_TEST_CASE(a_name_may_occur_twice)
{
    BOOST_TEST(told(R"([{"name":"a","placeholder":"p"},{"name":"a","placeholder":"q","storage":"root"}])") ==
               "a text, a text root");
}

BOOST_AUTO_TEST_CASE(every_warning_has_a_stable_name_and_a_sentence_that_is_true)
{
    using enum lock_warning_code;
    // The names are a promise; the sentences say what Lock does: its documentation, and its source where that is silent.
    struct {
        lock_warning_code code;
        std::string_view name;
        std::string_view message;
    } const told[]{
        {fields_not_array, "fields_not_array", "additionalSignUpFields is ignored: it is no array"},
        {invalid_name, "invalid_name",
         "ignored: its name must be of letters, digits and underscores, and not email, username or password"},
        {missing_placeholder, "missing_placeholder",
         "ignored: it needs a placeholder or placeholderHTML, a string that is not empty"},
        {missing_options, "missing_options", "ignored: a select needs an array of options"},
        {missing_value, "missing_value", "ignored: a hidden field needs a value, a string that is not empty"},
        {invalid_options, "invalid_options",
         "ignored: each option needs a label and a value, strings that are not empty, and there must be one"},
        {reserved_root_name, "reserved_root_name", "ignored: user_metadata cannot be a root attribute"},
        {placeholder_overridden, "placeholder_overridden", "placeholderHTML is shown in place of placeholder"},
        {invalid_icon, "invalid_icon", "its icon is ignored: it must be a string that is not empty"},
        {invalid_prefill, "invalid_prefill", "its prefill is ignored: it must be a string that is not empty"},
        {invalid_type, "invalid_type", "taken as text: its type must be select, text, checkbox or hidden"},
        {validator_of_select, "validator_of_select", "its validator is ignored: all options of a select are valid"},
        {invalid_validator, "invalid_validator", "its validator is ignored: it is no function"},
        {options_without_select, "options_without_select", "its options are ignored: its type is not select"},
        {overrides_form, "overrides_form", "it replaces a member of the form"},
        {invalid_value_type, "invalid_value_type",
         "what was entered is ignored: it must be a string, or true or false for a checkbox"},
        {unknown_option, "unknown_option",
         "what was entered is ignored: it is none of the options (of a checkbox: true, false)"},
        {unused_value, "unused_value", "what was entered is ignored: no field takes it"},
        {value_required, "value_required", "Lock would not post the form: the field is empty"},
        {value_too_long, "value_too_long", "Lock would not post the form: the text is too long"},
    };
    BOOST_TEST(std::size(told) == auth0::detail::lock_warning_texts.size());
    for (auto const& each : told) {
        BOOST_TEST(name(each.code) == each.name);
        BOOST_TEST(message(each.code) == each.message);
    }
    BOOST_TEST(name(static_cast<lock_warning_code>(99)) == "unknown");
    BOOST_TEST(message(static_cast<lock_warning_code>(99)) == "unknown warning");
}

BOOST_AUTO_TEST_SUITE_END()

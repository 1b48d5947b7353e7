// SPDX-License-Identifier: BSL-1.0
#include "capabilities.hpp"

#include "../request.hpp"

#include <metapatch/json/exact_dom.hpp>

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <charconv>
#include <string_view>
#include <system_error>

namespace metapatch::conformance {

namespace {

using boost::json::object;
using boost::json::value;

bool has(std::vector<std::string> const& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// Whether a double is exactly what its shortest form says, and that is the number.
bool is_of_a_double(std::string_view number)
{
    double nearest = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), nearest).ec != std::errc())
        return false;
    std::array<char, 40> text{};
    auto const end = std::to_chars(text.data(), text.data() + text.size(), nearest).ptr;
    return detail::canonical_number({text.data(), end}) == detail::canonical_number(number);
}

/// Whether every program writes a number so.
bool is_plain(std::string_view number)
{
    constexpr std::size_t most_digits = 15;
    bool const fraction = number.find('.') != std::string_view::npos;
    return number != "-0" && number.size() <= most_digits && number.find_first_of("eE") == std::string_view::npos &&
           !(fraction && number.ends_with('0')) && number.find("0.0000") == std::string_view::npos;
}

/// Whether a text is JSON and all its numbers are of a kind. What is no JSON has no numbers that anybody keeps.
template<class Kind>
bool all_numbers(std::string_view text, Kind is_of_kind)
{
    bool all = true;
    auto const read = detail::read(text, {.max_nesting = nesting_ceiling, .duplicates = duplicate_keys::last_wins}, {},
                                   [&](boost::json::value_stack& stack, std::string_view number) {
                                       all = all && is_of_kind(number);
                                       stack.push_int64(0);
                                       return true;
                                   });
    return all || !read;
}

/// The same for all texts in a request or in what is expected. They are nested as deep as a file of vectors, which is
/// not deep.
template<class Kind>
bool all_numbers_in(value const& where, Kind is_of_kind)
{
    auto const inside = [&](value const& each) { return all_numbers_in(each, is_of_kind); };
    if (auto const* const text = where.if_string())
        return all_numbers(*text, is_of_kind);
    if (auto const* const elements = where.if_array())
        return std::ranges::all_of(*elements, inside);
    auto const* const members = where.if_object();
    if (members == nullptr)
        return true;
    if (members->size() == 1 && members->contains("parts"))
        return all_numbers(expanded_parts(where), is_of_kind);
    return std::ranges::all_of(*members, [&](auto const& each) { return each.key() == "id" || inside(each.value()); });
}

bool refuses(object const& expect)
{
    auto const* const outcome = expect.if_contains("outcome");
    return outcome != nullptr && (*outcome == "rejected" || *outcome == "refused" || *outcome == "deny");
}

bool is_too_large(object const& expect)
{
    auto const* const violations = expect.if_contains("violations");
    return violations != nullptr && violations->is_array() &&
           std::ranges::any_of(violations->get_array(), [](value const& each) {
               return each.is_object() && each.get_object().contains("code") && each.at("code") == "too_large";
           });
}

bool needs_lexemes(object const& asked, object const& expect)
{
    if (expect.contains("bytes_of") || expect.contains("lexemes"))
        return true;
    auto const* const op = asked.if_contains("op");
    bool const is_size = op != nullptr && *op == "size" && !refuses(expect);
    return (is_size || is_too_large(expect)) && !all_numbers_in(asked, is_plain);
}

bool needs_order(object const& expect)
{
    auto const* const violations = expect.if_contains("violations");
    return violations != nullptr && violations->is_array() && violations->get_array().size() > 1;
}

bool needs_exact_numbers(object const& asked, object const& expect)
{
    return !refuses(expect) && !(all_numbers_in(asked, is_of_a_double) && all_numbers_in(expect, is_of_a_double));
}

} // namespace

std::string why_beyond(std::vector<std::string> const& lacks, object const& asked, object const& expect)
{
    if (has(lacks, "lexemes") && needs_lexemes(asked, expect))
        return "lacks lexemes: members or numbers as they were written";
    if (has(lacks, "order") && needs_order(expect))
        return "lacks order: more than one violation, in the order of the keys";
    if (has(lacks, "exact_numbers") && needs_exact_numbers(asked, expect))
        return "lacks exact_numbers: a number that is not of a double";
    return {};
}

std::string why_not_asked(implementation const& who, vector_case const& vector)
{
    if (who.ops && !has(*who.ops, vector.op))
        return "operation not offered";
    if (who.profiles && vector.profile != no_profile && !has(*who.profiles, vector.profile))
        return "profile not offered";
    return who.lacks.empty() ? std::string() : why_beyond(who.lacks, vector.asked, vector.expect);
}

} // namespace metapatch::conformance

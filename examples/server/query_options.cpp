// SPDX-License-Identifier: BSL-1.0
#include "query_options.hpp"

#include "refusals.hpp"

#include <charconv>
#include <limits>

namespace server {

namespace {

constexpr std::size_t longest_page = 100;

std::optional<std::size_t> number_in(std::string_view text)
{
    std::uint32_t number = 0; // so that a page times its length is no overflow
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional<std::size_t>(number)
                                                                           : std::nullopt;
}

std::optional<bool> flag_in(std::string_view text)
{
    if (text != "true" && text != "false")
        return std::nullopt;
    return text == "true";
}

response wrong_type(std::string_view expected, std::string_view name)
{
    return bad_query(std::string("Expected type ").append(expected).append(" of ").append(name));
}

std::vector<std::string_view> names_in(std::string_view text)
{
    std::vector<std::string_view> all;
    while (!text.empty()) {
        auto name = text.substr(0, text.find(','));
        text.remove_prefix(std::min(name.size() + 1, text.size()));
        while (name.starts_with(' '))
            name.remove_prefix(1);
        while (name.ends_with(' '))
            name.remove_suffix(1);
        if (!name.empty())
            all.push_back(name);
    }
    return all;
}

/// @return  whether it is a parameter of lists; then what is wrong with it is in `fault`
bool read_list_option(std::string_view name, std::string_view value, query_options& options, std::size_t& page,
                      std::optional<response>& fault)
{
    if (name == "page" || name == "per_page") {
        auto const number = number_in(value);
        if (!number)
            fault = wrong_type("integer", name);
        else if (name == "per_page" && *number > longest_page)
            fault = bad_query("Value " + std::to_string(*number) + " of per_page is greater than maximum 100");
        else
            (name == "page" ? page : options.page.length) = *number;
    } else if (name == "include_totals") {
        if (auto const flag = flag_in(value))
            options.page.total = *flag;
        else
            fault = wrong_type("boolean", name);
    } else if (name == "sort") {
        options.page.newest_first = value == "created_at:-1";
        if (value != "created_at:1" && value != "created_at:-1")
            fault = bad_query("This server sorts by created_at:1 and created_at:-1 alone");
    } else if (name != "search_engine") {
        return false;
    }
    return true;
}

} // namespace

std::optional<response> read_query(named_values const& query, bool lists, query_options& options,
                                   std::string_view others)
{
    std::size_t page = 0;
    std::optional<response> fault;
    for (auto const& [name, value] : query) {
        if (name == "fields") {
            options.fields = names_in(value);
        } else if (name == "include_fields") {
            auto const flag = flag_in(value);
            if (!flag)
                return wrong_type("boolean", name);
            options.include = *flag;
        } else if (!(lists && read_list_option(name, value, options, page, fault)) && name != others) {
            return bad_query("Additional properties not allowed: " + name);
        }
        if (fault)
            return fault;
    }
    options.page.start = page * options.page.length;
    return std::nullopt;
}

} // namespace server

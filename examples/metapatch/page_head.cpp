// SPDX-License-Identifier: BSL-1.0
#include "document_cutter.hpp"

#include <metapatch/json/scan.hpp>

#include <algorithm>
#include <array>

namespace tool {

namespace {

using metapatch::token;

/// What the Management API lists in pages: all that has metadata. Source: OpenAPI, the responses with `include_totals`
/// and those of checkpoints.
constexpr std::array<std::string_view, 7> lists{"users",    "clients", "organizations", "connections",
                                                "sessions", "tokens",  "custom_domains"};

/// What else a page says, as numbers and strings.
constexpr std::array<std::string_view, 5> page_members{"start", "limit", "length", "total", "next"};

bool is_one_of(auto const& names, std::string_view key)
{
    return std::ranges::find(names, key) != names.end();
}

bool is_container(token what)
{
    return what == token::object_begin || what == token::array_begin;
}

} // namespace

page_head find_page_head(std::string_view text)
{
    metapatch::scanner scan(text);
    auto const cut_short = [&] { // or no page
        return page_head{scan.offset() == text.size() ? page_verdict::needs_more : page_verdict::is_none, 0};
    };
    if (auto const first = scan.next(); first != token::object_begin)
        return first == token::failed ? cut_short() : page_head{page_verdict::is_none, 0};
    bool says_page = false;
    for (auto what = scan.next(); what == token::key; what = scan.next()) {
        auto const key = scan.raw();
        what = scan.next();
        if (what == token::failed)
            return cut_short();
        if (what == token::array_begin && is_one_of(lists, key)) {
            auto const list = scan.position();
            what = scan.next();
            if (what == token::failed)
                return cut_short();
            bool const is_list = what == token::object_begin || (what == token::array_end && says_page);
            return {is_list ? page_verdict::is_page : page_verdict::is_none, list};
        }
        if (is_container(what))
            return {page_verdict::is_none, 0};
        says_page = says_page || is_one_of(page_members, key);
    }
    return cut_short();
}

} // namespace tool

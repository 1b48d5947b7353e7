// SPDX-License-Identifier: BSL-1.0
#include "document_stream.hpp"

#include "errors.hpp"

#include <metapatch/json/malformed_text.hpp>

namespace tool {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Whether nothing but white space is behind the bracket on the first line, as pretty prints have it.
bool opens_a_line(std::string_view text)
{
    auto const next = text.find_first_not_of(" \t\r", 1);
    return next != std::string_view::npos && text[next] == '\n';
}

} // namespace

std::string in_words(broken_off const& stopped, std::string const& file)
{
    return file + " line " + std::to_string(stopped.at.line) + ", column " + std::to_string(stopped.at.column) + ": " +
           stopped.why;
}

document_stream::document_stream(std::string const& path, document_form form, blank_lines blanks)
    : window_(path), form_(form)
{
    window_.want(byte_order_mark.size());
    had_byte_order_mark_ = window_.bytes().starts_with(byte_order_mark);
    if (had_byte_order_mark_)
        window_.drop(byte_order_mark.size());
    if (!window_.bytes().empty() &&
        metapatch::cause_of(window_.bytes().substr(0, 2), 0) == metapatch::malformed_cause::utf16)
        throw io_error(window_.origin().name() +
                       " is UTF-16, and JSON is UTF-8: convert it first, with `iconv -f UTF-16 -t UTF-8`");
    if (form_ == document_form::automatic)
        form_ = form_of_first_bytes();
    switch (form_) {
    case document_form::array:
        cutter_ = cut_elements(window_, element_context::array);
        break;
    case document_form::page:
        cutter_ = cut_elements(window_, element_context::page);
        break;
    case document_form::sequence:
        cutter_ = cut_elements(window_, element_context::none);
        break;
    default:
        cutter_ = cut_lines(window_, blanks == blank_lines::are_documents);
        break;
    }
}

document_form document_stream::form_of_first_bytes()
{
    std::size_t first = std::string_view::npos;
    do
        first = window_.bytes().find_first_not_of(" \t\r\n");
    while (first == std::string_view::npos && window_.read_more());
    if (first == std::string_view::npos)
        return document_form::lines;
    if (window_.bytes()[first] == '[')
        return document_form::array;
    if (window_.bytes()[first] != '{')
        return document_form::lines;
    auto head = find_page_head(window_.bytes().substr(first));
    while (head.verdict == page_verdict::needs_more && window_.read_more())
        head = find_page_head(window_.bytes().substr(first));
    if (head.verdict == page_verdict::is_page)
        return document_form::page;
    return opens_a_line(window_.bytes().substr(first)) ? document_form::sequence : document_form::lines;
}

std::optional<broken_off> document_stream::stopped() const
{
    auto why = cutter_->stopped();
    if (auto const& damage = origin().damage())
        return broken_off{why ? why->at : position(), *damage};
    return why;
}

} // namespace tool

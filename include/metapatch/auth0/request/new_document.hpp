// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_NEW_DOCUMENT_HPP
#define METAPATCH_AUTH0_REQUEST_NEW_DOCUMENT_HPP

#include <metapatch/auth0/request/document_changes.hpp>
#include <metapatch/auth0/request/document_merge.hpp>
#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/json/measure.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0::detail {

/// Write the document that a body makes where there was none, by the straight way.
///
/// @param user_id  its first member; nothing: it has none
/// @param most     bytes of metadata that it may have for certain
/// @return         whether that was done; else what was written means nothing
template<class Sink>
bool write_new_document(std::optional<std::string_view> user_id, document_changes const& changes, std::size_t body_size,
                        std::size_t most, Sink& sink)
{
    if (!changes.are_plain() || body_size > most) [[unlikely]]
        return false;
    constexpr std::string_view brackets_and_name = R"({"user_id":""})";
    sink.expect(brackets_and_name.size() + user_id.value_or("").size() + body_size);
    if (!user_id) {
        sink.append("{");
    } else if (metapatch::detail::any_escape(*user_id)) [[unlikely]] {
        std::string text;
        metapatch::detail::append_json_string(text, *user_id);
        sink.append("{\"user_id\":");
        sink.append_owned(std::move(text));
    } else {
        sink.append("{\"user_id\":\"");
        sink.append(*user_id);
        sink.append("\"");
    }
    if (!write_new(changes, 0, user_id.has_value(), sink)) [[unlikely]]
        return false;
    sink.append("}");
    return true;
}

} // namespace metapatch::auth0::detail

#endif

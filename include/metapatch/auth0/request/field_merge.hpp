// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_FIELD_MERGE_HPP
#define METAPATCH_AUTH0_REQUEST_FIELD_MERGE_HPP

#include <metapatch/auth0/request/document_changes.hpp>
#include <metapatch/simd/bytes64.hpp>
#include <metapatch/simd/members.hpp>
#include <metapatch/splice/splice.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What a body makes of one field of metadata; and the short way of the commonest request, a patch of one field in a
/// small document.
namespace metapatch::auth0::detail {

/// Whether what a patch makes of a field is certainly within the limits of its policy.
/// @param stored_size  of the field's text; 0 where it is absent
/// @param members      of the result
inline bool is_within_limits(text_body::field const& field, std::size_t stored_size, std::size_t members) noexcept
{
    // What the patch adds is no longer than its text.
    auto const& limits = *field.rules->limits;
    return stored_size + field.patch->text().size() + 2 <= limits.max_bytes && members <= limits.max_members;
}

/// Whether a patch leaves its field absent.
inline bool leaves_absent(text_body::field const& field) noexcept
{
    return field.patch->clears() && field.patch->members().empty() &&
           field.rules->merge->cleared == cleared_field::absent;
}

/// What to look for to find a field.
/// @param room  for that, where it is none of a user's, for which it is there already
inline wanted_keys const& wanted_field(std::string_view name, wanted_keys& room) noexcept
{
    constexpr auto only = [](std::string_view field) { return wanted_keys::of(std::array{field}); };
    static constexpr wanted_keys user_metadata = only("user_metadata");
    static constexpr wanted_keys app_metadata = only("app_metadata");
    if (name == "user_metadata") [[likely]]
        return user_metadata;
    if (name == "app_metadata")
        return app_metadata;
    room = only(name);
    return room;
}

/// Up to so many bytes a document takes less time when its field is searched once more, by the code of `splice`, than
/// by one pass through both levels, each step of which has to ask on which it is. Of none where a search of 64 bytes
/// takes longer than that, and code is small rather than fast.
inline constexpr std::size_t small_document = metapatch::detail::may_tell_pairs ? 1024 : 0;

/// Whether a body changes one field and nothing else, and keeps what it does not name of it.
inline bool merges_one_field(document_changes const& changes) noexcept
{
    auto const all = changes.all();
    return all.size() == 1 && all[0].field != nullptr && !all[0].field->patch->clears();
}

/// Merge a patch into the field that is all that a body changes.
/// @param counts  whether the members of the field are limited
/// @param known   what a check of the document has read; else nullptr
/// @return        whether that was done, else what was written means nothing; or nothing where the field is not there
///                once, as an object: then nothing was written
template<class Sink>
[[gnu::always_inline]] inline std::optional<bool> merge_field(std::string_view stored, root_change const& change,
                                                              bool counts, scan_with instructions,
                                                              metapatch::detail::read_block const* known, Sink& sink)
{
    wanted_keys room;
    std::string_view value;
    {
        member_cursor cursor(stored, wanted_field(change.name, room), instructions, false, known);
        std::string unescaped;
        while (cursor.next()) {
            if (metapatch::detail::meaning_of(cursor, unescaped) != change.name) [[unlikely]]
                continue;
            auto const begin = value_begin(stored, cursor.member());
            auto const end = value_end(stored, cursor.member());
            if (!value.empty() || end < begin + 2 || stored[begin] != '{' || stored[end - 1] != '}') [[unlikely]]
                return std::nullopt;
            value = {stored.data() + begin, end - begin};
        }
    }
    if (value.empty()) [[unlikely]]
        return std::nullopt;
    auto const& patch = *change.field->patch;
    auto const* const behind = value.data() + value.size();
    sink.append({stored.data(), static_cast<std::size_t>(value.data() - stored.data())});
    member_cursor cursor(value, patch.wanted(room), instructions, counts);
    auto const done = metapatch::detail::merge_text(value, patch, cursor, sink);
    sink.append({behind, static_cast<std::size_t>(stored.data() + stored.size() - behind)});
    return is_within_limits(*change.field, value.size(), counts ? done.result() : 0);
}

} // namespace metapatch::auth0::detail

#endif

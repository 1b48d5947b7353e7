// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PROFILE_TEXT_HPP
#define METAPATCH_TOOL_PROFILE_TEXT_HPP

#include <metapatch/outcome/violation.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// The text of a whole profile, cut at its own members, so that one of them can be changed and every other byte kept.
///
/// Of a name that occurs twice the last value counts, and it is written in the first one's place.
class profile_text {
public:
    /// @param field  the name of the member that is the field
    explicit profile_text(std::string_view field);

    /// Cut a profile; its text must live until the last use.
    /// Errors: `malformed_json`, `too_deep` with their offsets; `expected_object`
    metapatch::result<void> read(std::string_view text);

    /// The field's text; nothing where the profile has no such member, or null.
    std::optional<std::string_view> field() const;

    /// Where the field's text starts in that of the profile, which must have such a member.
    std::size_t field_offset() const noexcept { return winner_->value_begin; }

    /// Append the profile with this text as its field, or without it.
    void append_with(std::optional<std::string_view> field, std::string& out) const;

private:
    struct member {
        std::size_t begin; ///< of its key
        std::size_t value_begin;
        std::size_t end;
        bool is_field;
    };

    std::string_view piece(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

    std::string name_;
    std::string quoted_name_;
    std::string_view text_;
    std::size_t inside_ = 0; ///< the first byte after the opening brace
    std::vector<member> members_;
    member const* winner_ = nullptr;
    std::string key_;
};

/// The same report with offsets that count from `offset` bytes before: from the start of the profile and not the field.
metapatch::report moved_by(metapatch::report const& why, std::size_t offset);

} // namespace tool

#endif

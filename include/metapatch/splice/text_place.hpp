// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_TEXT_PLACE_HPP
#define METAPATCH_SPLICE_TEXT_PLACE_HPP

#include <metapatch/json/scan.hpp>
#include <metapatch/json/walk.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace metapatch::detail {

/// Where a check stands inside the value of a member.
class text_place {
public:
    explicit text_place(std::string_view member_key) noexcept : member_key_(member_key) {}

    std::string pointer() const
    {
        std::string text;
        append_pointer_token(text, member_key_);
        for (std::size_t i = 0; i < depth_; ++i) {
            std::string token = levels_[i].is_object ? std::string() : std::to_string(levels_[i].index - 1);
            if (levels_[i].is_object)
                append_unescaped(token, {levels_[i].raw_key, levels_[i].raw_key_size});
            append_pointer_token(text, token);
        }
        return text;
    }

    /// Take notice of a token of the value's text.
    void enter(token what, std::string_view raw) noexcept
    {
        if (what == token::object_end || what == token::array_end) {
            --depth_;
            return;
        }
        if (what == token::key) {
            levels_[depth_ - 1].raw_key = raw.data();
            levels_[depth_ - 1].raw_key_size = raw.size();
            return;
        }
        if (depth_ > 0)
            ++levels_[depth_ - 1].index;
        if (what == token::object_begin || what == token::array_begin) {
            levels_[depth_++] = {"", 0, 0, what == token::object_begin};
        }
    }

    /// The level of what stands here: 1 for the member itself.
    std::size_t level() const noexcept { return depth_ + 1; }

private:
    struct container { // without constructors, so that an array of them costs nothing
        char const* raw_key;
        std::size_t raw_key_size;
        std::size_t index;
        bool is_object;
    };

    std::string_view member_key_;
    std::size_t depth_ = 0;
    std::array<container, nesting_ceiling> levels_; // only what is entered is ever touched
};

} // namespace metapatch::detail

#endif

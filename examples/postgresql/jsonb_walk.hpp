// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_JSONB_WALK_HPP
#define METAPATCH_POSTGRESQL_JSONB_WALK_HPP

#include "jsonb_container.hpp"

namespace store {

/// Visits the values below a jsonb in its order, without recursion, as `metapatch::value_walk` those of a DOM.
class jsonb_walk {
public:
    explicit jsonb_walk(jsonb_container root) { open(root); }

    /// Go to the next value; false when there is none left.
    bool next()
    {
        if (is_container())
            open(inside());
        while (!open_.empty()) {
            auto& here = open_.back();
            if (here.next == here.container.size()) {
                open_.pop_back();
                continue;
            }
            auto const member = here.next++;
            if (has_key()) {
                here.key_begin = here.key_end;
                here.key_end = here.container.end_of(member, here.key_begin);
            }
            auto const child = has_key() ? here.container.value_of(member) : member;
            entry_ = here.container.entry(child);
            begin_ = here.value_end;
            here.value_end = here.container.end_of(child, begin_);
            return true;
        }
        return false;
    }

    bool is_null() const noexcept { return JBE_ISNULL(entry_); }
    bool is_container() const noexcept { return JBE_ISCONTAINER(entry_); }

    /// What a string holds.
    std::optional<std::string_view> string() const noexcept
    {
        auto const& here = open_.back();
        if (!JBE_ISSTRING(entry_))
            return std::nullopt;
        return std::string_view(here.container.data() + begin_, here.value_end - begin_);
    }

    bool has_key() const noexcept { return open_.back().container.is_object(); }
    std::string_view key() const noexcept { return key_in(open_.back()); }

    /// 1 for a member of the root.
    std::size_t level() const noexcept { return open_.size(); }

    /// The JSON Pointer of the current value.
    std::string pointer() const
    {
        std::string text;
        for (auto const& each : open_) {
            if (each.container.is_object())
                metapatch::append_pointer_token(text, key_in(each));
            else
                metapatch::append_pointer_token(text, std::to_string(each.next - 1));
        }
        return text;
    }

private:
    struct level_place {
        jsonb_container container;
        std::uint32_t next;
        std::uint32_t key_begin;
        std::uint32_t key_end;
        std::uint32_t value_end;
    };

    void open(jsonb_container container)
    {
        auto const values = container.is_object() ? container.begin_of(container.value_of(0)) : 0;
        open_.push_back({container, 0, 0, 0, values});
        entry_ = JENTRY_ISNULL; // of no container, until the first value is visited
    }

    jsonb_container inside() const noexcept { return open_.back().container.inside(begin_); }

    static std::string_view key_in(level_place const& place) noexcept
    {
        return {place.container.data() + place.key_begin, place.key_end - place.key_begin};
    }

    std::vector<level_place> open_{};
    JEntry entry_ = JENTRY_ISNULL;
    std::uint32_t begin_ = 0;
};

} // namespace store

#endif

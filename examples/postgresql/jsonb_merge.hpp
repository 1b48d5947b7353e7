// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_JSONB_MERGE_HPP
#define METAPATCH_POSTGRESQL_JSONB_MERGE_HPP

#include "jsonb_writer.hpp"

namespace store {

/// Merges an object into another, both jsonb, on so many levels. What is not named is copied as it lies, in runs.
///
/// It keeps its memory for the next merge.
class jsonb_merge {
public:
    /// The most bytes that a merge needs.
    static std::size_t room_for(Jsonb const* stored, Jsonb const* patch) noexcept
    {
        // Where a run of values ends, up to three bytes may have to be put in, and a member of a patch has eight at least.
        return (stored != nullptr ? VARSIZE(stored) : 0) + std::size_t{2} * VARSIZE(patch) + 64;
    }

    /// @param stored  an object; nullptr makes one of the patch, without its nulls
    /// @param patch   an object
    /// @param levels  how many merge and remove by null, at least 1
    /// @param made    memory of `room_for` bytes for a varlena
    /// @return        false where it is longer than a jsonb can be
    /// Exceptions:    std::bad_alloc
    bool merge(Jsonb const* stored, Jsonb const* patch, std::size_t levels, Jsonb* made)
    {
        cuts_.clear();
        open_.clear();
        levels_ = levels;
        auto* const begin = reinterpret_cast<char*>(&made->root);
        open(stored != nullptr ? std::optional(jsonb_container(stored)) : std::nullopt, jsonb_container(patch), begin);
        auto const* end = begin;
        for (bool fits = true; !open_.empty();) {
            auto& here = open_.back();
            if (write_until_inside(here))
                continue;
            fits = fits && here.writer.fits();
            if (!fits)
                return false;
            end = here.writer.end();
            cuts_.resize(here.first_cut);
            open_.pop_back();
            if (!open_.empty())
                open_.back().writer.end_inside(end);
        }
        SET_VARSIZE(made, static_cast<std::uint32_t>(VARHDRSZ + (end - begin)));
        return true;
    }

private:
    enum class step : std::uint8_t {
        set,
        remove,
        enter, ///< objects that merge
    };

    /// What a member of the patch does, at a place in the stored object.
    struct cut {
        std::uint32_t at;     ///< the stored member of that key, or the one before which it would stand
        std::uint32_t member; ///< of the patch
        step what;
        bool is_stored;
    };

    /// An object that is being written.
    struct object {
        std::optional<jsonb_container> stored;
        jsonb_container patch;
        std::size_t first_cut;
        std::size_t next_cut;
        std::uint32_t next; ///< of the stored members
        jsonb_writer writer;
    };

    void open(std::optional<jsonb_container> stored, jsonb_container patch, char* at)
    {
        auto const first_cut = cuts_.size();
        auto members = stored ? stored->size() : 0;
        std::uint32_t place = 0;
        std::uint32_t key_begin = 0;
        auto value_begin = patch.begin_of(patch.value_of(0));
        for (std::uint32_t i = 0; i < patch.size(); ++i) {
            auto const key_end = patch.end_of(i, key_begin);
            std::string_view const key(patch.data() + key_begin, key_end - key_begin);
            auto const value = patch.entry(patch.value_of(i));
            bool const enters =
                open_.size() + 1 < levels_ && JBE_ISCONTAINER(value) && patch.inside(value_begin).is_object();
            key_begin = key_end;
            value_begin = patch.end_of(patch.value_of(i), value_begin);
            bool is_stored = false;
            if (stored) {
                place = stored->lower_bound(key, place);
                is_stored = place < stored->size() && compare_keys(stored->key(place), key) == 0;
            }
            if (JBE_ISNULL(value)) {
                if (!is_stored)
                    continue;
                --members;
            } else if (!is_stored) {
                ++members;
            }
            cuts_.push_back({place, i, JBE_ISNULL(value) ? step::remove : enters ? step::enter : step::set, is_stored});
        }
        open_.push_back({stored, patch, first_cut, first_cut, 0, jsonb_writer(at, members)});
        write_keys(open_.back());
    }

    void write_keys(object& here)
    {
        std::uint32_t next = 0;
        for (auto i = here.first_cut; i < cuts_.size(); ++i) {
            auto const& each = cuts_[i];
            if (each.is_stored && each.what != step::remove)
                continue; // the key stays
            if (here.stored)
                here.writer.copy_keys(*here.stored, next, each.at);
            next = each.at;
            if (each.what == step::remove)
                ++next;
            else
                here.writer.copy_keys(here.patch, each.member, each.member + 1);
        }
        if (here.stored)
            here.writer.copy_keys(*here.stored, next, here.stored->size());
    }

    /// Write values; true where an object inside was opened, which is to be written first.
    bool write_until_inside(object& here)
    {
        while (here.next_cut < cuts_.size()) {
            auto const each = cuts_[here.next_cut++];
            if (here.stored)
                here.writer.copy_values(*here.stored, here.next, each.at);
            here.next = each.at + (each.is_stored ? 1 : 0);
            if (each.what == step::set) {
                here.writer.copy_values(here.patch, each.member, each.member + 1);
            } else if (each.what == step::enter) {
                auto const patch = value(here.patch, each.member);
                auto stored = each.is_stored ? value(*here.stored, each.at) : std::nullopt;
                auto* const at = here.writer.begin_inside();
                open(stored, *patch, at); // moves `here`
                return true;
            }
        }
        if (here.stored)
            here.writer.copy_values(*here.stored, here.next, here.stored->size());
        return false;
    }

    /// A member's value where it is an object.
    static std::optional<jsonb_container> value(jsonb_container const& of, std::uint32_t member) noexcept
    {
        auto const child = of.value_of(member);
        if (!JBE_ISCONTAINER(of.entry(child)))
            return std::nullopt;
        auto const inside = of.inside(of.begin_of(child));
        return inside.is_object() ? std::optional(inside) : std::nullopt;
    }

    std::vector<cut> cuts_{};
    std::vector<object> open_{};
    std::size_t levels_ = 1;
};

} // namespace store

#endif

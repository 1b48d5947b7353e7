// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_PATCH_MEMBERS_HPP
#define METAPATCH_SPLICE_PATCH_MEMBERS_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/simd/outline.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch {

/// A member of a patch's text, to set or to remove.
struct patch_member {
    std::string_view key;             ///< unescaped
    std::string_view label;           ///< the key as it stands in the text, up to the value
    std::string_view value;           ///< the bytes of the value; empty where the member is to be removed
    std::uint64_t print = 0;          ///< of the key
    bool repeats_keys = false;        ///< an object inside of the value held a key twice; `value` is without the losers
    std::uint32_t inside = no_object; ///< which of the patch's objects the value is, where it merges into a stored one

    static constexpr std::uint32_t no_object = static_cast<std::uint32_t>(-1);

    bool removes() const noexcept { return value.empty(); }
    bool merges() const noexcept { return inside != no_object; }
};

namespace detail {

/// The members of an object in a text, found by their keys. It refers to the text.
class patch_members {
public:
    patch_members() noexcept {} // not `= default`: the slots are left uninitialised also by `patch_members x{}`
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    std::span<patch_member const> all() const noexcept { return {members_.data(), members_.size()}; }
    std::span<patch_member> all() noexcept { return {members_.data(), members_.size()}; }

    /// Whether a key of that fingerprint may be found; mostly not, where it is none of a few.
    bool may_find(std::uint64_t print) const noexcept { return (filter_ >> filter_bit(print) & 1) != 0; }

    /// The index of the member with that key, or `npos`. O(log(members)).
    std::size_t find(std::string_view key, std::uint64_t print) const noexcept
    {
        if (members_.size() > few) [[unlikely]]
            return find_of_many(key, print);
        for (std::size_t i = 0; i < members_.size(); ++i) {
            if (members_[i].print == print && members_[i].key == key)
                return i;
        }
        return npos;
    }

    /// Forget all; the memory is kept.
    void clear() noexcept
    {
        members_.clear();
        if (!keys_.empty()) [[unlikely]]
            keys_.clear();
        if (!unescaped_.empty()) [[unlikely]]
            unescaped_.clear();
        filter_ = met_again_ = 0;
        in_member_ = false;
    }

    /// A member as a whole, whose key has no escapes.
    /// @param begin, end     of the quotes around its key
    /// @param value, behind  where its value begins, and the byte behind it; the same where that is not known yet
    /// @param print          of the key
    [[gnu::always_inline]] void add_member(std::string_view text, std::size_t begin, std::size_t end, std::size_t value,
                                           std::size_t behind, std::uint64_t print)
    {
        auto const* const at = text.data();
        bool const has_value = behind != value && at[value] != 'n';
        members_.add(std::string_view(at + begin + 1, end - begin - 1), std::string_view(at + begin, value - begin),
                     has_value ? std::string_view(at + value, behind - value) : std::string_view(), print);
        note(print);
    }

    /// The value of the last member is not known yet: see `end_member`.
    void keep_open() noexcept { in_member_ = true; }

    /// A member begins; the one before ends.
    [[gnu::always_inline]] void begin_member(std::string_view text, key_place const& place)
    {
        if (in_member_) [[unlikely]]
            end_member(text, place.before);
        auto const key = meaning(text, place); // before there is a member of it
        auto& made = members_.add();
        made.key = key;
        made.label = {text.data() + place.begin, place.value - place.begin};
        bool const in_text = key.data() == text.data() + place.begin + 1;
        made.print = in_text ? fingerprint(text, place.begin + 1, key.size()) : fingerprint(key);
        note(made.print);
        in_member_ = true;
    }

    /// The last member ends, if there is one.
    /// @param end  behind its value
    [[gnu::always_inline]] void end_member(std::string_view text, std::size_t end) noexcept
    {
        if (!in_member_)
            return;
        in_member_ = false;
        auto& member = members_.back();
        auto const begin = static_cast<std::size_t>(member.label.data() + member.label.size() - text.data());
        if (text[begin] != 'n') [[likely]]
            member.value = {text.data() + begin, end - begin};
    }

    /// The member that was begun last.
    patch_member& last() noexcept { return members_.back(); }

    /// What a key means; it lives as long as the text and these members.
    [[gnu::always_inline]] std::string_view meaning(std::string_view text, key_place const& place)
    {
        std::string_view const raw(text.data() + place.begin + 1, place.end - place.begin - 1);
        return place.may_hold_escapes && holds(raw, '\\') ? unescaped(raw) : raw;
    }

    [[gnu::noinline]] std::string_view unescaped(std::string_view raw)
    {
        append_unescaped(unescaped_.emplace_back(), raw);
        return unescaped_.back();
    }

    /// Keep of each key the last member, in the place of the first, and make ready for `find`.
    /// @return whether a key occurred twice
    bool resolve()
    {
        if (members_.size() <= few) [[likely]] {
            if (differ_in_print()) [[likely]]
                return false;
        } else if (members_.size() <= several && fill_slots()) {
            return false;
        }
        return resolve_duplicates();
    }

    static std::string_view key_of(patch_member const& member) noexcept { return member.key; }
    static bool is_raw(patch_member const& member) noexcept { return member.key.data() == member.label.data() + 1; }

private:
    /// Up to here a search goes through all.
    static constexpr std::size_t few = 8;

    /// Up to here they are found by slots, beyond by an order that no text can spoil.
    static constexpr std::size_t several = 128;

    static constexpr unsigned filter_bit(std::uint64_t print) noexcept
    {
        return static_cast<unsigned>(spread(print) >> 58);
    }

    void note(std::uint64_t print) noexcept
    {
        auto const bit = std::uint64_t{1} << filter_bit(print);
        met_again_ |= filter_ & bit;
        filter_ |= bit;
    }

    bool differ_in_print() const noexcept
    {
        if (met_again_ == 0) [[likely]]
            return true;
        auto const* const members = members_.data();
        bool differ = true;
        for (std::size_t i = 1; i < members_.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                differ &= members[i].print != members[j].print;
        }
        return differ;
    }

    [[gnu::noinline]] std::size_t find_of_many(std::string_view key, std::uint64_t print) const noexcept
    {
        if (keys_.empty()) [[likely]]
            return slots_[slot_of(key, print)] - std::size_t{1}; // 0 becomes npos
        auto const at = std::lower_bound(keys_.begin(), keys_.end(), print, [&](auto const& each, auto wanted) {
            return each.rank != wanted ? each.rank < wanted : each.key < key;
        });
        return at != keys_.end() && at->rank == print && at->key == key ? at->index : npos;
    }

    /// The slot of the member with that key, or the free one where it would be.
    std::size_t slot_of(std::string_view key, std::uint64_t print) const noexcept
    {
        auto const* const members = members_.data();
        auto at = static_cast<std::uint8_t>(spread(print) >> 56);
        for (; slots_[at] != 0; ++at) { // there are more slots than members; behind the last is the first
            auto const& member = members[slots_[at] - 1U];
            if (member.print == print && member.key == key) [[likely]]
                break;
        }
        return at;
    }

    /// @return whether all keys differ; if not, the slots are of no meaning
    bool fill_slots() noexcept
    {
        slots_.fill(0);
        for (std::size_t i = 0; i < members_.size(); ++i) {
            auto& slot = slots_[slot_of(members_[i].key, members_[i].print)];
            if (slot != 0) [[unlikely]]
                return false;
            slot = static_cast<std::uint8_t>(i + 1);
        }
        return true;
    }

    bool resolve_duplicates()
    {
        sort();
        std::vector<std::size_t> loses; // allocates only where a key occurs twice
        for (std::size_t i = 0; i + 1 < keys_.size();) {
            auto last = i + 1;
            while (last < keys_.size() && same_key(keys_[last], keys_[i]))
                ++last;
            if (last > i + 1) {
                loses.resize(members_.size());
                members_[keys_[i].index] = members_[keys_[last - 1].index];
                for (auto j = i + 1; j < last; ++j)
                    loses[keys_[j].index] = 1;
            }
            i = last;
        }
        if (loses.empty())
            return false;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < members_.size(); ++i) {
            if (loses[i] == 0)
                members_[kept++] = members_[i];
        }
        members_.shrink(kept);
        sort();
        return true;
    }

    void sort()
    {
        keys_.clear();
        for (std::size_t i = 0; i < members_.size(); ++i)
            keys_.push_back({members_[i].print, members_[i].key, i});
        sort_keys(keys_.data(), keys_.data() + keys_.size());
    }

    small_vector<patch_member, few> members_;
    std::vector<ranked_key> keys_;        // by print, sorted; empty where they are found without
    std::array<std::uint8_t, 256> slots_; // of several members, the index + 1; left uninitialised until then
    std::uint64_t filter_ = 0;            // a bit for each of the prints
    std::uint64_t met_again_ = 0;         // those that two prints have
    std::list<std::string> unescaped_;    // keys that held escapes
    bool in_member_ = false;
};

} // namespace detail

} // namespace metapatch

#endif

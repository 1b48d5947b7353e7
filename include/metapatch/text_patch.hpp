// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TEXT_PATCH_HPP
#define METAPATCH_TEXT_PATCH_HPP

#include <metapatch/lexeme_dom.hpp>
#include <metapatch/patch.hpp>
#include <metapatch/rules.hpp>
#include <metapatch/text_place.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch {

namespace detail {

/// A number that equal keys share and others hardly ever do: their ends and their length.
inline std::uint64_t fingerprint(std::string_view key) noexcept
{
    auto const load = [&key](std::size_t at, std::size_t bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, key.data() + at, bytes);
        return word;
    };
    auto const size = key.size();
    std::uint64_t const length = size * 0x9E3779B97F4A7C15;
    if (size >= 8)
        return load(0, 8) ^ std::rotl(load(size - 8, 8), 29) ^ length;
    if (size >= 4)
        return (load(0, 4) | load(size - 4, 4) << 32) ^ length;
    return size == 0 ? length : (load(0, 1) | load(size / 2, 1) << 8 | load(size - 1, 1) << 16) ^ length;
}

} // namespace detail

/// The text of a body, read, checked and ready for any number of stored texts.
///
/// It refers to the text it was read from, which must outlive it. Read again, it reuses its memory.
class text_patch {
public:
    /// A member to set or to remove. Of duplicate keys only the winner is here, in the first one's place.
    struct entry {
        std::string_view key;   ///< unescaped
        std::string_view label; ///< the key as it stands in the text, up to the value
        std::string_view value; ///< the bytes of the value; empty where the member is to be removed
        bool repeats_keys;      ///< an object inside of the value held a key twice; `value` is without the losers

        bool removes() const noexcept { return value.empty(); }
    };

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    /// An untouched patch: the identity.
    text_patch() = default;
    text_patch(text_patch const&) = delete;
    text_patch& operator=(text_patch const&) = delete;
    text_patch(text_patch&&) = default;
    text_patch& operator=(text_patch&&) = default;

    /// Read a body's text and check it by all rules that do not need the stored field.
    ///
    /// @return     empty, or every violation; then, as after an exception, the patch is untouched
    /// Errors:     those of `read_value`, but no number is out of range; and those of `validate(body, policy)`
    /// Complexity: O(bytes · log(members)). No recursion. Read again, it allocates only for keys and
    ///             strings with escapes, and for keys that occur twice
    /// Exceptions: std::bad_alloc
    template<key_rule Keys>
    [[nodiscard]] report read(std::string_view text, policy<Keys> const& policy)
    {
        reset();
        struct unless_accepted { // a refusal or an exception
            text_patch& patch;
            bool accepted = false;
            ~unless_accepted()
            {
                if (!accepted)
                    patch.reset();
            }
        } forget{*this};
        report found = read_members(text, policy.read, policy.merge);
        if (found.empty())
            check(policy, found);
        forget.accepted = found.empty();
        return found;
    }

    bool is_untouched() const noexcept { return !touches_; }
    bool clears() const noexcept { return clears_; }
    std::vector<entry> const& members() const noexcept { return members_; }

    /// How many levels merge, at least 1.
    std::size_t levels() const noexcept { return levels_; }

    /// The text it was read from.
    std::string_view text() const noexcept { return text_; }

    /// The index of the member with that key, or `npos`. O(log(members)).
    std::size_t find(std::string_view key) const noexcept
    {
        auto const print = detail::fingerprint(key);
        if (prints_.size() <= few) {
            for (std::size_t i = 0; i < prints_.size(); ++i) {
                if (prints_[i].print == print && members_[prints_[i].index].key == key)
                    return prints_[i].index;
            }
            return npos;
        }
        auto const at = std::lower_bound(prints_.begin(), prints_.end(), print, [&](auto const& each, auto wanted) {
            return each.print != wanted ? each.print < wanted : members_[each.index].key < key;
        });
        return at != prints_.end() && at->print == print && members_[at->index].key == key ? at->index : npos;
    }

private:
    struct printed {
        std::uint64_t print;
        std::size_t index;
    };

    /// Up to here a search goes through all.
    static constexpr std::size_t few = 8;

    void reset() noexcept
    {
        text_ = {};
        members_.clear();
        prints_.clear();
        keys_.clear();
        unescaped_.clear();
        rewritten_.clear();
        touches_ = clears_ = false;
        levels_ = 1;
    }

    /// What a key means; the bytes themselves where nothing is escaped.
    std::string_view unescaped(std::string_view raw, bool escaped)
    {
        if (!escaped)
            return raw;
        append_unescaped(unescaped_.emplace_back(), raw);
        return unescaped_.back();
    }

    report read_members(std::string_view text, read_rules rules, merge_rules merge)
    {
        scanner scan(text, rules.max_nesting);
        auto what = scan.next();
        bool const is_object = what == token::object_begin;
        bool const is_null = what == token::null;
        bool duplicates = false;
        std::array<std::size_t, nesting_ceiling + 1> first_key; // of each open object, in keys_
        first_key[1] = 0;
        for (what = what == token::failed ? what : scan.next(); what != token::end; what = scan.next()) {
            if (what == token::failed)
                return report(detail::text_error(scan, rules));
            if (!is_object)
                continue;
            auto const depth = scan.depth();
            if (what == token::key) {
                keys_.push_back(unescaped(scan.raw(), scan.escaped()));
                if (depth == 1)
                    members_.push_back({keys_.back(), text.substr(scan.offset()), {}, false});
                continue;
            }
            if (what == token::object_begin) {
                first_key[depth] = keys_.size();
            } else if (what == token::object_end && depth > 0) {
                bool const repeats = has_duplicates(first_key[depth + 1]);
                members_.back().repeats_keys |= repeats;
                duplicates |= repeats;
            }
            if (members_.empty() || depth == 0)
                continue;
            auto& member = members_.back();
            if (depth == 1 + (what == token::object_begin || what == token::array_begin ? 1U : 0U) &&
                what != token::object_end && what != token::array_end)
                begin_value(member, text, scan.offset());
            if (depth == 1)
                end_value(member, text, scan.position(), what == token::null);
        }
        keys_.clear();
        bool const repeats = resolve_members() || duplicates;
        // Where they are rejected, duplicates are a fault of the text, to be told before any other.
        if (rules.duplicates == duplicate_keys::rejected && (repeats || !is_object)) {
            if (auto found = detail::duplicates_in(text, rules); !found.empty())
                return found;
        }
        if (!is_object && !(is_null && merge.on_null == null_body::clears))
            return report({.code = errc::expected_object});

        text_ = text;
        touches_ = true;
        clears_ = !is_object || merge.depth == 0 || (members_.empty() && merge.on_empty == empty_body::clears);
        levels_ = std::max<std::size_t>(merge.depth, 1);
        return report();
    }

    static void begin_value(entry& member, std::string_view text, std::size_t at) noexcept
    {
        auto const key = static_cast<std::size_t>(member.label.data() - text.data());
        member.label = text.substr(key, at - key);
    }

    static void end_value(entry& member, std::string_view text, std::size_t end, bool is_null) noexcept
    {
        auto const begin = static_cast<std::size_t>(member.label.data() - text.data()) + member.label.size();
        member.value = is_null ? std::string_view() : text.substr(begin, end - begin);
    }

    /// Whether the keys from `first` on hold one twice; forgets them.
    bool has_duplicates(std::size_t first)
    {
        auto const begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
        std::sort(begin, keys_.end());
        bool const found = std::adjacent_find(begin, keys_.end()) != keys_.end();
        keys_.resize(first);
        return found;
    }

    /// Keep of each key the last member, in the place of the first, and make ready for `find`.
    /// @return whether a key occurred twice
    bool resolve_members()
    {
        for (std::size_t i = 0; i < members_.size(); ++i)
            prints_.push_back({detail::fingerprint(members_[i].key), i});
        sort_prints();
        std::vector<bool> loses; // allocates only where a key occurs twice
        for (std::size_t i = 0; i + 1 < prints_.size();) {
            auto const first = prints_[i].index;
            auto last = i + 1;
            while (last < prints_.size() && members_[prints_[last].index].key == members_[first].key)
                ++last;
            if (last > i + 1) {
                loses.resize(members_.size());
                members_[first] = members_[prints_[last - 1].index];
                for (auto j = i + 1; j < last; ++j)
                    loses[prints_[j].index] = true;
            }
            i = last;
        }
        if (loses.empty())
            return false;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < members_.size(); ++i) {
            if (!loses[i])
                members_[kept++] = members_[i];
        }
        members_.resize(kept);
        prints_.clear();
        for (std::size_t i = 0; i < members_.size(); ++i)
            prints_.push_back({detail::fingerprint(members_[i].key), i});
        sort_prints();
        return true;
    }

    void sort_prints()
    {
        std::sort(prints_.begin(), prints_.end(), [this](printed const& a, printed const& b) {
            if (a.print != b.print)
                return a.print < b.print;
            auto const order = members_[a.index].key.compare(members_[b.index].key);
            return order != 0 ? order < 0 : a.index < b.index;
        });
    }

    template<key_rule Keys>
    void check(policy<Keys> const& policy, report& found)
    {
        if (members_.size() > policy.limits.max_members)
            found.add({.code = errc::too_many_members, .limit = policy.limits.max_members, .actual = members_.size()});
        for (auto& member : members_) {
            if (member.repeats_keys)
                member.value = without_losers(member.value, policy.read);
            check_member(member, policy, found);
        }
    }

    /// The compact text of a value without the members that lose against a later one of the same key.
    std::string_view without_losers(std::string_view value, read_rules rules)
    {
        detail::lexeme_dom dom;
        rewritten_.push_back(dom.write(dom.read(value, rules).value()));
        return rewritten_.back();
    }

    template<key_rule Keys>
    void check_member(entry const& member, policy<Keys> const& policy, report& found)
    {
        detail::text_place place(member.key);
        detail::check_key({member.key, 1}, policy, place, found);
        if (member.removes()) {
            detail::check_value(true, std::nullopt, policy.limits, place, found);
            return;
        }
        char const first = member.value.front();
        if (first != '{' && first != '[') {
            std::optional<std::string_view> content;
            if (first == '"') {
                auto const raw = member.value.substr(1, member.value.size() - 2);
                bool const looked_at = policy.limits.max_value_code_points != unlimited;
                content = looked_at ? unescaped(raw, raw.find('\\') != std::string_view::npos) : raw;
            }
            detail::check_value(false, content, policy.limits, place, found);
            return;
        }
        if (!detail::check_value(false, std::nullopt, policy.limits, place, found))
            return;
        scanner scan(member.value);
        std::string key;
        for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next()) {
            place.enter(what, scan.raw());
            if (what != token::key)
                continue;
            key.clear();
            if (scan.escaped())
                append_unescaped(key, scan.raw());
            detail::check_key({scan.escaped() ? std::string_view(key) : scan.raw(), place.level()}, policy, place,
                              found);
        }
    }

    std::string_view text_;
    std::vector<entry> members_;
    std::vector<printed> prints_;        // sorted
    std::vector<std::string_view> keys_; // of the objects that are open while reading
    std::list<std::string> unescaped_;   // keys that held escapes
    std::list<std::string> rewritten_;   // values that held duplicate keys
    bool touches_ = false;
    bool clears_ = false;
    std::size_t levels_ = 1;
};

} // namespace metapatch

#endif

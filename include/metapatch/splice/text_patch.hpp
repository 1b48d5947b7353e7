// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_TEXT_PATCH_HPP
#define METAPATCH_SPLICE_TEXT_PATCH_HPP

#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/patch/patch.hpp>
#include <metapatch/policy/rules.hpp>
#include <metapatch/simd/outline.hpp>
#include <metapatch/splice/text_place.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch {

/// The text of a body, read, checked and ready for any number of stored texts.
///
/// It refers to the text it was read from, which must outlive it. Read again, it reuses its memory.
class text_patch {
public:
    /// A member to set or to remove. Of duplicate keys only the winner is here, in the first one's place.
    struct entry {
        std::string_view key;      ///< unescaped
        std::string_view label;    ///< the key as it stands in the text, up to the value
        std::string_view value;    ///< the bytes of the value; empty where the member is to be removed
        std::uint64_t print = 0;   ///< of the key
        bool repeats_keys = false; ///< an object inside of the value held a key twice; `value` is without the losers

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
    [[nodiscard]] report read(std::string_view text, policy<Keys> const& policy,
                              scan_with instructions = fastest_scan())
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
        report found = read_members(text, policy, instructions);
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

    /// What to look for in a stored text.
    wanted_keys const& wanted() const noexcept { return wanted_; }

    /// The index of the member with that key, or `npos`. O(log(members)).
    std::size_t find(std::string_view key) const noexcept { return find(key, detail::fingerprint(key)); }

    /// Whether a key of that fingerprint may be found; mostly not, where it is none of a few.
    bool may_find(std::uint64_t print) const noexcept { return (filter_ >> filter_bit(print) & 1) != 0; }

    /// The same, where the key's fingerprint is known.
    std::size_t find(std::string_view key, std::uint64_t print) const noexcept
    {
        if (members_.size() <= few) {
            for (std::size_t i = 0; i < members_.size(); ++i) {
                if (members_[i].print == print && members_[i].key == key)
                    return i;
            }
            return npos;
        }
        auto const at = std::lower_bound(keys_.begin(), keys_.end(), print, [&](auto const& each, auto wanted) {
            return each.rank != wanted ? each.rank < wanted : each.key < key;
        });
        return at != keys_.end() && at->rank == print && at->key == key ? at->index : npos;
    }

private:
    static constexpr unsigned filter_bit(std::uint64_t print) noexcept
    {
        return static_cast<unsigned>(detail::spread(print) >> 58);
    }

    /// Up to here a search goes through all.
    static constexpr std::size_t few = 8;

    static std::string_view key_of(entry const& member) noexcept { return member.key; }

    void reset() noexcept
    {
        text_ = {};
        members_.clear();
        keys_.clear();
        nested_.clear();
        unescaped_.clear();
        rewritten_.clear();
        wanted_.assign(members_, key_of);
        filter_ = 0;
        touches_ = clears_ = refuses_ = repeats_inside_ = false;
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

    template<key_rule Keys>
    report read_members(std::string_view text, policy<Keys> const& policy, scan_with instructions)
    {
        auto const& rules = policy.read;
        char const first = detail::first_byte(text);
        bool const is_object = first == '{';
        bool repeats = false;
        if (is_object) {
            outline_reader reader{*this, text, text.find('\\') != std::string_view::npos};
            if (!detail::read_outline(text, rules.max_nesting, instructions, nested_keys_, reader))
                return detail::text_error(text, rules);
            repeats = resolve_members() || repeats_inside_;
            wanted_.assign(members_, key_of);
            for (auto const& key : nested_) // and not before the text is known to be valid
                refuses_ = refuses_ || !admits(policy, key);
        } else if (!is_json(text, rules.max_nesting, instructions)) {
            return detail::text_error(text, rules);
        }
        // Where they are rejected, duplicates are a fault of the text, to be told before any other.
        if (rules.duplicates == duplicate_keys::rejected && (repeats || !is_object)) {
            if (auto found = detail::duplicates_in(text, rules); !found.empty())
                return found;
        }
        if (!is_object && !(first == 'n' && policy.merge.on_null == null_body::clears))
            return report({.code = errc::expected_object});

        text_ = text;
        touches_ = true;
        clears_ =
            !is_object || policy.merge.depth == 0 || (members_.empty() && policy.merge.on_empty == empty_body::clears);
        levels_ = std::max<std::size_t>(policy.merge.depth, 1);
        return report();
    }

    /// Takes the members from the outline of a text.
    struct outline_reader {
        text_patch& patch;
        std::string_view text;
        bool escapes; ///< there is a backslash in the text

        void begin_member(std::string_view raw, std::size_t begin, std::size_t colon)
        {
            auto value = colon + 1;
            while (value < text.size() && detail::is_space(text[value]))
                ++value;
            auto& made = patch.members_.emplace_back();
            made.key = meaning(raw);
            made.label = {text.data() + begin, value - begin};
            made.print = detail::fingerprint(made.key);
            patch.filter_ |= std::uint64_t{1} << filter_bit(made.print);
        }

        std::string_view nested_key(std::string_view raw, std::size_t level)
        {
            return patch.nested_.emplace_back(member_key{meaning(raw), level}).name;
        }

        void repeated_key() noexcept { patch.repeats_inside_ = patch.members_.back().repeats_keys = true; }

        void end_member(std::size_t end) noexcept
        {
            auto& member = patch.members_.back();
            auto const begin = static_cast<std::size_t>(member.label.data() + member.label.size() - text.data());
            if (text[begin] != 'n')
                member.value = {text.data() + begin, detail::before_space(text, begin, end) - begin};
        }

    private:
        std::string_view meaning(std::string_view raw)
        {
            return patch.unescaped(raw, escapes && detail::holds(raw, '\\'));
        }
    };

    static bool is_container(std::string_view value) noexcept
    {
        return !value.empty() && (value.front() == '{' || value.front() == '[');
    }

    /// Keep of each key the last member, in the place of the first, and make ready for `find`.
    /// @return whether a key occurred twice
    bool resolve_members()
    {
        if (are_few_and_differ())
            return false;
        sort_members();
        std::vector<std::size_t> loses; // allocates only where a key occurs twice
        for (std::size_t i = 0; i + 1 < keys_.size();) {
            auto last = i + 1;
            while (last < keys_.size() && detail::same_key(keys_[last], keys_[i]))
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
        members_.resize(kept);
        sort_members();
        return true;
    }

    bool are_few_and_differ() const noexcept
    {
        bool differ = members_.size() <= few;
        for (std::size_t i = 1; differ && i < members_.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                differ = differ && members_[i].print != members_[j].print;
        }
        return differ;
    }

    void sort_members()
    {
        keys_.clear();
        for (std::size_t i = 0; i < members_.size(); ++i)
            keys_.push_back({members_[i].print, members_[i].key, i});
        detail::sort_keys(keys_.data(), keys_.data() + keys_.size());
    }

    template<key_rule Keys>
    static bool admits(policy<Keys> const& policy, member_key const& key) noexcept
    {
        key_verdict const verdict = policy.keys(key); // a rule may answer with what becomes one
        return verdict.admits();
    }

    template<key_rule Keys>
    void check(policy<Keys> const& policy, report& found)
    {
        if (members_.size() > policy.limits.max_members)
            found.add({.code = errc::too_many_members, .limit = policy.limits.max_members, .actual = members_.size()});
        bool const any_value =
            policy.limits.values == value_types::any && policy.limits.max_value_code_points == unlimited && !refuses_;
        for (auto& member : members_) {
            if (member.repeats_keys)
                member.value = without_losers(member.value, policy.read);
            // Mostly all is well, and a look at the key shows it.
            if (!any_value || member.key.size() > policy.limits.max_key_code_points || !admits(policy, {member.key, 1}))
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
        if (!is_container(member.value)) {
            std::optional<std::string_view> content;
            if (member.value.front() == '"') {
                auto const raw = member.value.substr(1, member.value.size() - 2);
                bool const looked_at = policy.limits.max_value_code_points != unlimited;
                content = looked_at ? unescaped(raw, raw.find('\\') != std::string_view::npos) : raw;
            }
            detail::check_value(false, content, policy.limits, place, found);
            return;
        }
        bool const admitted = detail::check_value(false, std::nullopt, policy.limits, place, found);
        if (!admitted || (!refuses_ && !member.repeats_keys))
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
    std::vector<detail::ranked_key> keys_; // of the members by print, sorted; where they are few, of no meaning
    std::uint64_t filter_ = 0;             // a bit for each of the prints
    wanted_keys wanted_;
    std::vector<detail::ranked_key> nested_keys_; // while reading
    std::vector<member_key> nested_;              // the keys inside of values
    std::list<std::string> unescaped_;            // keys that held escapes
    std::list<std::string> rewritten_;            // values that held duplicate keys
    bool touches_ = false;
    bool clears_ = false;
    bool refuses_ = false;        // some key inside of a value
    bool repeats_inside_ = false; // some value holds a key twice
    std::size_t levels_ = 1;
};

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_PATCH_CONTENT_HPP
#define METAPATCH_SPLICE_PATCH_CONTENT_HPP

#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/patch/patch.hpp>
#include <metapatch/patch/validate.hpp>
#include <metapatch/policy/key_filter.hpp>
#include <metapatch/policy/rules.hpp>
#include <metapatch/simd/outline.hpp>
#include <metapatch/simd/wanted_keys.hpp>
#include <metapatch/splice/patch_members.hpp>
#include <metapatch/splice/patch_tree.hpp>
#include <metapatch/splice/text_place.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace metapatch::detail {

/// What a policy asks of a stored text and of what a patch makes of it: all of it but the rules for the patch.
struct result_rules {
    cleared_field cleared = cleared_field::empty;
    std::size_t max_members = unlimited;
    std::size_t max_bytes = unlimited;
    read_rules read{};
};

template<key_rule Keys>
constexpr result_rules result_rules_of(policy<Keys> const& policy) noexcept
{
    return {policy.merge.cleared, policy.limits.max_members, policy.limits.max_bytes, policy.read};
}

/// What a patch's text holds. It is filled by an outline that visits it: of the text alone, or of a body that the text
/// is a part of.
class patch_content {
public:
    std::string_view text() const noexcept { return text_; }
    patch_members const& members() const noexcept { return members_; }
    patch_tree const& tree() const noexcept { return tree_; }
    bool touches() const noexcept { return touches_; }
    bool clears() const noexcept { return clears_; }
    std::size_t levels() const noexcept { return levels_; }

    /// Of the policy that it was checked by, and so of no other.
    result_rules const& rules() const noexcept { return rules_; }

    /// Become untouched.
    void reset() noexcept
    {
        forget();
        rules_ = {};
    }

    /// An object begins that the patch is to be.
    /// @param whole  the text that is outlined
    /// @param at     of the bracket
    /// @param above  how many containers of that text are around it
    /// @param merge   the rules that it is to be finished by
    /// @param filter  of the rule for its keys
    void begin(std::string_view whole, std::size_t at, std::size_t above, merge_rules const& merge,
               key_filter const& filter) noexcept
    {
        forget(); // the rules are to be those that it is finished by
        filter_ = filter;
        whole_ = whole;
        begin_ = at;
        above_ = above;
        deepest_ = 0;
        merging_ = merge.depth;
    }

    std::array<char, 2> suspects() const noexcept { return filter_.suspects; }

    /// The outline tells of a key; levels count from the outermost container.
    std::string_view key(key_place const& place)
    {
        if (place.level == above_ + 1) {
            unsure_ = unsure_ || place.may_hold_suspects || !filter_.knows_first_level;
            members_.begin_member(whole_, place);
            return {};
        }
        auto const name = members_.meaning(whole_, place);
        if (place.may_hold_suspects || !filter_.knows_nested)
            unsure_inside_.push_back({name, place.level - above_});
        if (place.level - above_ == tree_.level())
            tree_.begin_member(whole_, place, name);
        return name;
    }

    patch_members* takes_members(std::size_t level) noexcept
    {
        if (level != above_ + 1)
            return nullptr;
        unsure_ = unsure_ || !filter_.knows_first_level;
        return &members_;
    }

    /// Whether of what is below its members it asks only whether something is odd.
    bool takes_members_alone() const noexcept { return above_ == 0 && merging_ <= 1 && filter_.knows_nested; }

    void open(std::size_t at, std::size_t level)
    {
        auto const own = level - above_;
        deepest_ = std::max(deepest_, own);
        // What is in an array stands deeper than the tree goes.
        if (own <= merging_ && own == tree_.level() + 1 && whole_[at] == '{')
            tree_.open();
    }

    void close(std::size_t at, std::size_t before, std::size_t level, bool repeats)
    {
        auto const own = level - above_;
        if (own == 1) {
            members_.end_member(whole_, before);
            text_ = whole_.substr(begin_, at + 1 - begin_);
            return;
        }
        if (repeats) [[unlikely]]
            repeats_inside_ = members_.last().repeats_keys = true;
        if (own == tree_.level()) {
            auto const object = tree_.close(whole_, before);
            if (own == 2)
                members_.last().inside = object;
        } else if (repeats && tree_.level() > 1) [[unlikely]] {
            tree_.last().repeats_keys = true;
        }
    }

    /// What to look for in a stored text, on any level; a search for more does no harm.
    /// @param room  for that, where `want_all` was not called
    wanted_keys const& wanted(wanted_keys& room) const noexcept
    {
        if (is_wanted_)
            return wanted_;
        want_all(room);
        return room;
    }

    /// Make ready for many calls of `wanted`.
    void want_all() noexcept
    {
        want_all(wanted_);
        is_wanted_ = true;
    }

    /// Check what was read, once the whole text is known to be JSON.
    /// @return every violation; where there is one, the patch is to be reset
    template<key_rule Keys>
    [[gnu::always_inline]] report finish(policy<Keys> const& policy)
    {
        auto const& rules = policy.read;
        if (deepest_ > rules.max_nesting) [[unlikely]]
            return text_error(text_, rules);
        bool const repeats = members_.resolve() | repeats_inside_;
        // Where they are rejected, duplicates are a fault of the text, to be told before any other.
        if (repeats && rules.duplicates == duplicate_keys::rejected) [[unlikely]] {
            if (auto found = duplicates_in(text_, rules); !found.empty())
                return found;
        }
        touch(policy.merge,
              policy.merge.depth == 0 || (members_.all().empty() && policy.merge.on_empty == empty_body::clears));
        rules_ = result_rules_of(policy);
        if (!is_surely_fine(policy)) [[unlikely]]
            return judged(policy);
        return report::of_at_most(rules.max_violations);
    }

    /// Become the patch that was read, by no rules but those of merging, each value as it stands.
    void finish_as_it_stands(merge_rules const& merge)
    {
        members_.resolve();
        want_all();
        for (auto& member : members_.all())
            member.repeats_keys = false;
        touch(merge, false);
        rules_ = {.cleared = merge.cleared};
    }

    /// Become the patch of a text that is no object.
    /// @return every violation; where there is one, the patch is to be reset
    template<key_rule Keys>
    report read_other(std::string_view text, policy<Keys> const& policy)
    {
        auto const& rules = policy.read;
        if (rules.duplicates == duplicate_keys::rejected) {
            if (auto found = duplicates_in(text, rules); !found.empty())
                return found;
        }
        if (first_byte(text) != 'n' || policy.merge.on_null != null_body::clears)
            return report({.code = errc::expected_object});
        text_ = text;
        touch(policy.merge, true);
        rules_ = result_rules_of(policy);
        return report();
    }

    /// Hand over what its members refer to besides the text.
    void release_rewritten(std::list<std::string>& to) noexcept { to.splice(to.end(), rewritten_); }

private:
    /// Become untouched, but for the rules.
    void forget() noexcept
    {
        text_ = {};
        members_.clear();
        if (!unsure_inside_.empty()) [[unlikely]]
            unsure_inside_.clear();
        tree_.clear();
        is_wanted_ = false;
        if (!rewritten_.empty()) [[unlikely]]
            rewritten_.clear();
        touches_ = clears_ = repeats_inside_ = unsure_ = false;
        levels_ = 1;
    }

    void want_all(wanted_keys& to) const noexcept
    {
        if (tree_.empty())
            to.assign(members_.all(), patch_members::key_of, patch_members::is_raw);
        else
            to.assign(joined_members{members_.all(), tree_.all()}, patch_members::key_of, patch_members::is_raw);
    }

    void touch(merge_rules const& merge, bool clears) noexcept
    {
        touches_ = true;
        clears_ = clears;
        levels_ = std::max<std::size_t>(merge.depth, 1);
    }

    static bool is_container(std::string_view value) noexcept
    {
        return !value.empty() && (value.front() == '{' || value.front() == '[');
    }

    /// Whether a value is certainly one that a member may have: text that is short enough as it is written, say.
    static bool is_fine_value(patch_member const& member, limits const& limits) noexcept
    {
        if (member.removes())
            return limits.values != value_types::string;
        if (member.value.front() != '"')
            return limits.values == value_types::any;
        return member.value.size() - 2 <= limits.max_value_code_points;
    }

    template<key_rule Keys>
    static bool admits(policy<Keys> const& policy, member_key const& key) noexcept
    {
        key_verdict const verdict = policy.keys(key); // a rule may answer with what becomes one
        return verdict.admits();
    }

    /// Whether no member has to be looked at.
    template<key_rule Keys>
    bool is_surely_fine(policy<Keys> const& policy) const noexcept
    {
        auto const& limits = policy.limits;
        // All at once: they are asked for faster than jumped over.
        bool const is_free = (limits.values == value_types::any) & (limits.max_value_code_points == unlimited) &
                             (limits.max_key_code_points == unlimited);
        bool const are_few = members_.all().size() <= limits.max_members;
        bool const none_inside = unsure_inside_.empty();
        return !judges_values<Keys> && (is_free & are_few & none_inside & !unsure_ & !repeats_inside_);
    }

    template<key_rule Keys>
    [[gnu::noinline]] report judged(policy<Keys> const& policy)
    {
        auto found = report::of_at_most(policy.read.max_violations);
        if constexpr (judges_values<Keys>)
            check_as_values(policy, found);
        if (found.empty())
            check(policy, found);
        return found;
    }

    template<key_rule Keys>
    void check(policy<Keys> const& policy, report& found)
    {
        bool refuses_inside = false; // and not before the text is known to be valid
        for (auto const& key : unsure_inside_)
            refuses_inside = refuses_inside || !admits(policy, key);
        auto const members = members_.all();
        if (members.size() > policy.limits.max_members)
            found.add({.code = errc::too_many_members, .limit = policy.limits.max_members, .actual = members.size()});
        bool const any_value = policy.limits.values == value_types::any &&
                               policy.limits.max_value_code_points == unlimited && !refuses_inside;
        bool const any_key = !unsure_ && policy.limits.max_key_code_points == unlimited;
        if (any_key && any_value && !repeats_inside_)
            return;
        for (auto& member : members) {
            if (member.repeats_keys) [[unlikely]]
                member.value = without_losers(member.value, policy.read);
            // Mostly all is well, and a look shows it.
            if ((!any_value && (refuses_inside || !is_fine_value(member, policy.limits))) ||
                member.key.size() > policy.limits.max_key_code_points || (unsure_ && !admits(policy, {member.key, 1})))
                check_member(member, policy, refuses_inside, found);
        }
        for (auto& member : tree_.all()) {
            if (repeats_inside_ && member.repeats_keys)
                member.value = without_losers(member.value, policy.read);
        }
    }

    /// Check all that the text holds as a DOM holds it, for rules of values look at that.
    template<key_rule Keys>
    void check_as_values(policy<Keys> const& policy, report& found) const
    {
        auto const value =
            detail::read(text_, policy.read, {}, [](boost::json::value_stack& stack, std::string_view number) {
                push_number(stack, number);
                return true;
            });
        check_members(value.value().get_object(), policy, found, numbers_are::of_text);
    }

    /// The compact text of a value without the members that lose against a later one of the same key.
    std::string_view without_losers(std::string_view value, read_rules rules)
    {
        lexeme_dom dom;
        rewritten_.push_back(dom.write(*dom.read(value, rules)));
        return rewritten_.back();
    }

    template<key_rule Keys>
    void check_member(patch_member const& member, policy<Keys> const& policy, bool refuses_inside, report& found)
    {
        text_place place(member.key);
        check_key({member.key, 1}, policy, place, found);
        if (member.removes()) {
            check_value(true, std::nullopt, policy.limits, place, found);
            return;
        }
        if (!is_container(member.value)) {
            std::optional<std::string_view> content;
            if (member.value.front() == '"') {
                auto const raw = member.value.substr(1, member.value.size() - 2);
                bool const looked_at = policy.limits.max_value_code_points != unlimited;
                content = looked_at && holds(raw, '\\') ? members_.unescaped(raw) : raw;
            }
            check_value(false, content, policy.limits, place, found);
            return;
        }
        bool const admitted = check_value(false, std::nullopt, policy.limits, place, found);
        if (!admitted || (!refuses_inside && !member.repeats_keys))
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
            check_key({scan.escaped() ? std::string_view(key) : scan.raw(), place.level()}, policy, place, found);
        }
    }

    std::string_view text_;
    std::string_view whole_; // while reading, as the next four
    std::size_t begin_ = 0;
    std::size_t above_ = 0;
    std::size_t deepest_ = 0;
    std::size_t merging_ = 1; // how many levels do
    patch_members members_;
    patch_tree tree_;
    wanted_keys wanted_;
    bool is_wanted_ = false;
    key_filter filter_;
    small_vector<member_key, 16> unsure_inside_; // the keys inside of values that the rule is to be asked about
    std::list<std::string> rewritten_;           // values that held duplicate keys
    bool touches_ = false;
    bool clears_ = false;
    bool repeats_inside_ = false; // some value holds a key twice
    bool unsure_ = false;         // the rule is to be asked about the members' keys
    std::size_t levels_ = 1;
    result_rules rules_;
};

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE bool read_outline<patch_content>(std::string_view, std::size_t, scan_with, key_room&,
                                                    patch_content&);
#endif

} // namespace metapatch::detail

#endif

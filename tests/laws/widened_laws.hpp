// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_WIDENED_LAWS_HPP
#define METAPATCH_TESTS_LAWS_WIDENED_LAWS_HPP

#include "../support.hpp"
#include "splice_laws.hpp"
#include "text_laws.hpp"
#include "widening.hpp"

#include <algorithm>
#include <metapatch/splice/splice.hpp>
#include <optional>
#include <string>
#include <string_view>

/// What holds of long texts, where it is known what holds of the short ones that they were made of.
namespace metapatch::laws {

/// What is wrong, as said of the long text that is made of this one. Pointers are left out: they hold what keys mean.
inline std::string told_of_long(report const& found, std::string_view text, widening const& wide)
{
    report told;
    for (auto each : found) {
        each.pointer.clear();
        if (each.offset)
            each.offset = wide.place(text, *each.offset);
        told.add(each);
    }
    return test::told(told);
}

/// The same as it stands.
inline std::string told_without_pointers(report const& found)
{
    return told_of_long(found, {}, widening({}, 0));
}

/// A long text is JSON where the short one is, and has its first fault at the same byte.
inline void check_widened_text(std::string_view narrow, std::size_t max_nesting, widening const& wide)
{
    exact_text const text(wide.of(narrow));
    auto const words = [narrow] { return "  of the text " + std::string(narrow); };
    auto const fault = fault_by_scanner(narrow, max_nesting);
    auto const found = fault_by_scanner(text, max_nesting);
    require_same(found ? told_without_pointers(report(*found)) : "",
                 fault ? told_of_long(report(*fault), narrow, wide) : "", words);
    for (auto const instructions : test::every_scan())
        require(is_json(text, max_nesting, instructions) == !fault, words);
}

/// A splice of two short texts, and the long ones that are made of them.
template<key_rule Keys>
class widened_case {
public:
    widened_case(splice_case<Keys> const& narrow, widening const& wide)
        : narrow_(narrow), wide_(wide), stored_(wide.of(narrow.stored.value_or(""))),
          patch_(wide.of(narrow.patch)), on_{narrow.stored ? std::optional<std::string_view>(stored_) : std::nullopt,
                                             patch_, narrow.policy}
    {
    }

    void check() const
    {
        text_patch patch;
        text_patch narrow_patch;
        auto const refused = read_patches(narrow_patch, patch);
        check_stored();
        if (!refused.empty())
            return;
        bool const is_valid = !narrow_.stored || (detail::begins_object(*narrow_.stored) &&
                                                  is_json(*narrow_.stored, nesting_ceiling, scan_with::portable));
        for (auto const known : {stored_text::trusted, stored_text::checked}) {
            auto const made = check_outcome(patch, known);
            if (is_valid || known == stored_text::checked)
                require_widened(made, splice_case_to_string(narrow_, narrow_patch, {known, scan_with::portable}),
                                writes_values(narrow_patch));
        }
    }

private:
    report read_patches(text_patch& narrow_patch, text_patch& patch) const
    {
        auto const refused = narrow_patch.read(narrow_.patch, narrow_.policy, scan_with::portable);
        for (auto const instructions : test::every_scan()) {
            require_same(told_without_pointers(patch.read(on_.patch, on_.policy, instructions)),
                         told_of_long(refused, narrow_.patch, wide_), narrow_);
            require(patch.members().size() == narrow_patch.members().size(), narrow_);
            for (std::size_t i = 0; i < patch.members().size(); ++i) {
                auto const& member = narrow_patch.members()[i];
                require(patch.members()[i].removes() == member.removes(), narrow_);
                require_same(std::string(patch.members()[i].label), wide_.of(member.label), narrow_);
            }
        }
        return refused;
    }

    void check_stored() const
    {
        if (narrow_.stored)
            check_widened_text(*narrow_.stored, narrow_.policy.read.max_nesting, wide_);
    }

    /// What is done in several ways is to give the same; from case to case they take turns.
    outcome check_outcome(text_patch const& patch, stored_text known) const
    {
        auto const turn = on_.stored.value_or("").size() + on_.patch.size();
        auto const every = test::every_scan();
        auto const instructions = [&](std::size_t way) { return every[(turn + way) % every.size()]; };
        auto const expected = splice_case_to_string(on_, patch, {known});
        auto const searched = splice_case_to_string(on_, patch, {known, instructions(1)});
        auto const indexed = splice_case_by_index(on_, patch, {known, instructions(2)});
        if (all_ways_agree(on_, known)) {
            require_same_splice(searched, expected, on_);
            require_same_splice(indexed, expected, on_);
        }
        if (turn % 2 == static_cast<std::size_t>(known))
            check_forms(on_, patch, known, expected);
        return expected;
    }

    /// Whether values are written, not copied: then a mark may come of what was none.
    static bool writes_values(text_patch const& patch)
    {
        return std::any_of(patch.members().begin(), patch.members().end(),
                           [](auto const& each) { return each.repeats_keys; });
    }

    void require_widened(outcome const& made, outcome const& narrow, bool writes_values) const
    {
        require(made.done.has_value() == narrow.done.has_value(), narrow_);
        if (!made.done) {
            require_same(told_without_pointers(made.done.error()),
                         told_of_long(narrow.done.error(), narrow_.stored.value_or(""), wide_), narrow_);
            return;
        }
        if (writes_values) {
            plain_numbers plain;
            auto const stored = plain.in(stored_);
            auto const patch = plain.in(patch_);
            check_against_dom(splice_case<Keys>{on_.stored ? std::optional<std::string_view>(stored) : std::nullopt,
                                                patch, on_.policy});
        } else {
            require_same(made.text, wide_.of(narrow.text), narrow_);
        }
        auto expected = *narrow.done;
        expected.size = made.text.size();
        if (expected.cleared) // of stored duplicates each counts
            expected.removed = made.done->removed;
        require(*made.done == expected, narrow_);
    }

    splice_case<Keys> const& narrow_;
    widening const& wide_;
    exact_text stored_;
    exact_text patch_;
    splice_case<Keys> on_;
};

/// All of these laws, of the long texts that are made of two short ones.
template<key_rule Keys>
void check_widened_splice(std::optional<std::string_view> stored, std::string_view patch, policy<Keys> policy,
                          widening const& wide)
{
    // What counts bytes or characters is not the same for both.
    policy.limits.max_bytes = policy.limits.max_key_code_points = policy.limits.max_value_code_points = unlimited;
    splice_case<Keys> const narrow{stored, patch, policy};
    try {
        widened_case<Keys>(narrow, wide).check();
    } catch (broken_law const& why) {
        throw broken_law(std::string(why.what()) + "\n of these short texts\n" + narrow());
    }
}

} // namespace metapatch::laws

#endif

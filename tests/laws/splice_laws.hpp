// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_SPLICE_LAWS_HPP
#define METAPATCH_TESTS_LAWS_SPLICE_LAWS_HPP

#include "../support.hpp"
#include "grammar.hpp"
#include "kept_bytes.hpp"
#include "numbers.hpp"
#include "require.hpp"
#include "stored_value.hpp"

#include <algorithm>
#include <memory>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/patch/apply.hpp>
#include <metapatch/splice/splice.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What holds of every splice of two texts, valid or not.
namespace metapatch::laws {

/// A text with nothing behind it, so that the sanitizer sees every read beyond its end.
class exact_text {
public:
    explicit exact_text(std::string_view text) : size_(text.size()), bytes_(std::make_unique<char[]>(size_))
    {
        std::copy(text.begin(), text.end(), bytes_.get());
    }

    operator std::string_view() const noexcept { return {bytes_.get(), size_}; }

private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
};

/// The texts and rules of one splice; called, it tells of them.
template<key_rule Keys>
struct splice_case {
    std::optional<std::string_view> stored;
    std::string_view patch;
    metapatch::policy<Keys> policy;

    std::string operator()() const
    {
        auto const number = [](std::size_t limit) { return limit == unlimited ? "any" : std::to_string(limit); };
        return "  stored   " + excerpt(stored.value_or("(absent)")) + "\n  patch    " + excerpt(patch) + "\n  depth " +
               number(policy.merge.depth) + ", nesting " + number(policy.read.max_nesting) + ", members " +
               number(policy.limits.max_members) + ", bytes " + number(policy.limits.max_bytes);
    }
};

/// What came out of a splice.
struct outcome {
    result<text_change> done;
    std::string text;
};

/// Into a string that holds something, which is to stay.
template<key_rule Keys>
outcome splice_case_to_string(splice_case<Keys> const& on, text_patch const& patch, splice_rules const& rules)
{
    std::string const before = "before";
    std::string out = before;
    auto const done = splice(on.stored, patch, out, rules);
    require(out.starts_with(before) && out.size() == before.size() + (done ? done->size : 0), on);
    return {done, out.substr(before.size())};
}

template<key_rule Keys>
void require_same_outcome(result<text_change> const& got, outcome const& expected, splice_case<Keys> const& on)
{
    require_same(test::told(got), test::told(expected.done), on);
    require(!got || *got == *expected.done, on);
}

template<key_rule Keys>
void require_same_splice(outcome const& got, outcome const& expected, splice_case<Keys> const& on)
{
    require_same_outcome(got.done, expected, on);
    require_same(got.text, expected.text, on);
}

/// What is wrong with a stored text that is checked, as the grammar and the reader say.
inline report faults_of_stored(std::string_view stored, read_rules const& reading)
{
    if (auto const fault = model::fault_of(stored, reading.max_nesting))
        return report(*fault);
    auto const size = compact_size(stored, reading); // this says what is twice in it
    if (!size)
        return size.error();
    bool const is_object = stored[stored.find_first_not_of(" \n\r\t")] == '{';
    return is_object ? report() : report({.code = errc::expected_object});
}

/// A stored text that is checked is refused for what is wrong with it, whatever the instructions and the patch; but that
/// it is no object is nothing wrong to a patch that clears. It is read as the policy of the patch says; one that was read
/// by none, or was refused, has none.
template<key_rule Keys>
void check_stored_text(splice_case<Keys> const& on, text_patch const& patch, bool was_refused)
{
    if (!on.stored)
        return;
    auto const by_none = faults_of_stored(*on.stored, read_rules{});
    auto const by_patch = was_refused ? by_none : faults_of_stored(*on.stored, on.policy.read);
    bool const repaired = patch.clears() && !by_patch.empty() && by_patch.front().code == errc::expected_object;
    for (auto const instructions : test::every_scan()) {
        splice_rules const rules{stored_text::checked, instructions};
        auto const [done, text] = splice_case_to_string(on, text_patch(), rules);
        require_same(test::told(done), by_none.empty() ? "accepted" : test::told(by_none), on);
        require(!done || text == *on.stored, on);
        if (!by_patch.empty() && !repaired)
            require_same(test::told(splice_case_to_string(on, patch, rules).done), test::told(by_patch), on);
    }
}

/// Read the patch: what is said of its text does not depend on the instructions, nor on what was read before.
template<key_rule Keys>
report read_patch_of(splice_case<Keys> const& on, text_patch& patch)
{
    auto const found = patch.read(on.patch, on.policy, scan_with::portable);
    if (auto const fault = model::fault_of(on.patch, on.policy.read.max_nesting))
        require_same(test::told(found), test::told(report(*fault)), on);
    for (auto const instructions : test::every_scan()) {
        static_cast<void>(patch.read(on.stored.value_or(""), on.policy, instructions));
        require_same(test::told(patch.read(on.patch, on.policy, instructions)), test::told(found), on);
    }
    return found;
}

/// The same by an index of the stored text's members.
template<key_rule Keys>
outcome splice_case_by_index(splice_case<Keys> const& on, text_patch const& patch, splice_rules const& rules)
{
    member_index index;
    if (on.stored) {
        if (auto found = index.read(*on.stored, on.policy.read, rules); !found.empty())
            return {found, {}};
    }
    outcome made{report(), {}};
    made.done = splice(index, patch, made.text);
    return made;
}

/// Whether all ways lead to the same result: each search, and an index. In a text that is trusted and no JSON some go by
/// other brackets than others; there any result will do that is within bounds.
template<key_rule Keys>
bool all_ways_agree(splice_case<Keys> const& on, stored_text known)
{
    return !on.stored || known == stored_text::checked || is_json(*on.stored, nesting_ceiling, scan_with::portable);
}

/// All instructions give the same.
/// @return what those give that are used where none are told
template<key_rule Keys>
outcome check_instructions(splice_case<Keys> const& on, text_patch const& patch, stored_text known)
{
    auto const expected = splice_case_to_string(on, patch, {known});
    for (auto const instructions : test::every_scan()) {
        splice_rules const rules{known, instructions};
        auto const searched = splice_case_to_string(on, patch, rules);
        auto const indexed = splice_case_by_index(on, patch, rules);
        if (!all_ways_agree(on, known))
            continue;
        require_same_splice(searched, expected, on);
        require_same_splice(indexed, expected, on);
    }
    return expected;
}

/// So do all forms of the output.
template<key_rule Keys>
void check_forms(splice_case<Keys> const& on, text_patch const& patch, stored_text known, outcome const& expected)
{
    splice_rules const rules{.stored = known};
    text_pieces pieces{{"before"}, {}};
    require_same_outcome(splice(on.stored, patch, pieces, rules), expected, on);
    std::string joined;
    for (auto const piece : pieces.pieces)
        joined += piece;
    require_same(joined, "before" + expected.text, on);

    // What a buffer is too small for it may hold in part, but nothing is written beyond it.
    auto const size = expected.text.size();
    auto const into = [&](std::size_t room, scan_with instructions) {
        auto const buffer = std::make_unique<char[]>(room);
        std::span<char> const out(buffer.get(), room);
        require_same_outcome(splice(on.stored, patch, out, {known, instructions}), expected, on);
        bool const fits = size <= room;
        require(!fits || std::equal(expected.text.begin(), expected.text.end(), out.data()), on);
    };
    auto const stored = on.stored.value_or("").size();
    for (auto const room : {size, size - std::min<std::size_t>(size, 1), size / 2, stored})
        into(room, rules.instructions);
    // Where there is room for all, a search writes into it what it passes.
    if (!all_ways_agree(on, known))
        return;
    for (auto const instructions : test::every_scan())
        into(size + stored, instructions);
}

/// The limit of the size is that of the result, to the byte.
template<key_rule Keys>
void check_limit(splice_case<Keys> on, std::string const& text)
{
    text_patch patch; // it keeps the limit that it is read under
    auto const size = compact_size(text, {.max_nesting = nesting_ceiling}).value();
    on.policy.limits.max_bytes = size;
    require(patch.read(on.patch, on.policy).empty(), on);
    require_same(splice_case_to_string(on, patch, {}).text, text, on);
    on.policy.limits.max_bytes = size - 1;
    require(patch.read(on.patch, on.policy).empty(), on);
    require_same(test::told(splice_case_to_string(on, patch, {}).done),
                 test::told(report({.code = errc::too_large, .limit = size - 1, .actual = size})), on);
}

/// The same by way of a DOM.
template<key_rule Keys>
result<std::pair<state, change>> splice_case_by_dom(splice_case<Keys> const& on)
{
    auto const body = read_value(on.patch, on.policy.read);
    state field;
    if (on.stored) {
        auto read = model::state_before(read_value(*on.stored, on.policy.read), body, on.policy.merge);
        if (!read)
            return read.error();
        field = std::move(*read);
    }
    if (!body)
        return body.error();
    auto const done = apply(field, *body, on.policy);
    if (!done)
        return done.error();
    return std::pair(std::move(field), *done);
}

/// The field that texts without other than plain numbers make is that which their DOMs make, and so are the refusals.
template<key_rule Keys>
void check_against_dom(splice_case<Keys> const& on)
{
    auto const expected = splice_case_by_dom(on);
    auto const expected_words = expected ? test::shown(expected->first) : test::told(expected);
    for (auto const instructions : test::every_scan()) {
        auto const text = spliced(on.stored, on.patch, on.policy, {stored_text::checked, instructions});
        auto const words = !text   ? test::told(text)
                           : *text ? test::shown(read_value(**text, {.max_nesting = nesting_ceiling}).value())
                                   : "absent";
        require_same(words, expected_words, on);
    }
    if (!expected)
        return;
    text_patch patch;
    require(patch.read(on.patch, on.policy).empty(), on);
    auto const made = splice_case_to_string(on, patch, {}).done;
    bool const repeats = on.stored && read_value(*on.stored, {nesting_ceiling, duplicate_keys::rejected}).has_error();
    require(made && made->present == expected->first.has_value(), on);
    // Of stored duplicates each counts in a text.
    auto const& counted = expected->second;
    require(repeats || (made->added == counted.added && made->replaced == counted.replaced &&
                        made->removed == counted.removed && made->cleared == counted.cleared),
            on);
}

/// The numbers of both texts may become others before the splice or after it.
template<key_rule Keys>
void check_numbers(splice_case<Keys> on, plain_numbers& plain, splice_case<Keys> with_plain)
{
    on.policy.limits.max_bytes = with_plain.policy.limits.max_bytes = unlimited;
    auto const given = spliced(on.stored, on.patch, on.policy);
    auto const changed = spliced(with_plain.stored, with_plain.patch, with_plain.policy);
    require(given.has_value() == changed.has_value(), on);
    if (!given) {
        require(given.error().front().code == changed.error().front().code, on); // offsets differ
        return;
    }
    require(given->has_value() == changed->has_value(), on);
    require(!*given || plain.in(**given) == **changed, on);
}

/// All of these laws, of one splice.
template<key_rule Keys>
void check_splice(std::optional<std::string_view> stored_bytes, std::string_view patch_bytes,
                  policy<Keys> const& policy)
{
    exact_text const stored(stored_bytes.value_or(""));
    exact_text const patch_text(patch_bytes);
    splice_case<Keys> const on{stored_bytes ? std::optional<std::string_view>(stored) : std::nullopt, patch_text,
                               policy};
    plain_numbers plain;
    auto const plain_stored = plain.in(stored);
    auto const plain_patch = plain.in(patch_text);
    splice_case<Keys> const with_plain{stored_bytes ? std::optional<std::string_view>(plain_stored) : std::nullopt,
                                       plain_patch, policy};
    check_against_dom(with_plain);
    check_numbers(on, plain, with_plain);

    text_patch patch;
    auto const refused = read_patch_of(on, patch);
    check_stored_text(on, patch, !refused.empty());
    if (!refused.empty())
        return;
    auto const trusted = check_instructions(on, patch, stored_text::trusted);
    check_forms(on, patch, stored_text::trusted, trusted);
    auto const checked = check_instructions(on, patch, stored_text::checked);
    check_forms(on, patch, stored_text::checked, checked);
    auto const& [done, text] = checked;
    if (!done)
        return;
    require_same_outcome(trusted.done, checked, on);
    require_same(trusted.text, text, on);
    if (!done->present)
        return;
    check_limit(on, text);
    if (on.stored && !patch.clears())
        require(kept_bytes(nesting_ceiling).in(*on.stored, on.patch, text, patch.levels()), on);
}

} // namespace metapatch::laws

#endif

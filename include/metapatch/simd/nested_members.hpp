// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_NESTED_MEMBERS_HPP
#define METAPATCH_SIMD_NESTED_MEMBERS_HPP

#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/members.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace metapatch::detail {

/// Which keys are looked for on two levels. It refers to them.
class nested_wanted {
public:
    static constexpr std::size_t few = 64; ///< keys that take no allocation

    nested_wanted() noexcept = default;

    void clear() noexcept
    {
        keys_.clear();
        insides_ = 0;
    }

    /// Want a key inside of the members whose keys are wanted. All of them come first.
    void add_inside(std::string_view key)
    {
        keys_.push_back(key);
        insides_ = keys_.size();
    }

    /// Want a key of the first level.
    void add_outside(std::string_view key) { keys_.push_back(key); }

    /// Make ready to look for those that were added.
    void resolve() noexcept
    {
        auto const itself = [](std::string_view key) { return key; };
        std::span<std::string_view const> const all(keys_.data(), keys_.size());
        any_.assign(all, itself);
        outside_.assign_told(all.subspan(insides_), itself);
    }

    wanted_keys const& outside() const noexcept { return outside_; } ///< `tells` alone

    /// For a `finder`; and it tells those inside, for hardly ever is one of the first level there too.
    wanted_keys const& any() const noexcept { return any_; }

private:
    small_vector<std::string_view, few> keys_;
    std::size_t insides_ = 0; // so many of them are
    wanted_keys outside_;
    wanted_keys any_;
};

/// Goes through the members of an object in a text, and through the members of those that are objects themselves, in
/// one pass over the text.
///
/// What is inside of a member is told whatever that is: of an array, strings that look like keys. So ask `is_object`.
/// Of a text that is no JSON object it finds some members, or none, within the text.
class nested_cursor : public found_places<member_search_of<2>> {
public:
    enum class event : std::uint8_t {
        none,  ///< nothing more was found so far
        enter, ///< a member begins: `member()`, whose end is not known yet
        inner, ///< a member inside of the one that was entered: `member()`
        leave, ///< the one that was entered ends: `end_of_member()`, `inner_commas()`
    };

    /// @param text    must begin with a bracket that opens an object, behind white space
    /// @param wanted  the keys that are looked for; it may stop at others
    /// @param counts  commas; without, `inner_commas` and `members` are of no meaning
    /// @param known   what a check of the text has read, if it is short; must live as long
    nested_cursor(std::string_view text, nested_wanted const& wanted, bool counts, scan_with instructions,
                  read_block const* known = nullptr) noexcept
        : found_places({text, std::min(first_place(text) + 1, text.size()), &wanted.any(), &last_blocks_,
                        &wanted.outside(), &wanted.any(), counts, known},
                       instructions)
    {
    }

    /// Go to the next, as far as they were found already.
    [[gnu::always_inline]] event next_found() noexcept
    {
        if (left() == 0)
            return event::none;
        auto const place = peek(0);
        if (entered_) {
            if (left() < 2) [[unlikely]]
                return event::none;
            if (text()[place] != '"') {
                end_ = place;
                inner_commas_ = peek(1);
                take(2);
                entered_ = false;
                return event::leave;
            }
        }
        auto const string = string_at(text(), place);
        escaped_ = string.escaped;
        member_ = {place_before(text().data(), begin(), place), place, string.end + 1,
                   entered_ ? peek(1) : text().size()};
        take(entered_ ? 2 : 1);
        if (entered_)
            return event::inner;
        entered_ = true;
        return event::enter;
    }

    member_span const& member() const noexcept { return member_; }
    std::size_t end_of_member() const noexcept { return end_; }
    std::size_t inner_commas() const noexcept { return inner_commas_; }

    /// The key of `member()` as it stands between its quotes, and whether it holds escapes.
    std::string_view raw_key() const noexcept
    {
        return {text().data() + member_.key + 1, member_.colon - member_.key - 2};
    }
    bool is_escaped() const noexcept { return escaped_; }

private:
    member_span member_{};
    std::size_t end_ = 0;
    std::size_t inner_commas_ = 0;
    bool escaped_ = false;
    bool entered_ = false;
    block_room last_blocks_;
};

} // namespace metapatch::detail

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_NESTED_MEMBERS_HPP
#define METAPATCH_SIMD_NESTED_MEMBERS_HPP

#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/is_json.hpp>
#include <metapatch/simd/members.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// Goes through the members of an object in a text, and through the members of those that are objects themselves, in
/// one pass over the text.
///
/// What is inside of a member is told whatever that is: of an array, strings that look like keys. So ask `is_object`.
template<class Search>
class nested_cursor : public found_places<Search> {
public:
    enum class event : std::uint8_t {
        none,  ///< nothing more was found so far
        enter, ///< a member begins: `member()`, whose end is not known yet
        inner, ///< a member inside of the one that was entered: `member()`
        leave, ///< the one that was entered ends: `end_of_member()`, `inner_commas()`
    };

    /// Go to the next, as far as they were found already.
    [[gnu::always_inline]] event next_found() noexcept
    {
        if (this->left() == 0)
            return event::none;
        auto const place = this->peek(0);
        bool const begins = this->text()[place] == '"';
        if (entered_ && this->left() < 2)
            return event::none;
        if (entered_ && !begins) {
            end_ = place;
            inner_commas_ = this->peek(1);
            this->take(2);
            entered_ = false;
            return event::leave;
        }
        auto const string = string_at(this->text(), place);
        escaped_ = string.escaped;
        member_ = {place_before(this->text().data(), this->begin(), place), place, string.end + 1,
                   entered_ ? this->peek(1) : this->text().size()};
        this->take(entered_ ? 2 : 1);
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
        return {this->text().data() + member_.key + 1, member_.colon - member_.key - 2};
    }
    bool is_escaped() const noexcept { return escaped_; }

protected:
    using found_places<Search>::found_places;
    ~nested_cursor() = default;

private:
    member_span member_{};
    std::size_t end_ = 0;
    std::size_t inner_commas_ = 0;
    bool escaped_ = false;
    bool entered_ = false;
};

/// Of a text that is known to be a JSON object; on any other it finds some members, or none, within the text.
class trusted_nested_cursor : public nested_cursor<member_search_of<2>> {
public:
    /// @param text    must begin with a bracket that opens an object, behind white space
    /// @param wanted  the keys that are looked for, and those inside of the members that have these; it may stop at
    ///                others
    /// @param counts  commas; without, `inner_commas` and `members` are of no meaning
    trusted_nested_cursor(std::string_view text, wanted_keys const& wanted, wanted_keys const& wanted_inside,
                          bool counts, scan_with instructions) noexcept
        : nested_cursor(
              {text, std::min(first_place(text) + 1, text.size()), &wanted, &last_blocks_, &wanted_inside, counts},
              instructions)
    {
    }

private:
    block_room last_blocks_;
};

/// Of any text that begins so; it is checked in full on the way.
class checked_nested_cursor : public nested_cursor<json_check_of<2>> {
public:
    checked_nested_cursor(std::string_view text, wanted_keys const& wanted, wanted_keys const& wanted_inside,
                          scan_with instructions) noexcept
        : nested_cursor({text, nesting_ceiling, &wanted, &memory_, &wanted_inside}, instructions)
    {
    }

private:
    json_check_memory memory_;
};

} // namespace metapatch::detail

#endif

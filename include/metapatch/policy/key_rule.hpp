// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_KEY_RULE_HPP
#define METAPATCH_POLICY_KEY_RULE_HPP

#include <metapatch/json/temporary_text.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/outcome/error.hpp>
#include <metapatch/policy/key_filter.hpp>
#include <metapatch/policy/rule_verdict.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace metapatch {

/// A key of a patch, and how deep it lies: 1 for the field's own members. It is a `std::string_view` where one is
/// wanted, so a rule that does not care about the level takes that.
struct member_key {
    std::string_view name;
    std::size_t level;

    constexpr operator std::string_view() const noexcept { return name; }
};

/// A rule for keys: any copyable value, a lambda of yours included, that can be asked about a key without throwing.
///
/// @code
/// auto const no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
/// auto const mine = with_keys(first_level, no_underscore);
/// @endcode
///
/// One that answers with a `key_verdict` may bring a `rule_code`: a code and a message of its own.
///
/// A rule is asked about every key of a patch, at every depth, also of members that are null; but about those that it
/// admits in any case, as it may tell by a `key_filter`. It must be pure, and must not refer to what may die before it.
template<class Rule>
concept key_rule =
    std::copy_constructible<Rule> && std::is_nothrow_invocable_r_v<key_verdict, Rule const&, member_key const&>;

namespace detail {

/// What is wrong with something that was meant as a key rule, as a compiler says it: in the name of a type that it
/// cannot become. There is no value of these, and so nothing asks them.
struct no_key_rule {
    no_key_rule() = delete;
    key_verdict operator()(std::string_view) const noexcept;
};
struct a_key_rule_must_be_noexcept : no_key_rule {
    using no_key_rule::no_key_rule;
};
struct a_key_rule_takes_a_string_view_not_a_string : no_key_rule {
    using no_key_rule::no_key_rule;
};
struct a_key_rule_answers_with_a_bool_or_an_errc : no_key_rule {
    using no_key_rule::no_key_rule;
};

template<class Rule>
concept rule_that_may_throw = std::is_invocable_r_v<key_verdict, Rule const&, member_key const&> && !key_rule<Rule>;

template<class Rule>
concept rule_of_strings =
    !std::is_invocable_v<Rule const&, member_key const&> && std::is_invocable_v<Rule const&, std::string const&>;

template<class Rule>
concept rule_of_other_answers = std::is_invocable_v<Rule const&, member_key const&> &&
    !std::is_invocable_r_v<key_verdict, Rule const&, member_key const&>;

} // namespace detail

/// Admits every key.
struct any_key {
    constexpr key_verdict operator()(std::string_view) const noexcept { return true; }
    constexpr key_filter filter() const noexcept { return {.knows_first_level = true, .knows_nested = true}; }
};

/// The bytes that keys may hold, at every depth.
class key_characters {
public:
    /// Every character.
    constexpr key_characters() noexcept { admitted_.fill(true); }

    /// Every character but those of `forbidden`, which must be ASCII.
    static constexpr key_characters all_but(std::string_view forbidden) noexcept
    {
        key_characters characters;
        for (char const c : forbidden)
            characters.admitted_[static_cast<std::uint8_t>(c)] = false;
        characters.find_refused();
        return characters;
    }

    /// No character but those of `admitted`, which must be ASCII.
    static constexpr key_characters only(std::string_view admitted) noexcept
    {
        key_characters characters;
        characters.admitted_.fill(false);
        for (char const c : admitted)
            characters.admitted_[static_cast<std::uint8_t>(c)] = true;
        characters.find_refused();
        return characters;
    }

    constexpr key_verdict operator()(std::string_view key) const noexcept
    {
        if (refused_count_ == 0)
            return true;
        if (refused_count_ > few)
            return admits_each(key);
        // As mostly; then eight bytes are looked at once.
        if (key.size() < 8)
            return refused_in(detail::few_bytes(key)) == 0;
        auto refused = refused_in(detail::eight_bytes(key.data() + key.size() - 8));
        for (std::size_t at = 0; at + 8 < key.size(); at += 8)
            refused |= refused_in(detail::eight_bytes(key.data() + at));
        return refused == 0;
    }

    constexpr key_filter filter() const noexcept
    {
        return refused_count_ <= few ? key_filter{refused_, true, true} : key_filter{};
    }

    bool operator==(key_characters const&) const = default;

private:
    static constexpr std::size_t few = 2;

    constexpr void find_refused() noexcept
    {
        refused_count_ = 0;
        refused_ = key_filter{}.suspects;
        for (std::size_t c = 0; c < admitted_.size(); ++c) {
            if (admitted_[c])
                continue;
            if (refused_count_ < few)
                refused_[refused_count_] = static_cast<char>(c);
            ++refused_count_;
        }
        if (!admitted_[0]) // it stands behind short keys too
            refused_count_ = admitted_.size();
    }

    constexpr std::uint64_t refused_in(std::uint64_t word) const noexcept
    {
        auto const second = refused_[refused_count_ - 1];
        return detail::bytes_equal(word, refused_[0]) | detail::bytes_equal(word, second);
    }

    constexpr bool admits_each(std::string_view key) const noexcept
    {
        unsigned admitted = 1; // keys are short: to look at all of one costs less than to stop early
        for (char const c : key)
            admitted &= static_cast<unsigned>(admitted_[static_cast<std::uint8_t>(c)]);
        return admitted != 0;
    }

    std::array<bool, 256> admitted_{};
    std::size_t refused_count_ = 0;
    std::array<char, few> refused_ = key_filter{}.suspects; // the first of them
};

/// Refuses the given names for the field's own members (`errc::reserved_key`); exact, and case-sensitive.
struct reserved_names {
    constexpr reserved_names() noexcept = default;
    constexpr reserved_names(std::span<std::string_view const> given [[clang::lifetimebound]]) noexcept : names(given)
    {
    }
    template<temporary_range Names>
    reserved_names(Names&&) = delete; // it would refer to what is gone

    std::span<std::string_view const> names{}; ///< must outlive the rule; each key is compared with each

    constexpr key_verdict operator()(member_key const& key) const noexcept
    {
        if (key.level == 1) {
            for (auto const name : names) {
                if (name == key.name)
                    return errc::reserved_key;
            }
        }
        return true;
    }
    constexpr key_filter filter() const noexcept { return {.knows_first_level = names.empty(), .knows_nested = true}; }
};

/// Refuses the empty key (`errc::empty_key`), at every depth.
struct no_empty_key {
    constexpr key_verdict operator()(std::string_view key) const noexcept
    {
        return key.empty() ? key_verdict(errc::empty_key) : key_verdict(true);
    }
};

/// Refuses what either rule refuses, with the codes of both.
template<key_rule First, key_rule Second>
struct both {
    [[no_unique_address]] First first;
    [[no_unique_address]] Second second;

    constexpr key_verdict operator()(member_key const& key) const noexcept
    {
        return key_verdict(first(key)) | key_verdict(second(key));
    }
    constexpr key_filter filter() const noexcept { return detail::filter_of(first) & detail::filter_of(second); }

    template<class Add>
    void each_own_code(Add const& add, member_key const& key) const
    {
        detail::each_own_code<key_verdict>(first, add, key);
        detail::each_own_code<key_verdict>(second, add, key);
    }
};
template<class First, class Second>
both(First, Second) -> both<First, Second>;

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ACCESS_SCOPE_HPP
#define METAPATCH_ACCESS_SCOPE_HPP

#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/temporary_text.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/simd/vectors16.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace metapatch {

namespace detail {

/// Whether there is a question about 16 bytes.
template<class Bytes>
concept asks_16 = requires(char const* bytes)
{
    Bytes::equal_of_16(bytes, ' ');
};

} // namespace detail

/// Whether a text is one scope: `1*( %x21 / %x23-5B / %x5D-7E )`, so no space, quote, backslash, or anything beyond
/// ASCII. Source: RFC 6749 §3.3.
constexpr bool is_scope_token(std::string_view text) noexcept
{
    bool fine = !text.empty();
    for (char const c : text)
        fine = fine && c > ' ' && c <= '~' && c != '"' && c != '\\';
    return fine;
}

/// The scopes of a token as one text has them, such as the claim `scope`: separated by spaces, case-sensitive, in any
/// order, repetition without meaning.
///
/// It refers to the text, which must outlive it. More spaces than one, also at the ends, separate nothing more: a token
/// is not refused for them. Whether each scope is well formed, `is_well_formed` tells; one that is not equals no other.
///
/// Source: RFC 6749 §3.3.
class scope_view {
public:
    class iterator {
    public:
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        constexpr std::string_view operator*() const noexcept { return token_; }

        constexpr iterator& operator++() noexcept
        {
            std::size_t begin = 0;
            while (begin < rest_.size() && rest_[begin] == ' ')
                ++begin;
            auto end = begin;
            // Eight bytes at a time, up to those that hold a space.
            while (rest_.size() - end >= 8 && detail::bytes_equal(detail::eight_bytes(rest_.data() + end), ' ') == 0)
                end += 8;
            while (end < rest_.size() && rest_[end] != ' ')
                ++end;
            token_ = {rest_.data() + begin, end - begin};
            rest_ = {rest_.data() + end, rest_.size() - end};
            return *this;
        }
        constexpr iterator operator++(int) noexcept { return std::exchange(*this, ++iterator(*this)); }

        constexpr bool operator==(iterator const& other) const noexcept
        {
            return rest_.size() == other.rest_.size() && token_.size() == other.token_.size();
        }

    private:
        friend class scope_view;
        constexpr explicit iterator(std::string_view text) noexcept : rest_(text) { ++*this; }

        std::string_view rest_;
        std::string_view token_; // empty at the end alone
    };

    constexpr scope_view() noexcept = default;
    constexpr explicit scope_view(std::string_view text [[clang::lifetimebound]]) noexcept : text_(text) {}
    template<temporary_text Text>
    explicit scope_view(Text&&) = delete; // it would refer to what is gone

    constexpr iterator begin() const noexcept { return iterator(text_); }
    constexpr iterator end() const noexcept { return iterator(); }
    constexpr bool empty() const noexcept { return begin() == end(); }

    /// Call `visit(scope)` for each, in their order: what a loop over them does, faster where they are many.
    ///
    /// Complexity: O(bytes of the text), which it reads once; no allocation
    /// Exceptions: what `visit` throws
    template<class Visit>
    constexpr void each(Visit visit) const
    {
        std::size_t begin = 0;
        for (std::size_t at = 0; at <= text_.size(); at += 64) {
            for (auto ends = ends_from(at); ends != 0; ends &= ends - 1) {
                auto const end = at + static_cast<std::size_t>(std::countr_zero(ends));
                if (end > begin) [[likely]]
                    visit(std::string_view(text_.data() + begin, end - begin));
                begin = end + 1;
            }
        }
    }

    /// O(bytes of the text), no allocation.
    constexpr bool contains(std::string_view scope) const noexcept
    {
        bool found = false;
        each([&](std::string_view mine) { found = found || mine == scope; });
        return found;
    }

    constexpr bool is_well_formed() const noexcept
    {
        bool fine = true;
        each([&](std::string_view mine) { fine = fine && is_scope_token(mine); });
        return fine;
    }

    constexpr std::string_view text() const noexcept { return text_; }

private:
    /// Which of 64 bytes are spaces, or the end of the text, the first one lowest. A branch for each scope's length
    /// would mostly be foreseen wrongly: here is none.
    template<class Bytes = detail::common_bytes>
    constexpr std::uint64_t ends_from(std::size_t at) const noexcept
    {
        auto const* const bytes = text_.data() + at;
        auto const left = text_.size() - at;
        std::uint64_t ends = 0;
        if constexpr (detail::asks_16<Bytes>) {
            if (!std::is_constant_evaluated() && left >= 16) [[likely]] {
                for (std::size_t i = 0; i < 64 && left - i >= 16; i += 16)
                    ends |= Bytes::equal_of_16(bytes + i, ' ') << i;
                if (left >= 64)
                    return ends;
                // The last ones, of which some were among the others.
                return ends | Bytes::equal_of_16(bytes + left - 16, ' ') << (left - 16) | std::uint64_t{1} << left;
            }
        }
        if (left >= 64) {
            for (std::size_t i = 0; i < 64; i += 8)
                ends |= detail::places_of(detail::eight_bytes(bytes + i), ' ') << i;
            return ends;
        }
        std::size_t i = 0;
        for (; left - i >= 8; i += 8)
            ends |= detail::places_of(detail::eight_bytes(bytes + i), ' ') << i;
        ends |= detail::places_of(detail::few_bytes({bytes + i, left - i}), ' ') << i;
        return ends | std::uint64_t{1} << left;
    }

    std::string_view text_;
};

/// Scopes by themselves, in order, each once: to compare, to join, to write.
class scope_set {
public:
    scope_set() = default;

    /// Exceptions: std::bad_alloc. Complexity: O(n log n).
    explicit scope_set(scope_view scopes)
    {
        std::vector<detail::ranked_key> sorted;
        for (auto const each : scopes)
            sorted.push_back({0, each});
        detail::sort_keys(sorted.data(), sorted.data() + sorted.size());
        for (auto const& each : sorted) {
            if (scopes_.empty() || scopes_.back() != each.key)
                scopes_.emplace_back(each.key);
        }
    }

    bool contains(std::string_view scope) const noexcept
    {
        return std::binary_search(scopes_.begin(), scopes_.end(), scope);
    }

    /// Whether every scope of another set is in this one.
    bool contains(scope_set const& other) const noexcept
    {
        return std::includes(scopes_.begin(), scopes_.end(), other.scopes_.begin(), other.scopes_.end());
    }

    /// @return whether it was not there. Exceptions: std::bad_alloc; strong guarantee.
    bool insert(std::string_view scope)
    {
        auto const place = std::lower_bound(scopes_.begin(), scopes_.end(), scope);
        if (place != scopes_.end() && *place == scope)
            return false;
        scopes_.emplace(place, scope);
        return true;
    }

    std::size_t size() const noexcept { return scopes_.size(); }
    bool empty() const noexcept { return scopes_.empty(); }
    std::vector<std::string>::const_iterator begin() const noexcept [[clang::lifetimebound]] { return scopes_.begin(); }
    std::vector<std::string>::const_iterator end() const noexcept [[clang::lifetimebound]] { return scopes_.end(); }

    /// The scope string of the set.
    std::string text() const
    {
        std::string joined;
        for (auto const& each : scopes_)
            joined += (joined.empty() ? "" : " ") + each;
        return joined;
    }

    bool operator==(scope_set const&) const = default;

private:
    std::vector<std::string> scopes_;
};

} // namespace metapatch

#endif

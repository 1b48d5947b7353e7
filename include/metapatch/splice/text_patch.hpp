// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_TEXT_PATCH_HPP
#define METAPATCH_SPLICE_TEXT_PATCH_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/temporary_text.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/outline.hpp>
#include <metapatch/splice/patch_content.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace metapatch {

class text_patch;

namespace detail {

patch_content& content_of(text_patch& patch) noexcept;
patch_content const& content_of(text_patch const& patch) noexcept;

} // namespace detail

/// The text of a body, read, checked and ready for any number of stored texts: those of the field whose policy it was
/// read by, for it keeps what that policy asks of a result.
///
/// It refers to the text it was read from, which must outlive it. Read again, it reuses its memory.
class text_patch {
public:
    /// A member to set or to remove. Of duplicate keys only the winner is here, in the first one's place.
    using entry = patch_member;

    static constexpr std::size_t npos = detail::patch_members::npos;

    /// An untouched patch: the identity.
    text_patch() noexcept {} // not `= default`: its room is left uninitialised also by `text_patch{}`
    text_patch(text_patch const&) = delete;
    text_patch& operator=(text_patch const&) = delete;
    text_patch(text_patch&&) = default;
    text_patch& operator=(text_patch&&) = default;

    /// Read a body's text and check it by all rules that do not need the stored field.
    ///
    /// @return     empty, or every violation; then, as after an exception, the patch is untouched
    /// Errors:     those of `read_value`, but no number is out of range; and those of `validate(body, policy)`
    /// Complexity: O(bytes · log(members)). No recursion. Up to eight members and sixteen keys inside of them it
    ///             allocates only for keys and strings with escapes, and for keys that occur twice; read again, never
    ///             for the number of members that it had room for before
    /// Exceptions: std::bad_alloc
    template<key_rule Keys>
    [[nodiscard]] report read(std::string_view text, policy<Keys> const& policy,
                              scan_with instructions = fastest_scan())
    {
        struct unless_accepted { // a refusal or an exception
            detail::patch_content& content;
            bool accepted = false;
            ~unless_accepted()
            {
                if (!accepted) [[unlikely]]
                    content.reset();
            }
        } forget{content_};
        auto const begin = detail::first_place(text);
        bool const is_object = begin < text.size() && text[begin] == '{';
        if (!is_object) [[unlikely]] {
            report found = read_other(text, policy, instructions);
            forget.accepted = found.empty();
            return found;
        }
        report found = read_object(text, begin, policy, instructions);
        forget.accepted = found.empty();
        return found;
    }

    template<temporary_text Text, key_rule Keys>
    report read(Text&&, policy<Keys> const&, scan_with = fastest_scan()) = delete; // it would refer to nothing

    bool is_untouched() const noexcept { return !content_.touches(); }
    bool clears() const noexcept { return content_.clears(); }
    std::span<entry const> members() const noexcept [[clang::lifetimebound]] { return content_.members().all(); }

    /// How many levels merge, at least 1.
    std::size_t levels() const noexcept { return content_.levels(); }

    /// The text it was read from.
    std::string_view text() const noexcept { return content_.text(); }

    /// What to look for in a stored text, on any level.
    /// @param room  for that, where a text was not read into this alone
    wanted_keys const& wanted(wanted_keys& room [[clang::lifetimebound]]) const noexcept [[clang::lifetimebound]]
    {
        return content_.wanted(room);
    }

    /// The index of the member with that key, or `npos`. O(log(members)).
    std::size_t find(std::string_view key) const noexcept { return find(key, detail::fingerprint(key)); }

    /// Whether a key of that fingerprint may be found; mostly not, where it is none of a few.
    bool may_find(std::uint64_t print) const noexcept { return content_.members().may_find(print); }

    /// The same, where the key's fingerprint is known.
    std::size_t find(std::string_view key, std::uint64_t print) const noexcept
    {
        return content_.members().find(key, print);
    }

private:
    friend detail::patch_content& detail::content_of(text_patch& patch) noexcept;
    friend detail::patch_content const& detail::content_of(text_patch const& patch) noexcept;

    template<key_rule Keys>
    [[gnu::always_inline]] report read_object(std::string_view text, std::size_t begin, policy<Keys> const& policy,
                                              scan_with instructions)
    {
        content_.begin(text, begin, 0, policy.merge, detail::filter_of(policy.keys));
        if (!detail::read_outline(text, policy.read.max_nesting, instructions, room_, content_)) [[unlikely]]
            return detail::text_error(text, policy.read);
        content_.want_all();
        return content_.finish(policy);
    }

    template<key_rule Keys>
    report read_other(std::string_view text, policy<Keys> const& policy, scan_with instructions)
    {
        content_.reset();
        if (!is_json(text, policy.read.max_nesting, instructions))
            return detail::text_error(text, policy.read);
        return content_.read_other(text, policy);
    }

    detail::patch_content content_;
    detail::key_room room_; // while reading
};

namespace detail {

/// For whoever fills a patch from the text of a whole body.
inline patch_content& content_of(text_patch& patch) noexcept
{
    return patch.content_;
}

inline patch_content const& content_of(text_patch const& patch) noexcept
{
    return patch.content_;
}

} // namespace detail

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_PATCH_PATCH_HPP
#define METAPATCH_PATCH_PATCH_HPP

#include <metapatch/policy/policy.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace metapatch {

namespace detail {

/// What a body asks for under the merge rules of a policy.
struct request {
    bool touches = false;                         ///< the body names the field at all
    bool clears = false;                          ///< all stored members go first
    boost::json::object const* members = nullptr; ///< then these merge; nullptr is none
    std::size_t levels = 1;                       ///< how deep they merge
};

inline request request_of(boost::json::object const& body, merge_rules const& rules) noexcept
{
    // Under a policy that replaces every body clears, also one that has nothing to put in place.
    if (body.empty() && (rules.on_empty == empty_body::clears || rules.depth == 0))
        return {.touches = true, .clears = true};
    return {
        .touches = true, .clears = rules.depth == 0, .members = &body, .levels = rules.depth == 0 ? 1 : rules.depth};
}

/// Nothing where the body is neither an object nor a null that clears.
inline std::optional<request> request_of(boost::json::value const& body, merge_rules const& rules) noexcept
{
    if (auto const* object = body.if_object())
        return request_of(*object, rules);
    if (body.is_null() && rules.on_null == null_body::clears)
        return request{.touches = true, .clears = true};
    return std::nullopt;
}

/// The same key, which points somewhere: Boost.JSON copies the bytes of an empty one, too.
inline std::string_view copyable(std::string_view key) noexcept
{
    return key.empty() ? std::string_view("") : key;
}

} // namespace detail

/// A patch of one field in normal form: untouched, or an optional clear, then members to set and members to remove.
///
/// A default patch is untouched: the identity. That is not the body `{}`, which clears.
/// Setting and removing are one map, so a key is never in both; the later call wins.
class patch {
public:
    /// @param storage  where the members live
    explicit patch(boost::json::storage_ptr storage = {}) noexcept : members_(std::move(storage)) {}

    /// A patch of the given members: values to set, and nulls for what to remove. Without any it makes an absent field
    /// present, or clears.
    ///
    /// @param levels  how many levels of them merge, at least 1
    static patch of(boost::json::object members, bool clears = false, std::size_t levels = 1) noexcept
    {
        patch made(members.storage());
        made.touches_ = true;
        made.clears_ = clears;
        made.members_ = std::move(members);
        made.levels_ = levels;
        return made;
    }

    /// Set a first-level member. A null value removes it instead: no body can store a null there.
    /// Exceptions: std::bad_alloc; basic guarantee.
    patch& set(std::string_view key, boost::json::value value)
    {
        members_[detail::copyable(key)] = std::move(value);
        touches_ = true;
        return *this;
    }

    /// Remove a first-level member. Exceptions: std::bad_alloc; strong guarantee.
    patch& remove(std::string_view key) { return set(key, nullptr); }

    /// Drop all stored members first; what this patch said of members before is forgotten.
    patch& clear() noexcept
    {
        members_.clear();
        touches_ = true;
        clears_ = true;
        return *this;
    }

    bool is_untouched() const noexcept { return !touches_; }
    bool clears() const noexcept { return clears_; }

    /// What to set, and, as nulls, what to remove.
    boost::json::object const& members() const& noexcept { return members_; }
    boost::json::object&& members() && noexcept { return std::move(members_); }

    /// How many levels of the members merge: 1, unless the patch was read under a policy that merges deeper.
    std::size_t levels() const noexcept { return levels_; }

    /// The patch that a body is under a policy.
    ///
    /// @param body    a value or an object; an rvalue is moved from, but only where it is accepted
    /// @param policy  its merge rules alone count here; `validate` looks at the others
    /// Errors: `expected_object`. Complexity: O(1) for an rvalue, else that of the copy. Exceptions: std::bad_alloc.
    template<class Body, key_rule Keys>
        requires std::same_as<std::remove_cvref_t<Body>, boost::json::value> ||
            std::same_as<std::remove_cvref_t<Body>, boost::json::object>
    [[nodiscard]] static result<patch> from(Body&& body, policy<Keys> const& policy)
    {
        std::optional<detail::request> const request = detail::request_of(body, policy.merge);
        if (!request)
            return report({.code = errc::expected_object});
        patch made(body.storage());
        made.touches_ = true;
        made.clears_ = request->clears;
        made.levels_ = request->levels;
        if (request->members == nullptr)
            return made;
        if constexpr (std::same_as<std::remove_cvref_t<Body>, boost::json::value>)
            made.members_ = std::forward<Body>(body).get_object();
        else
            made.members_ = std::forward<Body>(body);
        return made;
    }

private:
    boost::json::object members_;
    bool touches_ = false;
    bool clears_ = false;
    std::size_t levels_ = 1;
};

/// Read a body's text into a patch.
///
/// Errors: those of `read_value`, and `expected_object`. The policy's other rules are for `validate` and `apply`.
/// Complexity and exceptions as those of `read_value`.
template<key_rule Keys>
[[nodiscard]] result<patch> read_patch(std::string_view text, policy<Keys> const& policy,
                                       boost::json::storage_ptr storage = {})
{
    auto body = read_value(text, policy.read, std::move(storage));
    if (!body)
        return std::move(body).error();
    return patch::from(std::move(*body), policy);
}

/// What `validate` and `apply` take as a patch: a DOM body, or a `patch`.
template<class Body>
concept patch_body = std::same_as<std::remove_cvref_t<Body>, boost::json::value> ||
    std::same_as<std::remove_cvref_t<Body>, boost::json::object> || std::same_as<std::remove_cvref_t<Body>, patch>;

namespace detail {

inline std::optional<request> request_of(patch const& made, merge_rules const&) noexcept
{
    return request{.touches = !made.is_untouched(),
                   .clears = made.clears(),
                   .members =
                       made.is_untouched() || (made.clears() && made.members().empty()) ? nullptr : &made.members(),
                   .levels = made.levels()};
}

} // namespace detail

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_JSON_PATCH_OPERATION_HPP
#define METAPATCH_ALGEBRA_JSON_PATCH_OPERATION_HPP

#include <metapatch/algebra/pointer_tokens.hpp>
#include <metapatch/outcome/joined.hpp>
#include <metapatch/outcome/violation.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

namespace detail {

enum class operation_kind : std::uint8_t { add, remove, replace, move, copy, test };

inline constexpr std::array<std::string_view, 6> operation_names{"add", "remove", "replace", "move", "copy", "test"};

/// An operation of a JSON Patch, read.
struct json_patch_operation {
    operation_kind kind{};
    pointer_tokens path{};
    pointer_tokens from{};                     ///< of `move` and `copy`
    boost::json::value const* value = nullptr; ///< of `add`, `replace` and `test`
};

/// Reads one operation.
class operation_reader {
public:
    /// @param index  its place in the JSON Patch
    explicit operation_reader(std::size_t index) : index_(index) {}

    /// @return nothing, or what is wrong with it: the first fault, in the order of `op`, `path`, `from` and `value`
    std::optional<violation> read(boost::json::value const& given, json_patch_operation& into)
    {
        members_ = given.if_object();
        if (members_ == nullptr)
            return invalid("", operation_fault::not_an_object);
        std::string_view op;
        if (auto wrong = read_string("op", op))
            return wrong;
        auto const known = std::find(operation_names.begin(), operation_names.end(), op);
        if (known == operation_names.end())
            return invalid("op", operation_fault::unknown_op);
        into.kind = static_cast<operation_kind>(known - operation_names.begin());
        if (auto wrong = read_pointer_of("path", into.path))
            return wrong;
        if (into.kind == operation_kind::move || into.kind == operation_kind::copy)
            return read_source(into);
        if (into.kind != operation_kind::remove) {
            into.value = members_->if_contains("value");
            if (into.value == nullptr)
                return invalid("value", operation_fault::missing_member);
        }
        return std::nullopt;
    }

private:
    violation invalid(std::string_view member, operation_fault fault) const
    {
        return {.code = errc::invalid_operation,
                .pointer = joined({"/", std::to_string(index_), member.empty() ? "" : "/", member}),
                .operation = index_,
                .fault = fault};
    }

    std::optional<violation> read_string(std::string_view member, std::string_view& into) const
    {
        auto const* const value = members_->if_contains(member);
        if (value == nullptr)
            return invalid(member, operation_fault::missing_member);
        if (!value->is_string())
            return invalid(member, operation_fault::not_a_string);
        into = value->get_string();
        return std::nullopt;
    }

    std::optional<violation> read_pointer_of(std::string_view member, pointer_tokens& into) const
    {
        std::string_view text;
        if (auto wrong = read_string(member, text))
            return wrong;
        auto const fault = read_pointer(text, into);
        return fault ? std::optional(invalid(member, *fault)) : std::nullopt;
    }

    std::optional<violation> read_source(json_patch_operation& into) const
    {
        if (auto wrong = read_pointer_of("from", into.from))
            return wrong;
        bool const inside =
            into.from.size() < into.path.size() && std::equal(into.from.begin(), into.from.end(), into.path.begin());
        if (into.kind == operation_kind::move && inside)
            return invalid("path", operation_fault::into_itself);
        return std::nullopt;
    }

    std::size_t index_;
    boost::json::object const* members_ = nullptr;
};

} // namespace detail

/// Whether a value looks like one operation of a JSON Patch that lacks the array around it: an object with the strings
/// `op` and `path`, and besides them `from` and `value` at most. As a merge patch it would be data.
///
/// Complexity: O(members).
[[nodiscard]] inline bool is_like_operation(boost::json::value const& value) noexcept
{
    auto const* const members = value.if_object();
    if (members == nullptr || members->size() > 4)
        return false;
    std::size_t strings = 0;
    for (auto const& member : *members) {
        auto const key = std::string_view(member.key());
        bool const is_first = key == "op" || key == "path";
        if (!is_first && key != "from" && key != "value")
            return false;
        strings += is_first && member.value().is_string() ? 1 : 0;
    }
    return strings == 2;
}

/// What is wrong with a JSON Patch by itself, whatever document it is for.
///
/// @param operations  an array of `add`, `remove`, `replace`, `move`, `copy` and `test`
/// @return      nothing, or `expected_array` at "" where it is no array, else of each operation that is wrong the first
///              fault in the order of `op`, `path`, `from` and `value`: `invalid_operation` at the member of the JSON
///              Patch, with the index of the operation and the `operation_fault`. Beyond `pointer_budget` bytes of
///              pointers they are only counted
/// Complexity:  O(bytes). Exceptions: std::bad_alloc
/// Source:      RFC 6902 §3 and §4; RFC 6901
[[nodiscard]] inline report validate_json_patch(boost::json::value const& operations)
{
    auto const* const all = operations.if_array();
    if (all == nullptr)
        return report({.code = errc::expected_array});
    report wrong;
    std::size_t index = 0;
    for (auto const& each : *all) {
        detail::json_patch_operation operation;
        if (auto fault = detail::operation_reader(index++).read(each, operation))
            wrong.add(std::move(*fault));
    }
    return wrong;
}

} // namespace metapatch

#endif

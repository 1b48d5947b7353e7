// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_JSON_PATCH_HPP
#define METAPATCH_ALGEBRA_JSON_PATCH_HPP

#include <metapatch/algebra/json_patch_operation.hpp>
#include <metapatch/algebra/opened_document.hpp>
#include <metapatch/algebra/pointer_tokens.hpp>
#include <metapatch/json/measure.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/violation.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <utility>

namespace metapatch {

/// How many bytes of compact JSON the `copy` operations of one JSON Patch may copy: each may double the document, so a
/// few lines could ask for all memory.
inline constexpr std::size_t json_patch_copy_budget = std::size_t{16} << 20;

namespace detail {

/// A document that the operations of a JSON Patch work on, one after the other.
class json_patch_target {
public:
    explicit json_patch_target(std::optional<boost::json::value>&& document) : document_(std::move(document)) {}

    /// @return nothing, or why the operation fails; then the document is of no use
    std::optional<violation> run(json_patch_operation const& operation)
    {
        std::optional<opened_value> value;
        switch (operation.kind) {
        case operation_kind::add:
            return put(operation.path, opened_value{*operation.value});
        case operation_kind::remove:
            return take(operation.path, value);
        case operation_kind::move:
            if (auto failed = take(operation.from, value))
                return failed;
            return put(operation.path, std::move(*value));
        case operation_kind::copy:
            if (auto failed = copy(operation, value))
                return failed;
            return put(operation.path, std::move(*value));
        case operation_kind::replace:
            return replace(operation);
        case operation_kind::test:
            return test(operation);
        }
        return std::nullopt;
    }

    /// @return nothing where the document can be taken, or why not
    std::optional<violation> close() { return document_.close() ? std::nullopt : std::optional(too_deep()); }

    std::optional<boost::json::value> document() && { return std::move(document_).document(); }

private:
    static violation too_deep() { return {.code = errc::too_deep, .limit = nesting_ceiling}; }

    static std::optional<violation> missing(pointer_tokens const& path, opened_document::look_up const& there)
    {
        if (there.place)
            return std::nullopt;
        auto const tokens = there.fault == operation_fault::no_document ? 0 : there.found + 1;
        return violation{.code = errc::missing_target, .pointer = pointer_of(path, tokens), .fault = there.fault};
    }

    std::optional<violation> put(pointer_tokens const& path, opened_value value)
    {
        return missing(path, document_.put(path, std::move(value)));
    }

    std::optional<violation> take(pointer_tokens const& path, std::optional<opened_value>& taken)
    {
        return missing(path, document_.take(path, taken));
    }

    std::optional<violation> copy(json_patch_operation const& operation, std::optional<opened_value>& value)
    {
        auto const there = document_.find(operation.from, operation.from.size());
        if (!there.place)
            return missing(operation.from, there);
        if (!opened_document::close(*there.place))
            return too_deep();
        auto const& source = *there.place->closed;
        copied_ += serialized_size(source);
        if (copied_ > json_patch_copy_budget)
            return violation{.code = errc::too_large,
                             .pointer = pointer_of(operation.path, operation.path.size()),
                             .limit = json_patch_copy_budget,
                             .actual = copied_};
        value.emplace(opened_value{source});
        return std::nullopt;
    }

    std::optional<violation> replace(json_patch_operation const& operation)
    {
        auto const there = document_.find(operation.path, operation.path.size());
        if (!there.place)
            return missing(operation.path, there);
        *there.place->closed = *operation.value;
        *there.place->opened = nullptr;
        return std::nullopt;
    }

    std::optional<violation> test(json_patch_operation const& operation)
    {
        auto const there = document_.find(operation.path, operation.path.size());
        if (!there.place)
            return missing(operation.path, there);
        if (opened_document::holds(*there.place, *operation.value))
            return std::nullopt;
        return violation{.code = errc::test_failed, .pointer = pointer_of(operation.path, operation.path.size())};
    }

    opened_document document_;
    std::size_t copied_ = 0;
};

} // namespace detail

/// What an RFC 6902 JSON Patch makes of a document.
///
/// @param document    nothing where there is none: then only what adds to "" succeeds; `remove` of "" leaves none
/// @param operations  an array of `add`, `remove`, `replace`, `move`, `copy` and `test`
/// Errors:      `expected_array` at "" where it is no array. Of the first operation that fails, alone, with its index:
///              `invalid_operation` at the member of the JSON Patch that is wrong; `missing_target` at the shortest
///              part of `path` or `from` that is not there; both with the `operation_fault`. `test_failed` at `path`;
///              `too_large` at `path` beyond `json_patch_copy_budget`. `too_deep` at "" where it copies what is nested
///              beyond `nesting_ceiling` levels, and, without an index, where the document comes out so
/// Complexity:  O(n log n) in the document, the operations and what they copy, whatever they do in whatever order;
///              expected, as look-ups in objects are. No recursion of its own
/// Exceptions:  std::bad_alloc
/// Source:      RFC 6902; RFC 6901
[[nodiscard]] inline result<std::optional<boost::json::value>> json_patched(std::optional<boost::json::value> document,
                                                                            boost::json::value const& operations)
{
    auto const* const all = operations.if_array();
    if (all == nullptr)
        return report({.code = errc::expected_array});
    detail::json_patch_target target(std::move(document));
    std::size_t index = 0;
    for (auto const& each : *all) {
        detail::json_patch_operation operation;
        auto failed = detail::operation_reader(index).read(each, operation);
        if (!failed)
            failed = target.run(operation);
        if (failed) {
            failed->operation = index;
            return report(std::move(*failed));
        }
        ++index;
    }
    if (auto failed = target.close())
        return report(std::move(*failed));
    return std::move(target).document();
}

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_JSON_PATCH_HPP
#define METAPATCH_ALGEBRA_JSON_PATCH_HPP

#include <metapatch/json/equal.hpp>
#include <metapatch/json/measure.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/joined.hpp>
#include <metapatch/outcome/violation.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

/// How many bytes of compact JSON the `copy` operations of one JSON Patch may copy: each may double the document, so a
/// few lines could ask for all memory.
inline constexpr std::size_t json_patch_copy_budget = std::size_t{16} << 20;

namespace detail {

/// The reference tokens of a JSON Pointer; nothing where it is none. Source: RFC 6901 §3, §4.
inline std::optional<std::vector<std::string>> tokens_of(std::string_view pointer)
{
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
            continue;
        }
        if (tokens.empty())
            return std::nullopt;
        char c = pointer[i];
        if (c == '~') {
            if (++i == pointer.size() || (pointer[i] != '0' && pointer[i] != '1'))
                return std::nullopt;
            c = pointer[i] == '0' ? '~' : '/';
        }
        tokens.back() += c;
    }
    return tokens;
}

/// The index that a token is, at most `most`.
inline std::optional<std::size_t> index_of(std::string_view token, std::size_t most)
{
    std::size_t index = 0;
    auto const [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    bool const plain = error == std::errc() && end == token.data() + token.size() && token.front() >= '0' &&
                       token.front() <= '9' && (token.front() != '0' || token.size() == 1);
    return plain && index <= most ? std::optional(index) : std::nullopt;
}

/// A document that the operations of a JSON Patch work on, one after the other.
class json_patch_target {
public:
    explicit json_patch_target(std::optional<boost::json::value>&& document)
        : document_(std::move(document)), nesting_(document_ ? metapatch::nesting(*document_) : 0)
    {
    }

    /// @return nothing, or why the operation fails; then the document is of no use
    std::optional<violation> run(boost::json::value const& operation, std::size_t index)
    {
        violation const invalid{.code = errc::invalid_operation,
                                .pointer = detail::joined({"/", std::to_string(index)})};
        auto const* const members = operation.if_object();
        auto const* const op = members != nullptr ? string_in(*members, "op") : nullptr;
        auto const* const path = members != nullptr ? string_in(*members, "path") : nullptr;
        auto const to = path != nullptr ? tokens_of(*path) : std::nullopt;
        if (op == nullptr || !to)
            return invalid;
        violation const missing{.code = errc::missing_target, .pointer = std::string(*path)};

        if (*op == "remove")
            return take(*to) ? std::nullopt : std::optional(missing);
        if (*op == "move" || *op == "copy") {
            auto const* const source = string_in(*members, "from");
            auto const from = source != nullptr ? tokens_of(*source) : std::nullopt;
            if (!from ||
                (*op == "move" && from->size() < to->size() && std::equal(from->begin(), from->end(), to->begin())))
                return invalid;
            violation const nothing{.code = errc::missing_target, .pointer = std::string(*source)};
            return *op == "move" ? move(*from, *to, nothing, missing) : copy(*from, *to, nothing, missing);
        }
        auto const* const value = members->if_contains("value");
        if (value == nullptr)
            return invalid;
        if (*op == "add")
            return put(*to, *value, metapatch::nesting(*value), missing);
        auto* const there = find(*to);
        if (*op != "replace" && *op != "test")
            return invalid;
        if (there == nullptr)
            return missing;
        if (*op == "test")
            return equal(*there, *value)
                       ? std::nullopt
                       : std::optional(violation{.code = errc::test_failed, .pointer = std::string(*path)});
        *there = *value;
        return admit(to->size() + metapatch::nesting(*value));
    }

    std::optional<boost::json::value> document() && { return std::move(document_); }

private:
    using tokens = std::vector<std::string>;

    static boost::json::string const* string_in(boost::json::object const& members, std::string_view key)
    {
        auto const* const value = members.if_contains(key);
        return value != nullptr ? value->if_string() : nullptr;
    }

    static boost::json::value* step(boost::json::value& from, std::string const& token)
    {
        if (auto* const object = from.if_object())
            return object->if_contains(token);
        auto* const array = from.if_array();
        auto const index = array != nullptr && !array->empty() ? index_of(token, array->size() - 1) : std::nullopt;
        return index ? &(*array)[*index] : nullptr;
    }

    /// What stands at the first `count` tokens.
    boost::json::value* find(tokens const& path, std::size_t count)
    {
        auto* at = document_ ? &*document_ : nullptr;
        for (std::size_t i = 0; i < count && at != nullptr; ++i)
            at = step(*at, path[i]);
        return at;
    }

    boost::json::value* find(tokens const& path) { return find(path, path.size()); }

    std::optional<violation> put(tokens const& path, boost::json::value value, std::size_t its_nesting,
                                 violation const& missing)
    {
        if (path.empty()) {
            document_ = std::move(value);
        } else {
            auto* const parent = find(path, path.size() - 1);
            if (parent == nullptr)
                return missing;
            if (auto* const object = parent->if_object()) {
                (*object)[path.back()] = std::move(value);
            } else if (auto* const array = parent->if_array()) {
                auto const index = path.back() == "-" ? array->size() : index_of(path.back(), array->size());
                if (!index)
                    return missing;
                array->insert(array->begin() + *index, std::move(value));
            } else {
                return missing;
            }
        }
        return admit(path.size() + its_nesting);
    }

    std::optional<boost::json::value> take(tokens const& path)
    {
        if (path.empty())
            return std::exchange(document_, std::nullopt);
        auto* const parent = find(path, path.size() - 1);
        auto* const there = parent != nullptr ? step(*parent, path.back()) : nullptr;
        if (there == nullptr)
            return std::nullopt;
        auto taken = std::move(*there);
        if (auto* const object = parent->if_object()) {
            object->stable_erase(object->find(path.back()));
        } else {
            auto& array = parent->get_array();
            array.erase(array.begin() + (there - array.begin()));
        }
        return taken;
    }

    std::optional<violation> move(tokens const& from, tokens const& to, violation const& nothing,
                                  violation const& missing)
    {
        auto taken = take(from);
        if (!taken)
            return nothing;
        auto its_nesting = nesting_ - std::min(nesting_, from.size()); // at most
        if (to.size() + its_nesting > nesting_ceiling)
            its_nesting = metapatch::nesting(*taken);
        return put(to, std::move(*taken), its_nesting, missing);
    }

    std::optional<violation> copy(tokens const& from, tokens const& to, violation const& nothing,
                                  violation const& missing)
    {
        auto const* const there = find(from);
        if (there == nullptr)
            return nothing;
        copied_ += serialized_size(*there);
        if (copied_ > json_patch_copy_budget)
            return violation{.code = errc::too_large,
                             .pointer = missing.pointer,
                             .limit = json_patch_copy_budget,
                             .actual = copied_};
        return put(to, *there, metapatch::nesting(*there), missing);
    }

    /// @param levels  how deep the document reaches where it was changed
    std::optional<violation> admit(std::size_t levels)
    {
        nesting_ = std::max(nesting_, levels);
        if (levels > nesting_ceiling)
            return violation{.code = errc::too_deep, .limit = nesting_ceiling};
        return std::nullopt;
    }

    std::optional<boost::json::value> document_;
    std::size_t nesting_; // of the document, or more
    std::size_t copied_ = 0;
};

} // namespace detail

/// What an RFC 6902 JSON Patch makes of a document.
///
/// @param document    nothing where there is none: then only what adds to "" succeeds; `remove` of "" leaves none
/// @param operations  an array of `add`, `remove`, `replace`, `move`, `copy` and `test`
/// Errors:      of the first operation that fails, alone: `missing_target` and `test_failed` with the JSON Pointer of
///              its `path` or `from`; `invalid_operation` with the pointer into the JSON Patch; `expected_array` at ""
///              where it is no array; `too_deep` where one puts a value beyond `nesting_ceiling` levels; `too_large`
///              beyond `json_patch_copy_budget`
/// Complexity:  an operation costs its pointer, the members or elements behind the place it changes, and what it
///              copies; where the nesting may come to its ceiling, also what it moves. No recursion of its own
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
    for (auto const& operation : *all) {
        if (auto failed = target.run(operation, index++))
            return report(std::move(*failed));
    }
    return std::move(target).document();
}

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_JSON_PATCH_MODEL_HPP
#define METAPATCH_TESTS_LAWS_JSON_PATCH_MODEL_HPP

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <metapatch/json/equal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// RFC 6902 by recursion, on copies: what `json_patched` is held against.
namespace metapatch::model {

using document = std::optional<boost::json::value>;
using path = std::vector<std::string>;

/// Of well-formed pointers.
inline path path_of(std::string_view pointer)
{
    path tokens;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/')
            tokens.emplace_back();
        else if (pointer[i] == '~')
            tokens.back() += pointer[++i] == '0' ? '~' : '/';
        else
            tokens.back() += pointer[i];
    }
    return tokens;
}

inline std::optional<std::size_t> element(std::string const& token, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i) {
        if (std::to_string(i) == token)
            return i;
    }
    return std::nullopt;
}

inline document got(boost::json::value const& from, path const& way, std::size_t at = 0)
{
    if (at == way.size())
        return from;
    if (from.is_object()) {
        auto const* const member = from.get_object().if_contains(way[at]);
        return member != nullptr ? got(*member, way, at + 1) : std::nullopt;
    }
    if (!from.is_array())
        return std::nullopt;
    auto const index = element(way[at], from.get_array().size());
    return index ? got(from.get_array()[*index], way, at + 1) : std::nullopt;
}

struct edit {
    document value; ///< nothing removes
    bool in_place;  ///< else it is added
};

inline document changed(boost::json::value into, path const& way, edit const& how, std::size_t at = 0)
{
    bool const last = at + 1 == way.size();
    bool const adds = last && how.value && !how.in_place;
    boost::json::value* inside = nullptr;
    if (into.is_object()) {
        inside = adds ? &into.get_object()[way[at]] : into.get_object().if_contains(way[at]);
    } else if (into.is_array()) {
        auto& array = into.get_array();
        auto const index =
            adds && way[at] == "-" ? std::optional(array.size()) : element(way[at], array.size() + (adds ? 1 : 0));
        if (index && adds)
            array.insert(array.begin() + *index, nullptr);
        inside = index ? &array[*index] : nullptr;
    }
    if (inside == nullptr)
        return std::nullopt;
    if (last && !how.value) {
        if (into.is_object())
            into.get_object().stable_erase(into.get_object().find(way[at]));
        else
            into.get_array().erase(into.get_array().begin() + (inside - into.get_array().begin()));
        return into;
    }
    auto made = last ? how.value : changed(*inside, way, how, at + 1);
    if (!made)
        return std::nullopt;
    *inside = std::move(*made);
    return into;
}

inline document edited(document const& from, path const& way, edit const& how)
{
    if (way.empty())
        return how.value;
    return from ? changed(*from, way, how) : std::nullopt;
}

/// What all operations make of a document, or why one fails, as `told` has it.
struct patched_document {
    document made{};
    std::string failure{};
};

/// Where a pointer stops to lead anywhere, and why.
inline std::string missing(document const& from, std::string const& pointer, std::size_t operation)
{
    auto const told = [&](std::size_t end, std::string const& why) {
        return "missing_target '" + pointer.substr(0, end) + "' operation " + std::to_string(operation) + " " + why;
    };
    if (!from)
        return told(0, "no_document");
    std::size_t there = 0; // the part of the pointer that leads somewhere
    for (;;) {
        auto const end = std::min(pointer.find('/', there + 1), pointer.size());
        auto const inside = got(*from, path_of(pointer.substr(0, there)));
        if (got(*from, path_of(pointer.substr(0, end)))) {
            there = end;
            continue;
        }
        if (inside->is_object())
            return told(end, "no_member");
        if (!inside->is_array())
            return told(end, "not_a_container");
        auto const token = pointer.substr(there + 1, end - there - 1);
        bool const digits = std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
        bool const index = token == "0" || token == "-" || (digits && !token.empty() && token.front() != '0');
        return told(end, index ? "no_element" : "no_index");
    }
}

inline patched_document json_patched(document from, boost::json::array const& operations)
{
    std::size_t index = 0;
    for (auto const& each : operations) {
        auto const& operation = each.as_object();
        std::string const op(operation.at("op").as_string());
        std::string const pointer(operation.at("path").as_string());
        std::string const source(operation.at(op == "move" || op == "copy" ? "from" : "path").as_string());
        auto const there = from ? got(*from, path_of(source)) : std::nullopt;
        if (op != "add" && !there)
            return {{}, missing(from, source, index)};
        if (op == "test" && !equal(*there, operation.at("value")))
            return {{}, "test_failed '" + pointer + "' operation " + std::to_string(index)};
        if (op == "remove" || op == "move")
            from = edited(from, path_of(source), {std::nullopt, false});
        if (op != "remove" && op != "test") {
            auto const value = op == "move" || op == "copy" ? *there : operation.at("value");
            auto made = edited(from, path_of(pointer), {value, op == "replace"});
            if (!made)
                return {{}, missing(from, pointer, index)};
            from = std::move(made);
        }
        ++index;
    }
    return {std::move(from), {}};
}

} // namespace metapatch::model

#endif

// SPDX-License-Identifier: BSL-1.0
#include "json_values.hpp"

#include <metapatch/json/equal.hpp>
#include <metapatch/json/exact_dom.hpp>
#include <metapatch/json/scan.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace tool {

namespace {

using metapatch::token;

constexpr metapatch::read_rules as_deep_as_can_be{.max_nesting = metapatch::nesting_ceiling};

/// A token of a JSON Pointer, as the key it means; nothing where it is none.
std::optional<std::string> unescaped_token(std::string_view text)
{
    std::string key;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '~') {
            key += text[i];
        } else if (i + 1 < text.size() && (text[i + 1] == '0' || text[i + 1] == '1')) {
            key += text[++i] == '0' ? '~' : '/';
        } else {
            return std::nullopt;
        }
    }
    return key;
}

/// Reads the values of one container, each as a text.
class values_inside {
public:
    explicit values_inside(std::string_view text) : text_(text), scan_(text) { first_ = scan_.next(); }

    bool of_object() const { return first_ == token::object_begin; }
    bool of_array() const { return first_ == token::array_begin; }

    /// @return  the next value; nothing behind the last one
    std::optional<std::string_view> next()
    {
        auto what = scan_.next();
        if (what == token::key) {
            key_.clear();
            if (scan_.escaped())
                metapatch::append_unescaped(key_, scan_.raw());
            else
                key_ = scan_.raw();
            what = scan_.next();
        }
        if (what == token::object_end || what == token::array_end)
            return std::nullopt;
        auto const begin = scan_.offset();
        for (auto const depth = std::size_t{1}; scan_.depth() > depth;)
            scan_.next();
        return text_.substr(begin, scan_.position() - begin);
    }

    std::string const& key() const { return key_; }

private:
    std::string_view text_;
    metapatch::scanner scan_;
    token first_;
    std::string key_;
};

/// The index that a token of a pointer is.
std::optional<std::size_t> index_of(std::string const& token_text)
{
    std::size_t index = 0;
    auto const* const end = token_text.data() + token_text.size();
    auto const read = std::from_chars(token_text.data(), end, index);
    bool const is_plain = token_text.size() == 1 || !token_text.starts_with('0');
    return read.ec == std::errc() && read.ptr == end && is_plain ? std::optional(index) : std::nullopt;
}

std::optional<std::string_view> value_inside(std::string_view container, std::string const& name)
{
    values_inside values(container);
    std::optional<std::string_view> found;
    if (values.of_object()) {
        while (auto const value = values.next())
            found = values.key() == name ? value : found;
    } else if (auto const index = values.of_array() ? index_of(name) : std::nullopt) {
        for (auto left = *index + 1; left > 0; --left) {
            found = values.next();
            if (!found)
                break;
        }
    }
    return found;
}

} // namespace

std::optional<std::vector<std::string>> read_pointer(std::string_view pointer)
{
    std::vector<std::string> path;
    while (!pointer.empty()) {
        if (pointer.front() != '/')
            return std::nullopt;
        pointer.remove_prefix(1);
        auto const end = std::min(pointer.find('/'), pointer.size());
        auto key = unescaped_token(pointer.substr(0, end));
        if (!key)
            return std::nullopt;
        path.push_back(std::move(*key));
        pointer.remove_prefix(end);
    }
    return path;
}

std::optional<std::string_view> value_at(std::string_view document, std::vector<std::string> const& path)
{
    std::optional<std::string_view> value = document;
    for (auto const& name : path) {
        value = value_inside(*value, name);
        if (!value)
            break;
    }
    return value;
}

bool is_same_json(std::string_view left, std::string_view right)
{
    if (left == right)
        return true;
    metapatch::exact_dom dom;
    auto const one = dom.read(left, as_deep_as_can_be);
    auto const other = dom.read(right, as_deep_as_can_be);
    return one && other && metapatch::equal(*one, *other);
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_REQUEST_HPP
#define METAPATCH_TESTS_REQUEST_HPP

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace metapatch::conformance {

/// A request, or a case of one, that the protocol does not admit. It is answered with `errored`.
class bad_request : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// The longest text that `parts` may expand to.
inline constexpr std::size_t max_expanded_bytes = std::size_t{256} << 20;

/// The member of that name; nullptr where it is missing or null, which mean the same.
inline boost::json::value const* find_member(boost::json::object const& request, std::string_view name)
{
    auto const* member = request.if_contains(name);
    return member != nullptr && !member->is_null() ? member : nullptr;
}

/// A string that must be there.
inline std::string_view required_string(boost::json::object const& request, std::string_view name)
{
    auto const* member = find_member(request, name);
    if (member == nullptr || !member->is_string())
        throw bad_request("\"" + std::string(name) + "\" must be a string");
    return member->get_string();
}

/// Source: RFC 4648 §4; padding is required, and bits that the padding makes void must be 0.
inline std::string decoded_base64(std::string_view text)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static constexpr auto digits = [] {
        std::array<std::int8_t, 256> values{};
        values.fill(-1);
        for (std::size_t i = 0; i < alphabet.size(); ++i)
            values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
        return values;
    }();
    auto const padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned pending = 0;
    for (char const c : text.substr(0, text.size() - padding)) {
        auto const digit = digits[static_cast<unsigned char>(c)];
        if (digit < 0)
            throw bad_request("not base64");
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        pending += 6;
        if (pending >= 8) {
            pending -= 8;
            bytes += static_cast<char>(bits >> pending & 0xFF);
        }
    }
    if (text.size() % 4 != 0 || pending != 2 * padding || (bits & ((1U << pending) - 1)) != 0)
        throw bad_request("not base64");
    return bytes;
}

/// `{"parts": [[TEXT, TIMES], …]}`, written out.
inline std::string expanded_parts(boost::json::value const& value)
{
    auto const* object = value.if_object();
    auto const* parts = object != nullptr ? object->if_contains("parts") : nullptr;
    if (parts == nullptr || !parts->is_array())
        throw bad_request("a text must be a string, or an object with the array \"parts\"");
    std::string text;
    for (auto const& part : parts->get_array()) {
        auto const* pair = part.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_int64() ||
            (*pair)[1].get_int64() < 0)
            throw bad_request("a part must be a string and how often it stands there");
        auto const& piece = (*pair)[0].get_string();
        auto const times = static_cast<std::uint64_t>((*pair)[1].get_int64());
        if (piece.empty())
            continue;
        if (times > (max_expanded_bytes - text.size()) / piece.size())
            throw bad_request("the parts of a text make more than 256 MiB");
        text.reserve(text.size() + piece.size() * times);
        for (std::uint64_t i = 0; i < times; ++i)
            text.append(piece.data(), piece.size());
    }
    return text;
}

/// A text, in full or in parts.
inline std::string text_of(boost::json::value const& value)
{
    if (auto const* text = value.if_string())
        return std::string(text->data(), text->size());
    return expanded_parts(value);
}

/// The text that a case carries under `name`, or as base64 under `name` with `_base64` behind it; nothing where neither
/// is there.
inline std::optional<std::string> find_text(boost::json::object const& request, std::string const& name)
{
    auto const* plain = find_member(request, name);
    auto const* encoded = find_member(request, name + "_base64");
    if (plain != nullptr && encoded != nullptr)
        throw bad_request("\"" + name + "\" is given twice");
    if (encoded != nullptr)
        return decoded_base64(required_string(request, name + "_base64"));
    if (plain == nullptr)
        return std::nullopt;
    return text_of(*plain);
}

} // namespace metapatch::conformance

#endif

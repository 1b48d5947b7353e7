// SPDX-License-Identifier: BSL-1.0
#include "refusal.hpp"

#include "operation_words.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <utility>

namespace tool {

namespace {

struct part_text {
    std::string_view word; ///< in JSON
    std::string_view name; ///< for people
};

constexpr std::array<part_text, 14> part_texts{{
    {"stored", "what is stored"},
    {"patch", "PATCH"},
    {"from", "FROM"},
    {"to", "TO"},
    {"other", "OTHER"},
    {"onto", "ONTO"},
    {"base", "BASE"},
    {"mine", "MINE"},
    {"theirs", "THEIRS"},
    {"user", "USER"},
    {"claims", "CLAIMS"},
    {"fields", "FIELDS"},
    {"values", "VALUES"},
    {"form", "FORM"},
}};

part_text const& text_of(part in)
{
    return part_texts[static_cast<std::size_t>(in)];
}

/// The sentence of a violation; where it has an offset and the place is known, with that.
std::string sentence(metapatch::violation each, std::optional<text_place> const& place)
{
    if (!each.offset || !place)
        return each.message();
    each.offset.reset();
    return each.message() + " at " + in_words(*place);
}

/// The same without the pointer.
std::string bare_sentence(metapatch::violation each, std::optional<text_place> const& place)
{
    if (!each.offset || !place)
        return sentence_of(each);
    each.offset.reset();
    return sentence_of(each) + " at " + in_words(*place);
}

} // namespace

boost::json::object to_json(metapatch::report const& why)
{
    boost::json::array violations;
    for (auto const& each : why) {
        boost::json::object object{{"code", name(each.code)}, {"pointer", each.pointer}};
        if (each.limit)
            object["limit"] = *each.limit;
        if (each.actual)
            object["actual"] = *each.actual;
        if (each.offset)
            object["offset"] = *each.offset;
        if (each.operation)
            object["operation"] = *each.operation;
        if (each.fault)
            object["fault"] = name(*each.fault);
        violations.push_back(std::move(object));
    }
    boost::json::object all;
    all["violations"] = std::move(violations);
    if (why.omitted() > 0)
        all["omitted"] = why.omitted();
    return all;
}

refusal placed(refusal refused, std::string_view text)
{
    refused.place = place_of(refused.why, text);
    return refused;
}

boost::json::object to_json(refusal const& refused)
{
    boost::json::object all{{"in", text_of(refused.in).word}};
    if (refused.number > 0)
        all["number"] = refused.number;
    for (auto& member : to_json(refused.why))
        all[member.key()] = std::move(member.value());
    if (!refused.place)
        return all;
    for (auto& each : all["violations"].get_array()) {
        if (auto& violation = each.get_object(); violation.contains("offset")) {
            violation["line"] = refused.place->at.line;
            violation["column"] = refused.place->at.column;
            if (violation.at("code").get_string() == name(metapatch::errc::malformed_json))
                violation["cause"] = name(refused.place->cause);
        }
    }
    return all;
}

std::string to_json_line(refusal const& refused)
{
    boost::json::object line{{"outcome", "rejected"}};
    for (auto& member : to_json(refused))
        line[member.key()] = std::move(member.value());
    return boost::json::serialize(line) + '\n';
}

std::string message(refusal const& refused)
{
    if (!refused.place || refused.why.size() != 1)
        return refused.why.message();
    return sentence(refused.why.front(), refused.place);
}

std::string to_text(metapatch::report const& why, colours paint, std::optional<text_place> const& place)
{
    constexpr std::size_t widest = 40; // a longer pointer pushes its own line only
    std::size_t pointer_width = 0;
    std::size_t code_width = 0;
    for (auto const& each : why) {
        pointer_width = std::max(pointer_width, std::min(printable(each.pointer).size(), widest));
        code_width = std::max(code_width, name(each.code).size());
    }
    auto const padded = [](std::string text, std::size_t width) {
        text.resize(std::max(text.size(), width), ' ');
        return text;
    };
    std::string text;
    for (auto const& each : why) {
        bool const shows_place = each.offset && place && paint.on_terminal();
        text += "  " + paint.bold(padded(printable(each.pointer), pointer_width)) + (pointer_width > 0 ? "  " : "") +
                paint.red(padded(std::string(name(each.code)), code_width)) + "  " + bare_sentence(each, place) + '\n';
        if (shows_place && !place->excerpt.empty())
            text += with_caret(*place, "    ");
    }
    return text + and_more(why.omitted());
}

std::string to_text(refusal const& refused, std::string_view policy, colours paint)
{
    bool const is_json =
        std::ranges::any_of(refused.why, [](auto const& each) { return each.code != metapatch::errc::malformed_json; });
    auto text = paint.red("rejected") + (is_json ? " by " + printable(policy) : ": no JSON") + ", nothing was changed";
    if (refused.in != part::patch || refused.number > 0)
        text.append("; in ").append(text_of(refused.in).name);
    if (refused.number > 0)
        text.append(" ").append(std::to_string(refused.number));
    bool const is_secret = refused.in == part::form || refused.in == part::values; // passwords are among them
    auto place = refused.place;
    if (is_secret && place)
        place->excerpt.clear();
    return text + ":\n" + to_text(refused.why, paint, place);
}

} // namespace tool

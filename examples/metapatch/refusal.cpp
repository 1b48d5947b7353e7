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

boost::json::object to_json(refusal const& refused)
{
    boost::json::object all{{"in", text_of(refused.in).word}};
    if (refused.number > 0)
        all["number"] = refused.number;
    for (auto& member : to_json(refused.why))
        all[member.key()] = std::move(member.value());
    return all;
}

std::string to_json_line(refusal const& refused)
{
    boost::json::object line{{"outcome", "rejected"}};
    for (auto& member : to_json(refused))
        line[member.key()] = std::move(member.value());
    return boost::json::serialize(line) + '\n';
}

std::string to_text(metapatch::report const& why, colours paint)
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
        text += "  " + paint.bold(padded(printable(each.pointer), pointer_width)) + (pointer_width > 0 ? "  " : "") +
                paint.red(padded(std::string(name(each.code)), code_width)) + "  " + sentence_of(each) + '\n';
    }
    return text + and_more(why.omitted());
}

std::string to_text(refusal const& refused, std::string_view policy, colours paint)
{
    auto text = paint.red("rejected") + " by " + printable(policy) + ", nothing was changed";
    if (refused.in != part::patch || refused.number > 0)
        text.append("; in ").append(text_of(refused.in).name);
    if (refused.number > 0)
        text.append(" ").append(std::to_string(refused.number));
    return text + ":\n" + to_text(refused.why, paint);
}

} // namespace tool

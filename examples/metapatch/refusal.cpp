// SPDX-License-Identifier: BSL-1.0
#include "refusal.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <utility>

namespace tool {

boost::json::object to_json(refusal const& refused)
{
    boost::json::array violations;
    for (auto const& each : refused.why) {
        boost::json::object object{{"code", name(each.code)}, {"pointer", each.pointer}};
        if (each.limit)
            object["limit"] = *each.limit;
        if (each.actual)
            object["actual"] = *each.actual;
        if (each.offset)
            object["offset"] = *each.offset;
        violations.push_back(std::move(object));
    }
    boost::json::object all{{"in", refused.in == part::stored ? "stored" : "patch"}};
    all["violations"] = std::move(violations);
    if (refused.why.omitted() > 0)
        all["omitted"] = refused.why.omitted();
    return all;
}

std::string to_json_line(refusal const& refused)
{
    boost::json::object line{{"outcome", "rejected"}};
    for (auto& member : to_json(refused))
        line[member.key()] = member.value();
    return boost::json::serialize(line) + '\n';
}

std::string to_text(refusal const& refused, std::string_view policy, colours paint)
{
    constexpr std::size_t widest = 40; // a longer pointer pushes its own line only
    std::size_t pointer_width = 0;
    std::size_t code_width = 0;
    for (auto const& each : refused.why) {
        pointer_width = std::max(pointer_width, std::min(printable(each.pointer).size(), widest));
        code_width = std::max(code_width, name(each.code).size());
    }
    auto const padded = [](std::string text, std::size_t width) {
        text.resize(std::max(text.size(), width), ' ');
        return text;
    };
    std::string text = paint.red("rejected") + " by " + std::string(policy) + ", nothing was changed" +
                       (refused.in == part::stored ? "; in what is stored:" : ":") + '\n';
    for (auto const& each : refused.why) {
        auto bare = each;
        bare.pointer.clear();
        text += "  " + paint.bold(padded(printable(each.pointer), pointer_width)) + (pointer_width > 0 ? "  " : "") +
                paint.red(padded(std::string(name(each.code)), code_width)) + "  " + bare.message() + '\n';
    }
    if (refused.why.omitted() > 0)
        text += "  and " + std::to_string(refused.why.omitted()) + " more\n";
    return text;
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "violations.hpp"

#include "json_answer.hpp"

#include <array>

namespace functions {

namespace {

void write_violations(json_answer& to, metapatch::report const& why)
{
    to.begin('[');
    for (auto const& each : why) {
        to.begin('{').key("code").string(name(each)).key("pointer").string(each.pointer);
        if (each.limit)
            to.key("limit").number(*each.limit);
        if (each.actual)
            to.key("actual").number(*each.actual);
        if (each.offset)
            to.key("offset").number(*each.offset);
        if (auto const input = input_of(each); !input.empty())
            to.key("input").string(input);
        to.key("message").string(message_of(each)).end('}');
    }
    to.end(']');
}

} // namespace

std::string_view input_of(metapatch::violation const& what) noexcept
{
    constexpr std::array<std::string_view, 4> names{"stored", "patch", "from", "to"};
    return what.text ? names[static_cast<std::size_t>(*what.text)] : std::string_view();
}

std::string message_of(metapatch::violation const& what)
{
    auto told = what;
    told.text.reset();
    return told.message();
}

std::string violations_array(metapatch::report const& why)
{
    std::string made;
    json_answer answer(made, documents::texts);
    write_violations(answer, why);
    return made;
}

std::string violations_json(metapatch::report const& why)
{
    std::string made;
    json_answer answer(made, documents::texts);
    answer.begin('{').key("violations");
    write_violations(answer, why);
    if (why.omitted() > 0)
        answer.key("omitted").number(why.omitted());
    answer.end('}');
    return made;
}

} // namespace functions

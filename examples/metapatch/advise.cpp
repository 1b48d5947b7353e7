// SPDX-License-Identifier: BSL-1.0
#include "advise.hpp"

#include "batch_words.hpp"
#include "operands.hpp"
#include "progress.hpp"
#include "terminal.hpp"

#include <metapatch/algebra/json_patch_operation.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <unistd.h>

namespace tool {

namespace {

constexpr std::string_view sentence(metapatch::advice_code code) noexcept
{
    switch (code) {
    case metapatch::advice_code::root_collision:
        return "a root attribute has this name too; where the field is copied over the root, this member hides it";
    case metapatch::advice_code::type_change:
        return "the stored value is of another JSON type";
    case metapatch::advice_code::loss:
        return "this stored member vanishes, for what it is in is replaced as a whole by what does not name it; "
               "`metapatch deepen` gives the body that keeps it";
    case metapatch::advice_code::unsafe_integer:
        return "JavaScript cannot tell this integer from its neighbours; a string would be safe";
    case metapatch::advice_code::field_name:
        return "the field's own name: it takes what is inside of this alone, or a member of that name comes into it";
    }
    return {};
}

std::string in_json(metapatch::findings<metapatch::advice> const& found)
{
    boost::json::array list;
    for (auto const& each : found)
        list.push_back({{"code", name(each.code)}, {"pointer", each.pointer}});
    boost::json::object line;
    line["advice"] = std::move(list);
    if (found.omitted() > 0)
        line["omitted"] = found.omitted();
    return boost::json::serialize(line) + '\n';
}

std::string in_text(metapatch::findings<metapatch::advice> const& found, colours paint)
{
    std::string text;
    for (auto const& each : found) {
        text += "advice: " + paint.yellow(name(each.code)) + ' ' + paint.bold(printable(each.pointer)) + ": ";
        text.append(sentence(each.code)) += '\n';
    }
    return text + and_more(found.omitted());
}

} // namespace

metapatch::findings<metapatch::advice> advice_on(named_policy const& policy, std::string_view member,
                                                 std::optional<std::string_view> stored, std::string_view patch)
{
    operands in(policy.policy, {});
    auto const changes = in.patch_of(part::patch, std::string(patch));
    auto const field = in.field_of(part::stored, stored ? std::optional<std::string>(*stored) : std::nullopt);
    return metapatch::advise(
        field.state, changes, policy.policy, policy.root_attributes,
        [&in](boost::json::value const& number) { return in.dom().is_unsafe_integer(number); }, member);
}

void say_advice(options const& asked, named_policy const& policy, std::optional<std::string_view> stored,
                std::string_view patch)
{
    auto const found = advice_on(policy, asked.field.empty() ? policy.member : asked.field, stored, patch);
    std::fputs(
        (asked.output == output_form::json ? in_json(found) : in_text(found, {asked.color, STDERR_FILENO})).c_str(),
        stderr);
}

void say_advice(counts_by_code const& found)
{
    using enum metapatch::advice_code;
    for (auto const code : {field_name, root_collision, type_change, loss, unsafe_integer}) {
        if (auto const count = found.find(name(code)); count != found.end())
            say("advice: " + count->first + ' ' + grouped(count->second) + ": " + std::string(sentence(code)));
    }
}

void say_what_is_meant(field_policy const& policy, refusal const& refused, std::string_view patch)
{
    if (refused.in != part::patch || refused.why.front().code != metapatch::errc::expected_object)
        return;
    auto const value = operands(policy, {}).value_of(part::patch, std::string(patch));
    auto const* const operations = value.if_array();
    if (operations != nullptr && !operations->empty() && std::ranges::all_of(*operations, metapatch::is_like_operation))
        say("this looks like a JSON Patch (RFC 6902); `metapatch deepen` makes of it the patch to apply");
}

} // namespace tool

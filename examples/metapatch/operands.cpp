// SPDX-License-Identifier: BSL-1.0
#include "operands.hpp"

#include "input.hpp"
#include "profile_text.hpp"

#include <metapatch/splice/text_patch.hpp>

#include <algorithm>
#include <utility>

namespace tool {

operands::operands(field_policy const& policy, std::string field)
    : policy_(policy), rules_(policy), field_(std::move(field))
{
    rules_.limits.max_bytes = metapatch::unlimited;
}

known_field operands::field(part which, std::optional<std::string> const& argument)
{
    return argument ? field_in(which, read_argument(*argument)) : known_field();
}

known_field operands::field_in(part which, std::string document)
{
    if (field_.empty())
        return field_of(which, is_null(document) ? std::nullopt : std::optional(std::move(document)));
    profile_text profile(field_);
    auto const text = keep(std::move(document));
    if (auto cut = profile.read(text); !cut) {
        refuse(placed({which, std::move(cut).error()}, text));
        return {};
    }
    auto const inside = profile.field();
    if (!inside)
        return {};
    auto value = dom_.read(*inside, policy_.read);
    if (value && value->is_object())
        return {std::move(value->get_object()), *inside};
    if (value)
        no_object_ = which;
    refuse(placed({which, value ? metapatch::report({.code = metapatch::errc::expected_object})
                                : moved_by(value.error(), profile.field_offset())},
                  text));
    return {};
}

known_field operands::field_of(part which, std::optional<std::string> text)
{
    if (!text)
        return {};
    auto const kept = keep(std::move(*text));
    auto value = dom_.read(kept, policy_.read);
    if (value && value->is_object())
        return {std::move(value->get_object()), kept};
    if (value)
        no_object_ = which;
    refuse(
        placed({which, value ? metapatch::report({.code = metapatch::errc::expected_object}) : value.error()}, kept));
    return {};
}

void operands::allow_clear(metapatch::patch const& changes)
{
    if (no_object_ && changes.clears())
        std::erase_if(refused_, [this](refusal const& each) { return each.in == *no_object_; });
}

metapatch::patch operands::patch(part which, std::string const& argument, std::size_t number)
{
    return patch_of(which, read_argument(argument), number);
}

metapatch::patch operands::patch_of(part which, std::string text, std::size_t number)
{
    auto const kept = keep(std::move(text));
    metapatch::text_patch judged;
    if (auto why = judged.read(kept, policy_); !why.empty()) {
        refuse(placed({which, std::move(why), number}, kept));
        return metapatch::patch();
    }
    return metapatch::patch::from(dom_.read(kept, policy_.read).value(), policy_).value();
}

boost::json::value operands::value(part which, std::string const& argument)
{
    return value_of(which, read_argument(argument));
}

boost::json::value operands::value_of(part which, std::string text)
{
    auto const kept = keep(std::move(text));
    auto value = dom_.read(kept, policy_.read);
    if (value)
        return std::move(*value);
    refuse(placed({which, std::move(value).error()}, kept));
    return nullptr;
}

void operands::refuse(refusal why)
{
    auto const before = [](refusal const& left, refusal const& right) {
        return std::pair(left.in, left.number) < std::pair(right.in, right.number);
    };
    refused_.insert(std::ranges::upper_bound(refused_, why, before), std::move(why));
}

std::string_view operands::keep(std::string text)
{
    return texts_.emplace_back(std::move(text));
}

} // namespace tool

// SPDX-License-Identifier: BSL-1.0
#include "patch_text.hpp"

#include "input.hpp"

#include <metapatch/splice/splice.hpp>

#include <utility>

namespace tool {

namespace {

/// What is refused after the patch was read is the result, for its size or count, or else the stored text.
part blamed(metapatch::report const& why)
{
    auto const code = why.front().code;
    return code == metapatch::errc::too_large || code == metapatch::errc::too_many_members ? part::patch : part::stored;
}

} // namespace

patch_text::patch_text(field_policy const& policy) : policy_(policy) {}

void patch_text::set_patch(std::string_view text)
{
    source_ = text;
    auto why = patch_.read(source_, policy_);
    if (why.empty() && join_lines(source_))
        why = patch_.read(source_, policy_);
    refused_ = why.empty() ? std::nullopt : std::optional(placed({part::patch, std::move(why)}, source_));
}

std::optional<refusal> patch_text::apply(std::optional<std::string_view> stored, std::optional<std::string>& result)
{
    if (refused_)
        return refused_;
    spliced_.clear();
    auto done = metapatch::splice(stored, patch_, policy_, spliced_);
    if (!done)
        return refusal{blamed(done.error()), std::move(done).error()};
    if (done->present)
        std::swap(result ? *result : result.emplace(), spliced_);
    else
        result.reset();
    return std::nullopt;
}

} // namespace tool

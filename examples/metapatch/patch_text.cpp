// SPDX-License-Identifier: BSL-1.0
#include "patch_text.hpp"

#include "input.hpp"

#include <metapatch/json/text.hpp>
#include <metapatch/simd/is_json.hpp>
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

bool begins_object(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

/// A stored text that is no JSON.
refusal unreadable(std::string_view text, metapatch::read_rules const& rules)
{
    return {part::stored, metapatch::read_value(text, rules).error()};
}

} // namespace

patch_text::patch_text(field_policy const& policy) : policy_(policy), takes_any_(is_rfc7396(policy)) {}

void patch_text::set_patch(std::string_view text)
{
    source_ = text;
    replacement_.reset();
    if (takes_any_ && !begins_object(text) && metapatch::is_json(text, policy_.read.max_nesting))
        return read_any();
    auto why = patch_.read(source_, policy_);
    if (why.empty() && join_lines(source_))
        why = patch_.read(source_, policy_);
    refused_ = why.empty() ? std::nullopt : std::optional(placed({part::patch, std::move(why)}, source_));
}

/// A value that is no object is read as a member of one, so that the same becomes of what is inside of it.
void patch_text::read_any()
{
    constexpr std::string_view before = R"({"":)";
    auto around = policy_;
    ++around.read.max_nesting;
    source_.insert(0, before);
    source_ += '}';
    join_lines(source_);
    auto why = patch_.read(source_, around);
    refused_ = why.empty() ? std::nullopt : std::optional(refusal{part::patch, std::move(why)});
    if (refused_)
        return;
    std::string made;
    auto const only = patch_.members().front();
    static_cast<void>(metapatch::splice(std::nullopt, patch_, made));
    replacement_ = only.removes()
                       ? "null"
                       : trimmed(std::string_view(made).substr(before.size(), made.size() - before.size() - 1));
}

std::optional<refusal> patch_text::apply(std::optional<std::string_view> stored, std::optional<std::string>& result)
{
    if (refused_)
        return refused_;
    if (takes_any_ && stored && !begins_object(*stored) && metapatch::is_json(*stored, policy_.read.max_nesting))
        stored.reset(); // it is no object: there is nothing to merge with
    if (replacement_) {
        if (stored && !metapatch::is_json(*stored, policy_.read.max_nesting))
            return unreadable(*stored, policy_.read);
        result = replacement_;
        return std::nullopt;
    }
    spliced_.clear();
    auto done = metapatch::splice(stored, patch_, spliced_);
    if (!done)
        return refusal{blamed(done.error()), std::move(done).error()};
    if (done->present)
        std::swap(result ? *result : result.emplace(), spliced_);
    else
        result.reset();
    return std::nullopt;
}

} // namespace tool

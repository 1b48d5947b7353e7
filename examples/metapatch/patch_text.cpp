// SPDX-License-Identifier: BSL-1.0
#include "patch_text.hpp"

#include <metapatch/text.hpp>

#include <utility>

namespace tool {

patch_text::patch_text(field_policy const& policy) : policy_(policy) {}

void patch_text::set_patch(std::string_view text)
{
    patch_.reset();
    patch_memory_.memory.release();
    patch_.emplace(metapatch::read_patch(text, policy_, &patch_memory_.memory));
}

std::optional<refusal> patch_text::apply(std::optional<std::string_view> stored, std::optional<std::string>& result)
{
    if (!*patch_)
        return refusal{part::patch, patch_->error()};
    field_memory_.memory.release();
    metapatch::state field;
    if (stored) {
        auto read = metapatch::read_state(*stored, policy_.read, &field_memory_.memory);
        if (!read)
            return refusal{part::stored, std::move(read).error()};
        field = std::move(*read);
    }
    auto done = metapatch::apply(field, **patch_, policy_, {.storage = &field_memory_.memory});
    if (!done)
        return refusal{part::patch, std::move(done).error()};
    if (!field) {
        result.reset();
        return std::nullopt;
    }
    if (!result)
        result.emplace();
    serialize(*field, *result);
    return std::nullopt;
}

void patch_text::serialize(boost::json::object const& field, std::string& into)
{
    into.clear();
    for (serializer_.reset(&field); !serializer_.done();)
        into += std::string_view(serializer_.read(piece_.data(), piece_.size()));
}

} // namespace tool

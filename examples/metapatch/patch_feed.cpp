// SPDX-License-Identifier: BSL-1.0
#include "patch_feed.hpp"

#include "input.hpp"

namespace tool {

patch_feed::patch_feed(std::optional<std::string> const& path, document_form form)
{
    if (path)
        patches_.emplace(*path, form, blank_lines::are_documents);
}

std::optional<std::string_view> patch_feed::next()
{
    auto piece = patches_->next();
    while (piece && !piece->is_document)
        piece = patches_->next();
    return piece ? std::optional(piece->document) : std::nullopt;
}

std::uint64_t patch_feed::count_left()
{
    std::uint64_t left = 0;
    while (patches_) {
        auto const patch = next();
        if (!patch)
            break;
        left += is_blank(*patch) ? 0 : 1;
    }
    return left;
}

std::string patch_feed::complaint() const
{
    auto const stopped = patches_ ? patches_->stopped() : std::nullopt;
    return stopped ? in_words(*stopped, patches_->origin().name()) : std::string();
}

} // namespace tool

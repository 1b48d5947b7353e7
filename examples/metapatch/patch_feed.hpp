// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PATCH_FEED_HPP
#define METAPATCH_TOOL_PATCH_FEED_HPP

#include "document_stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// The patches of `--patches`, one for each document in turn, or none where one is for all.
class patch_feed {
public:
    explicit patch_feed(std::optional<std::string> const& path, document_form form = document_form::automatic);

    bool has_one_for_each() const noexcept { return patches_.has_value(); }

    /// The next patch, valid until the next call; nothing where they have ended.
    std::optional<std::string_view> next();

    /// How many are left over that are patches at all. They are gone then.
    std::uint64_t count_left();

    /// Where and why they end too early, in words; "" where they do not.
    std::string complaint() const;

private:
    std::optional<document_stream> patches_;
};

} // namespace tool

#endif

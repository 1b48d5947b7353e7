// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_REJECT_LOG_HPP
#define METAPATCH_TOOL_REJECT_LOG_HPP

#include "refusal.hpp"
#include "terminal.hpp"
#include "writer.hpp"

#include <metapatch/auth0/contract/refusal.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tool {

/// The lines that a batch refused and why: all of them to a file as NDJSON, or the first few for people.
class reject_log {
public:
    explicit reject_log(std::optional<std::string> const& path);

    void add(std::uint64_t line, refusal const& refused);
    void add(std::uint64_t line, metapatch::auth0::refusal const& refused);

    void finish();

    /// The first few, where there is no file for all.
    std::string shown(colours paint) const;

private:
    /// @param entry    makes the members for the file, besides the line
    /// @param message  makes the words for people
    template<class Entry, class Message>
    void add_entry(std::uint64_t line, Entry entry, Message message);

    std::optional<writer> file_;
    std::vector<std::pair<std::uint64_t, std::string>> first_;
    std::uint64_t count_ = 0;
};

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_REJECT_LOG_HPP
#define METAPATCH_TOOL_REJECT_LOG_HPP

#include "document_place.hpp"
#include "refusal.hpp"
#include "terminal.hpp"
#include "writer.hpp"

#include <metapatch/auth0/contract/refusal.hpp>

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

/// The documents that a batch refused and why: all of them to a file as NDJSON, or the first few for people.
class reject_log {
public:
    /// @param keeps_words  whether `last_words` is asked for
    explicit reject_log(std::optional<std::string> const& path, bool keeps_words = false);

    /// @param document  what was refused; its `user_id` is told, where it has one
    void add(document_place const& place, std::string_view document, refusal const& refused);
    void add(document_place const& place, std::string_view document, metapatch::auth0::refusal const& refused);

    /// The same for what the tool itself does not do.
    void add(document_place const& place, std::string_view document, std::string_view code, std::string_view sentence);

    void finish();

    /// How many were refused, by the code of the first violation, or the reason.
    std::map<std::string, std::uint64_t, std::less<>> const& by_code() const noexcept { return by_code_; }

    /// The last one, in words.
    std::string const& last_words() const noexcept { return last_words_; }

    /// The first few, where there is no file for all.
    std::string shown(colours paint) const;

private:
    /// @param entry    makes the members for the file, besides the place
    /// @param message  makes the words for people
    template<class Entry, class Message>
    void add_entry(document_place const& place, std::string_view document, std::string_view code, Entry entry,
                   Message message);

    bool keeps_words_;
    std::optional<writer> file_;
    std::vector<std::pair<std::string, std::string>> first_;
    std::map<std::string, std::uint64_t, std::less<>> by_code_;
    std::string last_words_;
    std::uint64_t count_ = 0;
};

/// A refusal whose places, where they are in the document, count from the start of its file.
refusal in_file(refusal refused, document_place const& place);

/// How a line of NDJSON about a document begins: its place, and its `user_id` where it has one.
boost::json::object line_about(document_place const& place, std::string_view document);

} // namespace tool

#endif

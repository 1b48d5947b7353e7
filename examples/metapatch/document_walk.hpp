// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_WALK_HPP
#define METAPATCH_TOOL_DOCUMENT_WALK_HPP

#include "batch_words.hpp"
#include "document_place.hpp"
#include "document_stream.hpp"
#include "options.hpp"
#include "progress.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// Goes through the files of a batch, and knows how far that is.
class document_walk {
public:
    explicit document_walk(options const& asked)
        : has_several_(asked.batch.files.size() > 1), shown_(shows_progress(asked), total_bytes(asked.batch.files))
    {
    }

    /// Go through one file.
    ///
    /// @param use  called with the place of each document and the document itself
    /// @param pass called with the bytes behind each, up to the next one
    /// @return     how many documents it had
    template<class Use, class Pass>
    std::uint64_t go_through(document_stream& documents, std::string const& file, Use use, Pass pass)
    {
        auto const form = tool::plural(documents.form());
        plural_ = count_ > 0 && plural_ != form ? "documents" : form;
        auto const before = count_;
        while (auto const next = documents.next()) {
            if (next->is_document) {
                ++count_;
                use(document_place{has_several_ ? std::string_view(file) : std::string_view(), documents.number(),
                                   documents.position(), documents.form() == document_form::lines},
                    next->document);
            }
            pass(next->behind);
            shown_.at(count_, bytes_before_ + documents.origin().bytes_read());
        }
        bytes_before_ += documents.origin().bytes_read();
        plain_bytes_ += documents.bytes();
        return count_ - before;
    }

    /// How many documents there were, and what they are called.
    std::uint64_t count() const noexcept { return count_; }
    std::string_view plural() const noexcept { return plural_; }

    /// How fast that was.
    std::string speed() const { return tool::speed(shown_.seconds(), count_, plural_, plain_bytes_); }

    /// Take the progress away, so that other words can stand there.
    void clear() { shown_.clear(); }

private:
    bool has_several_;
    progress shown_;
    std::string_view plural_ = "lines";
    std::uint64_t count_ = 0;
    std::uint64_t bytes_before_ = 0; ///< of the files that are done, as they are stored
    std::uint64_t plain_bytes_ = 0;
};

} // namespace tool

#endif

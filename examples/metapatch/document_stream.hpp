// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_STREAM_HPP
#define METAPATCH_TOOL_DOCUMENT_STREAM_HPP

#include "document_cutter.hpp"
#include "input_window.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// How the documents of an input stand in it.
enum class document_form : std::uint8_t {
    automatic, ///< as the first bytes tell
    lines,     ///< NDJSON: one on each line
    array,     ///< the elements of a JSON array
    page,      ///< those of the list in a page of the Management API, `{"start":0,"users":[…]}`
    sequence,  ///< one after the other, in pretty print
};

/// What an empty line is, where documents are lines.
enum class blank_lines : std::uint8_t { are_nothing, are_documents };

/// An input cut into its documents and the bytes between them, in memory for the longest document alone. What is
/// compressed is unpacked, and a byte order mark in front is left out.
class document_stream {
public:
    explicit document_stream(std::string const& path, document_form form = document_form::automatic,
                             blank_lines blanks = blank_lines::are_nothing);

    /// The next piece, valid until the next call.
    std::optional<piece> next() { return cutter_->next(); }

    /// Which of the documents the last one is, from 1, and where it begins.
    std::uint64_t number() const noexcept { return cutter_->number(); }
    metapatch::text_position position() const noexcept { return cutter_->position(); }

    /// Where and why the documents end before the input does; what comes then is no document.
    std::optional<broken_off> stopped() const;

    document_form form() const noexcept { return form_; }
    bool had_byte_order_mark() const noexcept { return had_byte_order_mark_; }

    /// What was handed out, in plain bytes.
    std::uint64_t bytes() const noexcept { return window_.dropped(); }

    plain_source const& origin() const noexcept { return window_.origin(); }

private:
    document_form form_of_first_bytes();

    input_window window_;
    document_form form_;
    bool had_byte_order_mark_ = false;
    std::unique_ptr<document_cutter> cutter_;
};

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_CUTTER_HPP
#define METAPATCH_TOOL_DOCUMENT_CUTTER_HPP

#include "input_window.hpp"

#include <metapatch/json/text_position.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// A document, or none, and the bytes behind it up to the next one, which stay as they are.
struct piece {
    bool is_document = false;
    std::string_view document{};
    std::string_view behind{};
};

/// Where an input is no longer what it began as, and why.
struct broken_off {
    metapatch::text_position at{};
    std::string why{};
};

/// `users.json line 3, column 7: a comma is missing`
std::string in_words(broken_off const& stopped, std::string const& file);

/// Cuts what a window shows into documents. Together, the pieces are all that it shows, in its order.
class document_cutter {
public:
    explicit document_cutter(input_window& window) : window_(window) {}
    document_cutter(document_cutter const&) = delete;
    document_cutter& operator=(document_cutter const&) = delete;
    virtual ~document_cutter() = default;

    virtual std::optional<piece> next() = 0;

    std::uint64_t number() const noexcept { return number_; }
    metapatch::text_position position() const noexcept { return position_; }
    std::optional<broken_off> const& stopped() const noexcept { return stopped_; }

protected:
    /// Hand out the next bytes, of which the first `document` are one, unless they are none.
    piece hand_out(std::size_t document, std::size_t behind, bool is_document)
    {
        handed_out_ = document + behind;
        number_ += is_document ? 1 : 0;
        auto const bytes = window_.bytes();
        return {is_document, bytes.substr(0, document), bytes.substr(document, behind)};
    }

    /// Drop what was handed out last.
    /// @return  its bytes, which stay until the window reads
    std::string_view drop_handed_out()
    {
        auto const gone = window_.bytes().substr(0, handed_out_);
        window_.drop(handed_out_);
        handed_out_ = 0;
        return gone;
    }

    input_window& window_;
    std::uint64_t number_ = 0;
    metapatch::text_position position_{};
    std::optional<broken_off> stopped_;

private:
    std::size_t handed_out_ = 0;
};

/// @param blanks_count  whether an empty line is a document too
std::unique_ptr<document_cutter> cut_lines(input_window& window, bool blanks_count);

/// The elements of arrays, of pages, or of nothing: values one after the other.
enum class element_context : std::uint8_t { array, page, none };
std::unique_ptr<document_cutter> cut_elements(input_window& window, element_context context);

/// Where the list of a page of the Management API begins: its elements are what the page is about.
enum class page_verdict : std::uint8_t { is_page, is_none, needs_more };
struct page_head {
    page_verdict verdict;
    std::size_t list; ///< behind the bracket that opens it
};
page_head find_page_head(std::string_view text);

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#include "document_cutter.hpp"

#include <metapatch/json/malformed_text.hpp>
#include <metapatch/simd/end_of_value.hpp>

namespace tool {

namespace {

using metapatch::end_verdict;
using metapatch::malformed_cause;

constexpr bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The elements of arrays, one at a time. What is between is handed out in pieces too, so that no more than an element
/// is ever held.
class element_cutter final : public document_cutter {
public:
    element_cutter(input_window& window, element_context context) : document_cutter(window), context_(context) {}

    std::optional<piece> next() override
    {
        here_ = metapatch::position_behind(drop_handed_out(), here_);
        return stopped_ ? rest() : state_ == state::page_rest ? page_rest() : up_to_element();
    }

private:
    enum class state : std::uint8_t {
        root,    ///< before an array or a page, or behind one
        first,   ///< behind the bracket that opens the list
        element, ///< behind a comma
        behind,  ///< an element
        page_rest,
    };

    /// Look at the bytes from the front on, up to the next element; what is before that is a piece of its own.
    std::optional<piece> up_to_element()
    {
        for (std::size_t at = 0;;) {
            auto const text = window_.bytes();
            while (at < text.size() && is_space(text[at]))
                ++at;
            if (at == text.size()) {
                if (at > most_between)
                    return hand_out(0, at, false);
                if (!window_.read_more())
                    return end(at);
                continue;
            }
            if (begins_element(text[at]))
                return at > 0 ? hand_out(0, at, false) : element();
            if (auto const size = bracket_or_comma(at)) {
                at += *size;
                if (state_ == state::page_rest)
                    return hand_out(0, at, false);
            } else {
                return stop(at, cause_at(text[at]));
            }
        }
    }

    bool begins_element(char c) const
    {
        if (state_ == state::root)
            return context_ == element_context::none;
        bool const is_structure = c == ',' || c == ']' || c == '}' || c == ':';
        return (state_ == state::first || state_ == state::element) && !is_structure && c != '/' && c != '#';
    }

    /// Go on behind what stands between elements.
    /// @return  how many bytes it has; nothing where it must not stand there
    std::optional<std::size_t> bracket_or_comma(std::size_t at)
    {
        char const c = window_.bytes()[at];
        if (state_ == state::root && context_ == element_context::array && c == '[') {
            state_ = state::first;
        } else if (state_ == state::root && context_ == element_context::page && c == '{') {
            auto head = find_page_head(window_.bytes().substr(at));
            while (head.verdict == page_verdict::needs_more && window_.read_more())
                head = find_page_head(window_.bytes().substr(at));
            if (head.verdict != page_verdict::is_page)
                return std::nullopt;
            state_ = state::first;
            return head.list;
        } else if (state_ == state::behind && c == ',') {
            state_ = state::element;
        } else if ((state_ == state::behind || state_ == state::first) && c == ']') {
            state_ = context_ == element_context::page ? state::page_rest : state::root;
            end_.restart(1);
        } else {
            return std::nullopt;
        }
        return 1;
    }

    /// The element at the front, and what is known already of what stands behind it.
    std::optional<piece> element()
    {
        end_.restart();
        auto found = end_.find(window_.bytes());
        while (found == end_verdict::needs_more && window_.read_more())
            found = end_.find(window_.bytes());
        if (found == end_verdict::broken)
            return stop(end_.offset(), malformed_cause::control_character);
        if (found == end_verdict::needs_more && !end_.may_end())
            return stop(window_.bytes().size(), malformed_cause::cut_short);
        position_ = here_;
        state_ = context_ == element_context::none ? state::root : state::behind;
        auto const text = window_.bytes();
        auto behind = end_.offset();
        auto const skip_space = [&] {
            while (behind < text.size() && is_space(text[behind]))
                ++behind;
        };
        skip_space();
        if (state_ == state::behind && behind < text.size() && text[behind] == ',') {
            state_ = state::element;
            ++behind;
            skip_space();
        }
        return hand_out(end_.offset(), behind - end_.offset(), true);
    }

    /// The members of a page behind its list.
    std::optional<piece> page_rest()
    {
        auto found = end_.find(window_.bytes());
        while (found == end_verdict::needs_more && window_.read_more())
            found = end_.find(window_.bytes());
        if (found == end_verdict::broken)
            return stop(end_.offset(), malformed_cause::control_character);
        if (found == end_verdict::needs_more)
            return stop(window_.bytes().size(), malformed_cause::cut_short);
        state_ = state::root;
        return hand_out(0, end_.offset(), false);
    }

    std::optional<piece> end(std::size_t at)
    {
        if (state_ != state::root)
            return stop(at, malformed_cause::cut_short);
        return at > 0 ? std::optional(hand_out(0, at, false)) : std::nullopt;
    }

    malformed_cause cause_at(char c) const
    {
        if (c == '/' || c == '#')
            return malformed_cause::comment;
        if (state_ == state::root)
            return malformed_cause::second_value;
        if (state_ == state::element && c == ']')
            return malformed_cause::trailing_comma;
        if (state_ != state::behind && c == ',')
            return malformed_cause::missing_value;
        return state_ == state::behind && c != '}' && c != ':' ? malformed_cause::missing_comma
                                                               : malformed_cause::unknown;
    }

    std::optional<piece> stop(std::size_t at, malformed_cause cause)
    {
        stopped_ = {metapatch::position_behind(window_.bytes().substr(0, at), here_), std::string(message(cause))};
        return rest();
    }

    /// All that is left is no document.
    std::optional<piece> rest()
    {
        window_.want(1);
        auto const size = window_.bytes().size();
        return size > 0 ? std::optional(hand_out(0, size, false)) : std::nullopt;
    }

    static constexpr std::size_t most_between = std::size_t{1} << 16;

    element_context context_;
    state state_ = state::root;
    metapatch::end_of_value end_;
    metapatch::text_position here_; // of what is at the front
};

} // namespace

std::unique_ptr<document_cutter> cut_elements(input_window& window, element_context context)
{
    return std::make_unique<element_cutter>(window, context);
}

} // namespace tool

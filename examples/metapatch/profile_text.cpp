// SPDX-License-Identifier: BSL-1.0
#include "profile_text.hpp"

#include <metapatch/json/scan.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace tool {

using metapatch::token;

profile_text::profile_text(std::string_view field)
    : name_(field), quoted_name_(boost::json::serialize(boost::json::value(boost::json::string(field))))
{
}

metapatch::result<void> profile_text::read(std::string_view text)
{
    text_ = text;
    members_.clear();
    winner_ = nullptr;
    bool is_object = false;
    metapatch::scanner scan(text);
    for (auto what = scan.next(); what != token::end; what = scan.next()) {
        switch (what) {
        case token::failed: {
            metapatch::violation found{.code = scan.error(), .offset = scan.offset()};
            if (found.code == metapatch::errc::too_deep)
                found.limit = metapatch::nesting_ceiling;
            return metapatch::report(found);
        }
        case token::key:
            if (scan.depth() != 1)
                break;
            key_.clear();
            if (scan.escaped())
                metapatch::append_unescaped(key_, scan.raw());
            members_.push_back({scan.offset(), 0, 0, (scan.escaped() ? key_ : scan.raw()) == name_});
            break;
        case token::object_begin:
        case token::array_begin:
            if (scan.depth() == 1) {
                is_object = what == token::object_begin;
                inside_ = scan.offset() + 1;
            } else if (scan.depth() == 2 && is_object) {
                members_.back().value_begin = scan.offset();
            }
            break;
        case token::object_end:
        case token::array_end:
            if (scan.depth() == 1 && is_object)
                members_.back().end = scan.offset() + 1;
            break;
        default:
            if (scan.depth() == 1 && is_object) {
                members_.back().value_begin = scan.offset();
                members_.back().end = scan.offset() + scan.raw().size() + (what == token::string ? 2 : 0);
            }
            break;
        }
    }
    if (!is_object)
        return metapatch::report({.code = metapatch::errc::expected_object});
    for (auto const& each : members_)
        winner_ = each.is_field ? &each : winner_;
    return {};
}

std::optional<std::string_view> profile_text::field() const
{
    if (winner_ == nullptr)
        return std::nullopt;
    auto const text = piece(winner_->value_begin, winner_->end);
    return text == "null" ? std::nullopt : std::optional(text);
}

void profile_text::append_with(std::optional<std::string_view> field, std::string& out) const
{
    // Each member brings the white space, and the comma, that stand before it; the first one kept has no comma.
    out += piece(0, inside_);
    auto const lead = members_.empty() ? std::string_view() : piece(inside_, members_.front().begin);
    bool first = true;
    bool written = false;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        auto const& here = members_[i];
        if (here.is_field && (written || !field))
            continue;
        out += first ? lead : piece(members_[i - 1].end, here.begin);
        first = false;
        if (here.is_field) {
            out += piece(here.begin, here.value_begin);
            out += *field;
            written = true;
        } else {
            out += piece(here.begin, here.end);
        }
    }
    if (field && !written) {
        out += first ? "" : ",";
        out += quoted_name_;
        out += ':';
        out += *field;
    }
    out += text_.substr(members_.empty() ? inside_ : members_.back().end);
}

metapatch::report moved_by(metapatch::report const& why, std::size_t offset)
{
    auto moved = metapatch::report::of_at_most(why.max_size());
    for (auto each : why) {
        if (each.offset)
            *each.offset += offset;
        moved.add(std::move(each));
    }
    moved.add_omitted(why.omitted());
    return moved;
}

} // namespace tool

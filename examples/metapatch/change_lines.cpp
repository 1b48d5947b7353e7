// SPDX-License-Identifier: BSL-1.0
#include "change_lines.hpp"

#include <metapatch/json/equal.hpp>
#include <metapatch/json/walk.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace tool {

namespace {

namespace json = boost::json;

/// Of all lines. Each repeats the keys on its way, so small documents could ask for any length.
constexpr std::size_t most_bytes = std::size_t{16} << 20;

/// Goes through a pair of objects, and through all pairs inside, without recursion.
class difference_lines {
public:
    difference_lines(metapatch::exact_dom const& dom, colours paint) : dom_(dom), paint_(paint) {}

    std::string between(json::object const& from, json::object const& to)
    {
        frames_.push_back({&from, &to, 0, 0, 0});
        while (!frames_.empty()) {
            auto& here = frames_.back();
            if (here.looked_up < here.from->size()) {
                auto const& old = here.from->begin()[here.looked_up++];
                if (!here.to->contains(old.key()))
                    add(paint_.red("- " + place(here, old.key()) + "  " + shown(old.value(), dom_)));
            } else if (here.compared < here.to->size()) {
                auto const& member = here.to->begin()[here.compared++];
                compare(here, member.key(), here.from->if_contains(member.key()), member.value());
            } else {
                frames_.pop_back();
            }
        }
        if (omitted_ > 0)
            text_ += "... and " + std::to_string(omitted_) + (omitted_ == 1 ? " change" : " changes") + " more\n";
        return text_;
    }

private:
    struct frame {
        json::object const* from;
        json::object const* to;
        std::size_t looked_up; ///< members that may be gone
        std::size_t compared;
        std::size_t pointer_size;
    };

    void compare(frame const& here, std::string_view key, json::value const* old, json::value const& now)
    {
        auto const line = place(here, key);
        if (old == nullptr) {
            add(paint_.green("+ " + line + "  " + shown(now, dom_)));
        } else if (old->is_object() && now.is_object()) {
            if (frames_.size() == 1)
                heading_ = paint_.yellow("~ " + line) + '\n';
            frames_.push_back({&old->get_object(), &now.get_object(), 0, 0, pointer_.size()}); // `here` is gone
        } else if (!metapatch::equal(*old, now)) {
            add(paint_.yellow("~ " + line + "  " + shown(*old, dom_) + " -> " + shown(now, dom_)));
        }
    }

    bool is_full() const { return text_.size() > most_bytes; }

    void add(std::string const& line)
    {
        if (is_full()) {
            ++omitted_;
            return;
        }
        if (frames_.size() > 1) {
            text_ += heading_ + "  ";
            heading_.clear();
        }
        text_ += line + '\n';
    }

    std::string place(frame const& here, std::string_view key)
    {
        if (is_full())
            return {};
        pointer_.resize(here.pointer_size);
        metapatch::append_pointer_token(pointer_, key);
        return printable(pointer_);
    }

    metapatch::exact_dom const& dom_;
    colours paint_;
    std::vector<frame> frames_;
    std::string pointer_; // of the member that is looked at
    std::string heading_; // of a first-level member, until something inside of it differs
    std::string text_;
    std::size_t omitted_ = 0; // changes, once there are lines enough
};

std::string unescaped(std::string_view token)
{
    if (token.find('~') == token.npos)
        return std::string(token);
    std::string key;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size())
            key += token[++i] == '0' ? '~' : '/';
        else
            key += token[i];
    }
    return key;
}

} // namespace

std::string change_lines(metapatch::state const& from, metapatch::state const& to, metapatch::exact_dom const& dom,
                         colours paint)
{
    json::object const none;
    auto text = difference_lines(dom, paint).between(from ? *from : none, to ? *to : none);
    if (from.has_value() != to.has_value())
        text += to ? paint.green("+ the field, which was absent") + '\n' : paint.red("- the field itself") + '\n';
    return text;
}

std::string shown(json::value const& value, metapatch::exact_dom const& dom)
{
    return shortened(dom.write(value), shown_bytes);
}

json::value const* member_at(metapatch::state const& field, std::string_view pointer)
{
    auto const* object = field ? &*field : nullptr;
    json::value const* found = nullptr;
    for (auto rest = pointer; !rest.empty();) {
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        found = object != nullptr ? object->if_contains(unescaped(rest.substr(0, end))) : nullptr;
        object = found != nullptr ? found->if_object() : nullptr;
        rest.remove_prefix(end);
    }
    return found;
}

} // namespace tool

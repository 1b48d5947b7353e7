// SPDX-License-Identifier: BSL-1.0
#include "router.hpp"

#include "url.hpp"

#include <utility>

namespace server {

namespace {

/// Take the first segment from a path that begins with a slash.
std::string_view take_segment(std::string_view& path)
{
    path.remove_prefix(1);
    auto const taken = path.substr(0, path.find('/'));
    path.remove_prefix(taken.size());
    return taken;
}

} // namespace

void router::add(std::string method, std::string path, handler answer)
{
    known_route made{{std::move(method), path, std::move(answer)}, {}};
    for (std::string_view rest = path; rest.starts_with('/');) {
        auto const text = take_segment(rest);
        auto const end = text.find('}');
        if (text.starts_with('{') && end != std::string_view::npos)
            made.segments.push_back({std::string(text.substr(end + 1)), std::string(text.substr(1, end - 1))});
        else
            made.segments.push_back({std::string(text), {}});
    }
    routes_.push_back(std::move(made));
}

bool router::fits(known_route const& candidate, std::string_view path, named_values& captured)
{
    for (auto const& expected : candidate.segments) {
        if (!path.starts_with('/'))
            return false;
        auto const given = take_segment(path);
        if (expected.name.empty()) {
            if (given != expected.text)
                return false;
            continue;
        }
        if (given.size() <= expected.text.size() || !given.ends_with(expected.text))
            return false;
        auto value = percent_decoded(given.substr(0, given.size() - expected.text.size()), false);
        if (!value)
            return false;
        captured.add(expected.name, *std::move(value));
    }
    return path.empty();
}

std::optional<std::size_t> router::find(std::string_view method, std::string_view path, named_values& captured) const
{
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (routes_[i].what.method != method)
            continue;
        captured = {};
        if (fits(routes_[i], path, captured))
            return i;
    }
    return std::nullopt;
}

} // namespace server

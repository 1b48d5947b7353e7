// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_ROUTER_HPP
#define METAPATCH_SERVER_ROUTER_HPP

#include "http_message.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server {

using handler = std::function<boost::asio::awaitable<response>(request const&)>;

/// A method and a path such as `/api/v2/users/{id}`, and what answers it.
struct route {
    std::string method;
    std::string path;
    handler answer;
};

/// Finds the route of a request.
class router {
public:
    void add(std::string method, std::string path, handler answer);

    /// @param method    such as `GET`
    /// @param path      as it stands in the request, encoded
    /// @param captured  becomes the variable parts of the path, decoded
    /// @return          the route's number, if there is one. A part that is wrongly encoded fits no route
    std::optional<std::size_t> find(std::string_view method, std::string_view path, named_values& captured) const;

    route const& operator[](std::size_t number) const { return routes_[number].what; }
    std::size_t size() const noexcept { return routes_.size(); }

private:
    /// A part of a path between slashes. One that varies, `{name}` or `{name}.js`, has a name, and what follows it.
    struct segment {
        std::string text; ///< or what follows the variable part
        std::string name; ///< "" where nothing varies
    };
    struct known_route {
        route what;
        std::vector<segment> segments;
    };

    static bool fits(known_route const& candidate, std::string_view path, named_values& captured);

    std::vector<known_route> routes_;
};

} // namespace server

#endif

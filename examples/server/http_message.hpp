// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_HTTP_MESSAGE_HPP
#define METAPATCH_SERVER_HTTP_MESSAGE_HPP

#include <metapatch/auth0/contract/refusal.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server {

/// Names and values, in their order: of a query, of a form, of the variable parts of a path.
class named_values {
public:
    void add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }

    /// The first value of a name.
    std::optional<std::string_view> find(std::string_view name) const
    {
        auto const found =
            std::find_if(all_.begin(), all_.end(), [name](auto const& each) { return each.first == name; });
        return found != all_.end() ? std::optional<std::string_view>(found->second) : std::nullopt;
    }

    auto begin() const noexcept { return all_.begin(); }
    auto end() const noexcept { return all_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/// A request, as handlers see it. Its views refer to what the connection has read.
struct request {
    std::string_view method{};
    std::string_view authorization{}; ///< the header; "" where there is none
    std::string_view content_type{};
    std::string_view body{};
    std::string_view origin{};  ///< the header; "" where there is none
    std::string_view address{}; ///< of who asks
    std::string_view user_agent{};
    named_values path{};  ///< the variable parts, decoded
    named_values query{}; ///< decoded

    std::string_view part(std::string_view name) const { return path.find(name).value_or(std::string_view()); }
};

struct response {
    int status = 200;
    std::string body{};
    std::vector<metapatch::auth0::header> headers{};
};

/// An answer of JSON.
inline response json_response(std::string body, int status = 200)
{
    return {status, std::move(body), {{"Content-Type", "application/json; charset=utf-8"}}};
}

} // namespace server

#endif

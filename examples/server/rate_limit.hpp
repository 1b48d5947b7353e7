// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_RATE_LIMIT_HPP
#define METAPATCH_SERVER_RATE_LIMIT_HPP

#include "clock.hpp"
#include "http_message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

namespace server {

/// So many requests in each span of time, which begins with the first of them. That of the live service is of a tenant,
/// and not of a client; its spans are not documented.
class rate_limit {
public:
    /// What a request is told of the limit.
    struct share {
        bool is_granted = true;
        std::size_t limit = 0;
        std::size_t remaining = 0;
        std::int64_t reset = 0; ///< when there are new ones, in seconds since 1970

        /// Source: Auth0, "Rate Limit Policy", "HTTP response headers"
        void tell(response& answer) const
        {
            answer.headers.push_back({"x-ratelimit-limit", std::to_string(limit)});
            answer.headers.push_back({"x-ratelimit-remaining", std::to_string(remaining)});
            answer.headers.push_back({"x-ratelimit-reset", std::to_string(reset)});
        }
    };

    /// @param limit  0: there is none
    rate_limit(std::size_t limit, std::chrono::seconds span) noexcept : limit_(limit), span_(span) {}

    bool is_set() const noexcept { return limit_ > 0; }

    /// Count a request.
    share take()
    {
        auto const now = seconds_now();
        std::lock_guard const lock(access_);
        if (now >= end_ || end_ > now + span_.count()) { // or the clock was set back
            end_ = now + span_.count();
            used_ = 0;
        }
        bool const is_granted = used_ < limit_;
        if (is_granted)
            ++used_;
        return {is_granted, limit_, limit_ - used_, end_};
    }

private:
    std::size_t limit_;
    std::chrono::seconds span_;
    std::mutex access_;
    std::int64_t end_ = 0;
    std::size_t used_ = 0;
};

} // namespace server

#endif

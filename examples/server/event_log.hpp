// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_EVENT_LOG_HPP
#define METAPATCH_SERVER_EVENT_LOG_HPP

#include <cstddef>
#include <string_view>

namespace server {

/// What the log says of a request: no header, no query and no body, in which secrets and addresses stand.
struct answered_request {
    std::string_view peer;
    std::string_view method;
    std::string_view path; ///< as it stands in the request
    int status = 0;
    std::size_t request_bytes = 0;
    std::size_t response_bytes = 0;
    double seconds = 0;
};

/// The log: one object of JSON on each line of standard error.
class event_log {
public:
    explicit event_log(bool with_requests) noexcept : with_requests_(with_requests) {}

    void request(answered_request const& what) const;

    /// A fault of the server.
    /// @param id  that the client was told
    void fault(std::string_view id, std::string_view method, std::string_view path, std::string_view why) const;

    /// Something that operators may want to know.
    void note(std::string_view message) const;

private:
    bool with_requests_;
};

} // namespace server

#endif

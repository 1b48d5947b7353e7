// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_HTTP_CLIENT_HPP
#define METAPATCH_RUNNER_HTTP_CLIENT_HPP

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace metapatch::conformance {

/// No answer came.
class http_error : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// No answer came to a request that was sent: it may have been carried out.
class lost_answer : public http_error {
    using http_error::http_error;
};

struct http_request {
    std::string method;
    std::string target; ///< the path
    std::string body{};
};

struct http_response {
    unsigned status = 0;
    std::map<std::string, std::string> headers{}; ///< by name in lower case
    std::string body{};

    std::string header(std::string const& name) const
    {
        auto const found = headers.find(name);
        return found != headers.end() ? found->second : std::string();
    }
};

struct http_server {
    bool secure = false;
    std::string host;
    std::string port;

    /// Of a URL without a path. Plain HTTP is for this machine. Exceptions: usage_error.
    static http_server of(std::string_view url);
    std::string name() const;
};

/// One request a connection, with an access token.
class http_client {
public:
    /// @param ca_file  certificates to trust; "" for the system's
    /// Exceptions: usage_error, where that file is no good.
    http_client(http_server server, std::string token, std::string const& ca_file);
    ~http_client();

    /// Exceptions: http_error, lost_answer; interrupted, by the second signal where it must go on in spite of one.
    http_response send(http_request const& request, bool in_spite_of_interruption = false);

private:
    struct inside;
    std::unique_ptr<inside> inside_;
};

} // namespace metapatch::conformance

#endif

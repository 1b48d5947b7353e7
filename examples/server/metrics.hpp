// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_METRICS_HPP
#define METAPATCH_SERVER_METRICS_HPP

#include "router.hpp"

#include <array>
#include <memory>
#include <optional>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <string>
#include <vector>

namespace server {

/// What the server counts, for GET /metrics.
class metrics {
public:
    explicit metrics(router const& routes);

    /// @param route  nothing where there is none for the request
    void count_request(std::optional<std::size_t> route, int status, double seconds);

    prometheus::Gauge& connections() noexcept { return *connections_; }

    /// In the text format of Prometheus.
    std::string text() const;

private:
    /// Of one route. Looked up once, not for each request.
    struct counted {
        std::array<prometheus::Counter*, 5> by_class{}; ///< of status: 1xx to 5xx
        prometheus::Histogram* seconds = nullptr;
    };

    counted make(std::string const& method, std::string const& path);

    prometheus::Registry registry_;
    prometheus::Family<prometheus::Counter>* requests_;
    prometheus::Family<prometheus::Histogram>* seconds_;
    prometheus::Gauge* connections_;
    std::vector<counted> routes_; ///< and last, of requests that have none
};

} // namespace server

#endif

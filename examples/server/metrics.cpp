// SPDX-License-Identifier: BSL-1.0
#include "metrics.hpp"

#include <algorithm>
#include <prometheus/text_serializer.h>

namespace server {

metrics::metrics(router const& routes)
    : requests_(&prometheus::BuildCounter()
                     .Name("metapatch_http_requests_total")
                     .Help("Requests that were answered")
                     .Register(registry_)),
      seconds_(&prometheus::BuildHistogram()
                    .Name("metapatch_http_request_seconds")
                    .Help("From the whole request to the answer")
                    .Register(registry_)),
      connections_(&prometheus::BuildGauge()
                        .Name("metapatch_http_connections")
                        .Help("Connections that are open")
                        .Register(registry_)
                        .Add({}))
{
    for (std::size_t i = 0; i < routes.size(); ++i)
        routes_.push_back(make(routes[i].method, routes[i].path));
    routes_.push_back(make("", ""));
}

metrics::counted metrics::make(std::string const& method, std::string const& path)
{
    counted made;
    for (std::size_t i = 0; i < made.by_class.size(); ++i) {
        auto const statuses = std::to_string(i + 1) + "xx";
        made.by_class[i] = &requests_->Add({{"method", method}, {"route", path}, {"status", statuses}});
    }
    made.seconds = &seconds_->Add({{"method", method}, {"route", path}},
                                  prometheus::Histogram::BucketBoundaries{.0001, .00025, .0005, .001, .0025, .005, .01,
                                                                          .025, .05, .1, .25, .5, 1, 2.5, 5, 10});
    return made;
}

void metrics::count_request(std::optional<std::size_t> route, int status, double seconds)
{
    auto& one = routes_[route.value_or(routes_.size() - 1)];
    one.by_class[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)]->Increment();
    one.seconds->Observe(seconds);
}

std::string metrics::text() const
{
    return prometheus::TextSerializer().Serialize(registry_.Collect());
}

} // namespace server

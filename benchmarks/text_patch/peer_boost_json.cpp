// SPDX-License-Identifier: BSL-1.0
#include "../harness/boost_json.hpp"
#include "../harness/contender.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>

namespace {

namespace boost_json = bench::boost_json;

/// As people write it.
std::string plain(bench::job const& job)
{
    auto stored = boost::json::parse(job.stored);
    auto const patch = boost::json::parse(job.body);
    boost_json::merge(stored.as_object(), patch.as_object());
    return boost::json::serialize(stored);
}

/// As its manual tells to make it fast.
class tuned : public bench::contender {
public:
    explicit tuned(bench::jobs const& given) : tools_(given.longest_stored + given.longest_body) {}

    void run(bench::job const& job) override
    {
        auto resource = tools_.resource();
        auto stored = tools_.parsed(job.stored, resource);
        auto const patch = tools_.parsed(job.body, resource);
        boost_json::merge_tuned(stored.as_object(), patch.as_object());
        tools_.write(stored);
    }

    std::string_view text() override { return tools_.text(); }

private:
    boost_json::kept_tools tools_;
};

bench::enlist const enlisted({"Boost.JSON", boost_json::version(), [](auto& entries, bench::jobs const& given) {
                                  bench::enter_function(entries, "Boost.JSON", bench::role::peer, plain);
                                  bench::enter<tuned>(entries, "Boost.JSON tuned", bench::role::peer, given);
                              }});

} // namespace

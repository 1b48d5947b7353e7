// SPDX-License-Identifier: BSL-1.0
#include "../harness/boost_json.hpp"
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

namespace boost_json = bench::boost_json;

void first_level(boost::json::value& stored, boost::json::value const& patch)
{
    boost_json::merge(stored.as_object(), patch.as_object());
}

void first_level_tuned(boost::json::value& stored, boost::json::value const& patch)
{
    boost_json::merge_tuned(stored.as_object(), patch.as_object());
}

/// As people write it.
template<auto Merge>
std::string plain(bench::job const& job)
{
    auto stored = boost::json::parse(job.stored);
    auto const patch = boost::json::parse(job.body);
    Merge(stored, patch);
    return boost::json::serialize(stored);
}

/// As its manual tells to make it fast.
template<auto Merge>
class tuned : public bench::contender {
public:
    explicit tuned(bench::jobs const& given) : tools_(given.longest_stored + given.longest_body) {}

    void run(bench::job const& job) override
    {
        auto resource = tools_.resource();
        auto stored = tools_.parsed(job.stored, resource);
        auto const patch = tools_.parsed(job.body, resource);
        Merge(stored, patch);
        tools_.write(stored);
    }

    std::string_view text() override { return tools_.text(); }

private:
    boost_json::kept_tools tools_;
};

template<auto Merge, auto MergeTuned>
void enter_both(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    bench::enter_function(entries, "Boost.JSON", bench::role::peer, plain<Merge>);
    bench::enter<tuned<MergeTuned>>(entries, "Boost.JSON tuned", bench::role::peer, given);
}

bench::enlist const enlisted({"Boost.JSON", boost_json::version(), [](auto& entries, bench::jobs const& given) {
                                  if (bench::merges_deep(given))
                                      enter_both<boost_json::merge_patch, boost_json::merge_patch>(entries, given);
                                  else
                                      enter_both<first_level, first_level_tuned>(entries, given);
                              }});

} // namespace

// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "../harness/nlohmann.hpp"
#include "documents.hpp"

#include <string>

namespace {

namespace nlohmann_json = bench::nlohmann_json;

std::string plain(bench::job const& job)
{
    auto stored = nlohmann::json::parse(job.stored);
    auto patch = nlohmann::json::parse(job.body);
    nlohmann_json::merge(stored, patch);
    return stored.dump();
}

std::string merge_patch(bench::job const& job)
{
    auto stored = nlohmann::json::parse(job.stored);
    stored.merge_patch(nlohmann::json::parse(job.body));
    return stored.dump();
}

bench::enlist const enlisted({"nlohmann/json", nlohmann_json::version(), [](auto& entries, bench::jobs const& given) {
                                  bench::enter_function(entries, "nlohmann/json", bench::role::peer,
                                                        bench::merges_deep(given) ? merge_patch : plain);
                              }});

} // namespace

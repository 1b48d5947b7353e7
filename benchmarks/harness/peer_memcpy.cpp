// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace {

std::string_view copied(bench::job const& job)
{
    return job.stored.empty() ? job.body : job.stored;
}

/// What touching the bytes costs, and no more: those of the stored text, or of the body where nothing is stored.
class copying : public bench::contender {
public:
    explicit copying(bench::jobs const& given) : room_(new char[std::max(given.longest_stored, given.longest_body)]) {}

    void run(bench::job const& job) override { std::memcpy(room_.get(), copied(job).data(), copied(job).size()); }
    std::string_view text() override { return {}; }

private:
    std::unique_ptr<char[]> room_;
};

bench::enlist const enlisted({"", "", [](auto& entries, bench::jobs const& given) {
                                  if (!given.all.empty() && !copied(given.all.front()).empty())
                                      bench::enter<copying>(entries, "memcpy", bench::role::bound, given);
                              }});

} // namespace

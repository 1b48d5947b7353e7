// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace {

/// What touching the bytes costs, and no more.
class copying : public bench::contender {
public:
    explicit copying(bench::jobs const& given) : room_(new char[given.longest_stored]) {}

    void run(bench::job const& job) override { std::memcpy(room_.get(), job.stored.data(), job.stored.size()); }
    std::string_view text() override { return {}; }

private:
    std::unique_ptr<char[]> room_;
};

bench::enlist const enlisted({"", "", [](auto& entries, bench::jobs const& given) {
                                  bench::enter<copying>(entries, "memcpy", bench::role::bound, given);
                              }});

} // namespace

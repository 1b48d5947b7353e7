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
    explicit copying(bench::job const& given) : job_(given), room_(new char[given.stored.size()]) {}

    void run() override { std::memcpy(room_.get(), job_.stored.data(), job_.stored.size()); }
    std::string_view text() override { return {room_.get(), job_.stored.size()}; }

private:
    bench::job job_;
    std::unique_ptr<char[]> room_;
};

bench::enlist const enlisted({"", "", [](auto& entries, bench::job const& given) {
                                  bench::enter<copying>(entries, "memcpy", bench::role::bound, given);
                              }});

} // namespace

// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace {

using nlohmann::json;

class plain : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        auto stored = json::parse(job.stored);
        auto patch = json::parse(job.patch);
        for (auto& member : patch.items()) {
            if (member.value().is_null())
                stored.erase(member.key());
            else
                stored[member.key()] = std::move(member.value());
        }
        text_ = stored.dump();
    }

    std::string_view text() override { return text_; }

private:
    std::string text_;
};

std::string version()
{
    return std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + '.' + std::to_string(NLOHMANN_JSON_VERSION_MINOR) + '.' +
           std::to_string(NLOHMANN_JSON_VERSION_PATCH);
}

bench::enlist const enlisted({"nlohmann/json", version(), [](auto& entries, bench::jobs const&) {
                                  bench::enter<plain>(entries, "nlohmann/json", bench::role::peer);
                              }});

} // namespace

// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace {

using nlohmann::json;

class plain : public bench::contender {
public:
    explicit plain(bench::job const& given) : job_(given) {}

    void run() override
    {
        auto stored = json::parse(job_.stored);
        auto patch = json::parse(job_.patch);
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
    bench::job job_;
    std::string text_;
};

std::string version()
{
    return std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + '.' + std::to_string(NLOHMANN_JSON_VERSION_MINOR) + '.' +
           std::to_string(NLOHMANN_JSON_VERSION_PATCH);
}

bench::enlist const enlisted({"nlohmann/json", version(), [](auto& entries, bench::job const& given) {
                                  bench::enter<plain>(entries, "nlohmann/json", bench::role::peer, given);
                              }});

} // namespace

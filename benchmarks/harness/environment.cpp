// SPDX-License-Identifier: BSL-1.0
#include "environment.hpp"

#include "contender.hpp"

#include <ctime>
#include <fstream>
#include <string>
#include <thread>
#include <utility>

namespace {

/// What the operating system tells of the processor.
std::string processor()
{
    std::string name = "unknown processor";
    std::string instructions;
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name"))
            name = line.substr(line.find(':') + 2);
        else if (line.starts_with("flags"))
            instructions = line.find(" avx512bw ") != std::string::npos ? " with AVX-512"
                           : line.find(" avx2 ") != std::string::npos   ? " with AVX2"
                                                                        : "";
    }
    return std::to_string(std::thread::hardware_concurrency()) + " x " + name + instructions;
}

std::string compiler()
{
#ifdef __clang__
    return "clang++ " __clang_version__;
#else
    return "g++ " __VERSION__;
#endif
}

std::string today()
{
    auto const now = std::time(nullptr);
    char text[sizeof "2000-01-01"];
    std::strftime(text, sizeof text, "%F", std::gmtime(&now));
    return text;
}

} // namespace

boost::json::object bench::environment(int rounds)
{
    boost::json::object versions;
    for (auto const& each : libraries()) {
        if (!each.name.empty())
            versions[each.name] = each.version;
    }
    return {{"processor", processor()}, {"compiler", compiler()}, {"flags", BENCHMARK_FLAGS},
            {"date", today()},          {"rounds", rounds},       {"versions", std::move(versions)}};
}

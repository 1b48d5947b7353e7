// SPDX-License-Identifier: BSL-1.0

// Metadata from text to text: a stored text and a patch's text become the text of the result. README.md tells who takes
// part, and how to read the figures.

#include "allocations.hpp"
#include "contender.hpp"
#include "documents.hpp"
#include "harness.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace {

namespace json = boost::json;

constexpr char const* usage = R"(usage: text_patch [OPTION]...

Times the patch of a JSON text by metapatch and by what else was found when this was built. Every result is compared
with that of Boost.JSON first; the exit status is 1 where one differs.

  --filter TEXT  only where "shape/contender" contains it; Boost.JSON and memcpy always run, for the ratios
  --rounds N     batches of each contender, interleaved (21)
  --quick        one batch, of documents up to 1 MB: what matters is that the results are right
  --one          one document of each shape, over and over: how fast a processor is that has learned it by heart
  --json FILE    write the figures for report.py
)";

struct options {
    std::string_view filter;
    int rounds = 21;
    bool quick = false;
    bool one = false;
    char const* json = nullptr;
};

options parse(int argc, char** argv)
{
    options chosen;
    for (int i = 1; i < argc; ++i) {
        std::string_view const name = argv[i];
        auto const value = [&] {
            if (i + 1 == argc)
                throw std::invalid_argument(std::string(name) + " needs a value");
            return argv[++i];
        };
        if (name == "--filter") {
            chosen.filter = value();
        } else if (name == "--rounds") {
            char const* const text = value();
            std::from_chars(text, text + std::strlen(text), chosen.rounds);
            if (chosen.rounds < 1)
                throw std::invalid_argument("--rounds needs a number from 1 on");
        } else if (name == "--quick") {
            chosen.quick = true;
        } else if (name == "--one") {
            chosen.one = true;
        } else if (name == "--json") {
            chosen.json = value();
        } else {
            throw std::invalid_argument("no such option: " + std::string(name));
        }
    }
    return chosen;
}

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

json::object environment(options const& chosen)
{
    json::object versions;
    for (auto const& each : bench::libraries()) {
        if (!each.name.empty())
            versions[each.name] = each.version;
    }
    return {{"processor", processor()}, {"compiler", compiler()},  {"flags", BENCHMARK_FLAGS},
            {"date", today()},          {"rounds", chosen.rounds}, {"versions", std::move(versions)}};
}

std::string_view name_of(bench::role each)
{
    constexpr std::string_view names[] = {"ours", "peer", "bound"};
    return names[static_cast<std::size_t>(each)];
}

json::object to_json(bench::measured const& each)
{
    json::object made{{"name", each.name},     {"role", name_of(each.role)},          {"ns", each.ns},
                      {"spread", each.spread}, {"per_reference", each.per_reference}, {"memcpys", each.memcpys}};
    made["allocations"] = each.allocations ? json::value(*each.allocations) : nullptr;
    return made;
}

struct mean_sizes {
    std::size_t stored;
    std::size_t patch;
};

mean_sizes sizes_of(bench::jobs const& given)
{
    mean_sizes sum{};
    for (auto const& each : given.all) {
        sum.stored += each.stored.size();
        sum.patch += each.patch.size();
    }
    return {sum.stored / given.all.size(), sum.patch / given.all.size()};
}

void print(bench::shape const& shape, mean_sizes sizes, std::vector<bench::measured> const& results)
{
    std::printf("\n%s: %zu documents of about %zu bytes, patches of %zu\n%-36s %14s %8s %14s %10s %12s\n",
                shape.name.c_str(), shape.documents.size(), sizes.stored, sizes.patch, "", "ns", "+-", "x Boost.JSON",
                "memcpys", "allocations");
    for (auto const& each : results)
        std::printf("%-36s %14.1f %6.1f %% %14.2f %10.2f %12s\n", each.name.c_str(), each.ns, 50 * each.spread,
                    each.per_reference, each.memcpys,
                    each.allocations ? std::to_string(std::lround(*each.allocations)).c_str() : "unknown");
    std::fflush(stdout);
}

bench::jobs jobs_of(bench::shape const& shape)
{
    bench::jobs made;
    for (auto const& each : shape.documents) {
        made.all.push_back({each.stored, each.patch, made.all.size()});
        made.longest_stored = std::max(made.longest_stored, each.stored.size());
        made.longest_patch = std::max(made.longest_patch, each.patch.size());
    }
    return made;
}

std::vector<bench::entry> entries_for(bench::shape const& shape, bench::jobs const& given, std::string_view filter)
{
    std::vector<bench::entry> entries;
    for (auto const& each : bench::libraries())
        each.enter(entries, given);
    std::erase_if(entries, [&](bench::entry const& each) {
        return each.name != bench::reference && each.name != bench::floor &&
               (shape.name + '/' + each.name).find(filter) == std::string::npos;
    });
    return entries;
}

void run(options const& chosen)
{
    constexpr std::size_t quick_bytes = 2'000'000;
    json::array shapes;
    for (auto& shape : bench::shapes()) {
        if (chosen.one)
            shape.documents.resize(1);
        auto const given = jobs_of(shape);
        auto const entries = entries_for(shape, given, chosen.filter);
        if (entries.size() == 2 || (chosen.quick && given.longest_stored > quick_bytes))
            continue;
        bench::verify(entries, given);
        auto const results = bench::measure(entries, given, chosen.quick ? 1 : chosen.rounds);
        auto const sizes = sizes_of(given);
        print(shape, sizes, results);
        json::array rows;
        for (auto const& each : results)
            rows.push_back(to_json(each));
        shapes.push_back({{"name", shape.name},
                          {"documents", given.all.size()},
                          {"stored_bytes", sizes.stored},
                          {"patch_bytes", sizes.patch},
                          {"results", std::move(rows)}});
    }
    if (chosen.json != nullptr) {
        std::ofstream file(chosen.json);
        file << json::object{{"environment", environment(chosen)}, {"shapes", std::move(shapes)}} << '\n';
        if (!file.flush())
            throw std::runtime_error("cannot write " + std::string(chosen.json));
    }
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc == 2 && std::string_view(argv[1]) == "--help") {
        std::fputs(usage, stdout);
        return 0;
    }
    auto const chosen = parse(argc, argv);
    bench::keep_freed_memory();
    run(chosen);
} catch (std::invalid_argument const& wrong) {
    std::fprintf(stderr, "text_patch: %s\n%s", wrong.what(), usage);
    return 2;
} catch (std::exception const& failed) {
    std::fprintf(stderr, "text_patch: %s\n", failed.what());
    return 1;
}

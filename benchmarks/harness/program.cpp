// SPDX-License-Identifier: BSL-1.0
#include "program.hpp"

#include "allocations.hpp"
#include "contender.hpp"
#include "environment.hpp"
#include "measure.hpp"
#include "options.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace bench {

namespace {

namespace json = boost::json;

std::string_view name_of(role each)
{
    constexpr std::string_view names[] = {"ours", "peer", "bound"};
    return names[static_cast<std::size_t>(each)];
}

json::value to_json(std::optional<double> number)
{
    return number ? json::value(*number) : nullptr;
}

json::object to_json(measured const& each)
{
    return {{"name", each.name},
            {"role", name_of(each.role)},
            {"ns", each.ns},
            {"spread", each.spread},
            {"per_reference", to_json(each.per_reference)},
            {"memcpys", to_json(each.memcpys)},
            {"allocations", to_json(each.allocations)}};
}

struct mean_sizes {
    std::size_t stored;
    std::size_t body;
};

mean_sizes sizes_of(jobs const& given)
{
    mean_sizes sum{};
    for (auto const& each : given.all) {
        sum.stored += each.stored.size();
        sum.body += each.body.size();
    }
    return {sum.stored / given.all.size(), sum.body / given.all.size()};
}

/// With so many digits behind the point; or why there is none.
std::string told(std::optional<double> number, int digits, char const* none)
{
    if (!number)
        return none;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, *number);
    return text;
}

void print(program const& of, shape const& shape, mean_sizes sizes, std::vector<measured> const& results)
{
    std::printf("\n%s: %zu documents of about %zu bytes, %s of %zu\n%-36s %14s %8s %14s %10s %12s\n",
                shape.name.c_str(), shape.documents.size(), sizes.stored, of.bodies, sizes.body, "", "ns", "+-",
                "x Boost.JSON", "memcpys", "allocations");
    for (auto const& each : results)
        std::printf("%-36s %14.1f %6.1f %% %14s %10s %12s\n", each.name.c_str(), each.ns, 50 * each.spread,
                    told(each.per_reference, 2, "-").c_str(), told(each.memcpys, 2, "-").c_str(),
                    told(each.allocations, 0, "unknown").c_str());
    std::fflush(stdout);
}

jobs jobs_of(shape const& shape)
{
    jobs made;
    made.task = shape.task;
    for (auto const& each : shape.documents) {
        made.all.push_back({each.stored, each.body, made.all.size()});
        made.longest_stored = std::max(made.longest_stored, each.stored.size());
        made.longest_body = std::max(made.longest_body, each.body.size());
    }
    return made;
}

/// Those that the filter leaves, and those that all are compared with; none where no others are left.
std::vector<entry> entries_for(shape const& shape, jobs const& given, std::string_view filter)
{
    std::vector<entry> entries;
    for (auto const& each : libraries())
        each.enter(entries, given);
    auto const always = [](entry const& each) { return each.name == reference || each.name == floor; };
    std::erase_if(entries, [&](entry const& each) {
        return !always(each) && (shape.name + '/' + each.name).find(filter) == std::string::npos;
    });
    if (std::all_of(entries.begin(), entries.end(), always))
        entries.clear();
    return entries;
}

void run_all(program const& of, options const& chosen)
{
    constexpr std::size_t quick_bytes = 2'000'000;
    json::array shapes;
    for (auto& shape : of.shapes()) {
        if (chosen.one)
            shape.documents.erase(shape.documents.begin() + 1, shape.documents.end());
        auto const given = jobs_of(shape);
        auto const entries = entries_for(shape, given, chosen.filter);
        if (entries.empty() || (chosen.quick && given.longest_stored > quick_bytes))
            continue;
        verify(entries, given);
        auto const results = measure(entries, given, chosen.quick ? 1 : chosen.rounds);
        auto const sizes = sizes_of(given);
        print(of, shape, sizes, results);
        json::array rows;
        for (auto const& each : results)
            rows.push_back(to_json(each));
        shapes.push_back({{"name", shape.name},
                          {"documents", given.all.size()},
                          {"stored_bytes", sizes.stored},
                          {"body_bytes", sizes.body},
                          {"results", std::move(rows)}});
    }
    if (chosen.json != nullptr) {
        std::ofstream file(chosen.json);
        file << json::object{{"program", of.name},
                             {"environment", environment(chosen.rounds)},
                             {"shapes", std::move(shapes)}}
             << '\n';
        if (!file.flush())
            throw std::runtime_error("cannot write " + std::string(chosen.json));
    }
}

void print_usage(program const& of, std::FILE* to)
{
    std::fprintf(to, "usage: %s [OPTION]...\n\n%s%s", of.name, of.purpose, options_help);
}

} // namespace

int run(program const& of, int argc, char** argv)
try {
    if (argc == 2 && std::string_view(argv[1]) == "--help") {
        print_usage(of, stdout);
        return 0;
    }
    auto const chosen = parse_options(argc, argv);
    keep_freed_memory();
    run_all(of, chosen);
    return 0;
} catch (std::invalid_argument const& wrong) {
    std::fprintf(stderr, "%s: %s\n", of.name, wrong.what());
    print_usage(of, stderr);
    return 2;
} catch (std::exception const& failed) {
    std::fprintf(stderr, "%s: %s\n", of.name, failed.what());
    return 1;
}

} // namespace bench

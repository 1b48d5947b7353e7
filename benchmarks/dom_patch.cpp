// SPDX-License-Identifier: BSL-1.0

// What an in-place patch costs, against the loop that everyone writes today. Each round copies the stored object anew
// for both, which is not timed, and times one after the other: a copy is as tight as a parsed object. "again" patches
// one and the same object instead, which the loop has grown long before. README.md tells how to read the table.

#include <metapatch/auth0.hpp>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

namespace json = boost::json;

/// Order lost, and linear; or order kept, and quadratic.
enum class erasing { unordered, ordered };

void everyones_loop(json::object& target, json::object const& patch, erasing how)
{
    for (auto const& member : patch) {
        if (!member.value().is_null())
            target.insert_or_assign(member.key(), member.value());
        else if (how == erasing::ordered)
            target.stable_erase(member.key());
        else
            target.erase(member.key());
    }
}

/// What the loop should give, order kept, in one pass.
json::object expected(json::object const& stored, json::object const& patch)
{
    json::object made;
    for (auto const& member : stored) {
        auto const* value = patch.if_contains(member.key());
        if (value == nullptr || !value->is_null())
            made.emplace(member.key(), value != nullptr ? *value : member.value());
    }
    for (auto const& member : patch) {
        if (!member.value().is_null() && !stored.contains(member.key()))
            made.emplace(member.key(), member.value());
    }
    return made;
}

std::string key(std::size_t i)
{
    return "setting_" + std::to_string(100'000 + i);
}

/// Parsed, so that its capacity is its size. The values are of the kinds that metadata holds.
json::object stored(std::size_t n)
{
    std::string text = "{";
    for (std::size_t i = 0; i < n; ++i) {
        text += (i > 0 ? ",\"" : "\"") + key(i) + "\":";
        switch (i % 4) {
        case 0:
            text += "\"value " + std::to_string(i) + "\"";
            break;
        case 1:
            text += std::to_string(i * 7919);
            break;
        case 2:
            text += i % 8 == 2 ? "true" : "null";
            break;
        default:
            text += R"({"theme":"dark","since":2024,"tags":["a","b"]})";
            break;
        }
    }
    return json::parse(text + "}").as_object();
}

json::object three_updates(std::size_t n)
{
    return {{key(n / 4), "enterprise"}, {key(n / 2), 25}, {key(n - n / 4), true}};
}

json::object update_add_delete(std::size_t n)
{
    return {{key(n / 4), "enterprise"}, {"added", 25}, {key(n / 2), nullptr}};
}

json::object half_removed(std::size_t n)
{
    json::object patch;
    for (std::size_t i = 0; i < n; i += 2)
        patch[key(i)] = nullptr;
    return patch;
}

double median(std::vector<double> times)
{
    auto const middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

/// Nanoseconds of one call on each of the fields.
template<class Call>
double time_of(std::vector<metapatch::state>& fields, std::size_t times, Call const& call)
{
    auto const start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < times; ++i) {
        for (auto& field : fields)
            call(field);
    }
    std::chrono::duration<double, std::nano> const time = std::chrono::steady_clock::now() - start;
    benchmark::DoNotOptimize(fields.data());
    return time.count() / static_cast<double>(fields.size() * times);
}

/// A cheap mark of the result, the same for all that are right.
double checksum(std::string_view text)
{
    std::uint32_t sum = 0;
    for (char const c : text)
        sum = sum * 31 + static_cast<unsigned char>(c);
    return sum;
}

struct test_case {
    json::object before;
    json::object patch;
    erasing how = erasing::ordered;
    bool again = false; ///< on the same object, not on fresh copies
};

template<class Call>
void against_loop(benchmark::State& run, test_case const& given, Call const& call)
{
    auto const loop = [&given](metapatch::state& field) { everyones_loop(*field, given.patch, given.how); };
    metapatch::state ours(given.before);
    metapatch::state loops(given.before);
    call(ours);
    loop(loops);
    auto const result = json::serialize(*ours);
    if (result != json::serialize(expected(given.before, given.patch)) || !metapatch::equal(*ours, *loops))
        return run.SkipWithError("the results differ");

    std::size_t const copies = given.again ? 1 : std::clamp<std::size_t>(8'000 / given.before.size(), 4, 64);
    std::size_t const times = given.again ? 64 : 1;
    std::vector<metapatch::state> for_call(1, ours);
    std::vector<metapatch::state> for_loop(1, loops);
    std::vector<double> of_call;
    std::vector<double> of_loop;
    for (auto _ : run) {
        if (!given.again)
            for_call.assign(copies, given.before);
        of_call.push_back(time_of(for_call, times, call));
        if (!given.again)
            for_loop.assign(copies, given.before);
        of_loop.push_back(time_of(for_loop, times, loop));
        run.SetIterationTime(of_call.back() * 1e-9);
    }
    run.counters["ns"] = median(of_call);
    run.counters["loop_ns"] = median(of_loop);
    run.counters["ratio"] = median(of_loop) / median(of_call);
    run.counters["checksum"] = checksum(result);
}

template<class Policy>
auto applying(json::object const& patch, Policy const& policy, metapatch::known const& facts)
{
    return [&patch, &policy, facts](metapatch::state& field) {
        if (!metapatch::apply(field, patch, policy, facts))
            std::abort();
    };
}

void patch_case(std::string const& name, test_case const& given, int rounds)
{
    auto const add = [&](std::string const& variant, auto const& policy, bool with_size) {
        auto const body = [given, &policy, with_size](benchmark::State& run) {
            metapatch::known facts;
            if (with_size)
                facts.stored_size = metapatch::serialized_size(given.before);
            against_loop(run, given, applying(given.patch, policy, facts));
        };
        benchmark::RegisterBenchmark((name + "/" + variant).c_str(), body)->UseManualTime()->Iterations(rounds);
    };
    add("first_level", metapatch::first_level, false);
    add("user_metadata,stored_size", metapatch::auth0::user_metadata, true);
    add("user_metadata", metapatch::auth0::user_metadata, false);
}

/// `serialized_size` against the length of what Boost.JSON writes.
void size_case(std::size_t n)
{
    auto const body = [n](benchmark::State& run) {
        auto const value = stored(n);
        if (metapatch::serialized_size(value) != json::serialize(value).size())
            return run.SkipWithError("the sizes differ");
        std::vector<double> of_call;
        std::vector<double> of_serialize;
        std::size_t const calls = std::clamp<std::size_t>(8'000 / n, 1, 64);
        auto const timed = [calls](auto const& call) {
            auto const start = std::chrono::steady_clock::now();
            for (std::size_t i = 0; i < calls; ++i)
                benchmark::DoNotOptimize(call());
            std::chrono::duration<double, std::nano> const time = std::chrono::steady_clock::now() - start;
            return time.count() / static_cast<double>(calls);
        };
        for (auto _ : run) {
            of_call.push_back(timed([&] { return metapatch::serialized_size(value); }));
            of_serialize.push_back(timed([&] { return json::serialize(value).size(); }));
            run.SetIterationTime(of_call.back() * 1e-9);
        }
        run.counters["ns"] = median(of_call);
        run.counters["loop_ns"] = median(of_serialize);
        run.counters["ratio"] = median(of_serialize) / median(of_call);
        run.counters["checksum"] = static_cast<double>(metapatch::serialized_size(value));
    };
    benchmark::RegisterBenchmark(("serialized_size/" + std::to_string(n)).c_str(), body)
        ->UseManualTime()
        ->Iterations(31);
}

} // namespace

int main(int argc, char** argv)
{
#ifdef __GLIBC__
    // Memory that was freed stays with the process, as in one that has run for a while: fresh pages cost more here than
    // all else.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 256 << 20);
#endif
    // The loop that keeps the order takes most of a minute to remove half of 100,000 members: only where asked for.
    bool const quadratic = argc > 1 && std::string_view(argv[1]) == "--with-quadratic";
    for (std::size_t const n : {20U, 1'000U, 100'000U}) {
        auto const size = std::to_string(n);
        int const rounds = n > 1'000 ? 15 : 201;
        patch_case("three_updates/" + size, {stored(n), three_updates(n)}, rounds);
        patch_case("three_updates_again/" + size, {stored(n), three_updates(n), erasing::ordered, true}, rounds);
        patch_case("update_add_delete/" + size, {stored(n), update_add_delete(n)}, rounds);
    }
    for (std::size_t const n : {1'000U, 10'000U, 100'000U}) {
        auto const size = std::to_string(n);
        patch_case("half_removed/loop_loses_order/" + size, {stored(n), half_removed(n), erasing::unordered}, 15);
        if (n < 100'000 || quadratic)
            patch_case("half_removed/loop_keeps_order/" + size, {stored(n), half_removed(n)}, n < 10'000 ? 15 : 1);
    }
    for (std::size_t const n : {20U, 1'000U, 100'000U})
        size_case(n);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}

// SPDX-License-Identifier: BSL-1.0
#include "harness.hpp"

#include "allocations.hpp"

#include <metapatch/equal.hpp>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <chrono>
#include <cstddef>
#include <stdexcept>

namespace bench {

namespace {

/// Long against the clock's own cost, short against a time slice: what disturbs a batch disturbs few of them.
constexpr double batch_ns = 300'000;

double time_of(contender& each, std::size_t calls)
{
    auto const start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < calls; ++i)
        each.run();
    std::chrono::duration<double, std::nano> const time = std::chrono::steady_clock::now() - start;
    return time.count();
}

std::size_t calls_in_a_batch(contender& each)
{
    std::size_t calls = 1;
    auto time = time_of(each, calls);
    for (; time < batch_ns / 4; time = time_of(each, calls))
        calls *= 2;
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(calls) * batch_ns / time));
}

/// The value below which so much of them lies.
double quantile(std::vector<double> values, double part)
{
    auto const index = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    auto const at = values.begin() + static_cast<std::ptrdiff_t>(index);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// The median over the rounds, for a burst that lasts a round is in both of its times.
double median_ratio(std::vector<double> const& over, std::vector<double> const& under)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < over.size(); ++i)
        ratios.push_back(over[i] / under[i]);
    return quantile(ratios, 0.5);
}

std::optional<double> allocations_of(contender& each)
{
    constexpr int calls = 2;
    auto const before = allocations();
    time_of(each, calls);
    auto const after = allocations();
    return before ? std::optional(static_cast<double>(*after - *before) / calls) : std::nullopt;
}

std::size_t index_of(std::vector<entry> const& entries, std::string_view name)
{
    auto const found =
        std::find_if(entries.begin(), entries.end(), [name](auto const& each) { return each.name == name; });
    return static_cast<std::size_t>(found - entries.begin());
}

} // namespace

void verify(std::vector<entry> const& entries)
{
    auto& first = *entries.at(index_of(entries, reference)).contender;
    first.run();
    auto const expected = boost::json::parse(first.text());
    for (auto const& each : entries) {
        each.contender->run();
        boost::system::error_code failed;
        if (each.role != role::bound && !metapatch::equal(boost::json::parse(each.contender->text(), failed), expected))
            throw std::runtime_error("the result of " + each.name + " is not that of " + reference);
    }
}

std::vector<measured> measure(std::vector<entry> const& entries, int rounds)
{
    std::vector<std::size_t> calls;
    for (auto const& each : entries)
        calls.push_back(calls_in_a_batch(*each.contender));

    std::vector<std::vector<double>> times(entries.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            // Once untimed: no one is to pay for what the one before left in the caches.
            entries[i].contender->run();
            times[i].push_back(time_of(*entries[i].contender, calls[i]) / static_cast<double>(calls[i]));
        }
    }

    auto const& of_reference = times.at(index_of(entries, reference));
    auto const& of_floor = times.at(index_of(entries, floor));
    std::vector<measured> all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto const ns = quantile(times[i], 0.5);
        all.push_back({entries[i].name, entries[i].role, ns, (quantile(times[i], 0.75) - quantile(times[i], 0.25)) / ns,
                       median_ratio(of_reference, times[i]), median_ratio(times[i], of_floor),
                       allocations_of(*entries[i].contender)});
    }
    return all;
}

} // namespace bench

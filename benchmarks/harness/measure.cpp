// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"

#include "allocations.hpp"

#include <metapatch/json/equal.hpp>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstddef>
#include <ctime>
#include <numeric>
#include <random>
#include <stdexcept>

namespace bench {

namespace {

/// Long against the clock's own cost, short against a time slice: what disturbs a batch disturbs few of them.
constexpr double batch_ns = 300'000;

/// Does all jobs so many times.
/// @return  nanoseconds of processor time: a batch that waits for another program is not slower than one that does not
double time_of(contender& each, jobs const& given, std::size_t times)
{
    auto const start = std::clock();
    for (std::size_t i = 0; i < times; ++i) {
        for (auto const& job : given.all)
            each.run(job);
    }
    return static_cast<double>(std::clock() - start) * (1e9 / CLOCKS_PER_SEC);
}

/// How many times all jobs are done in a batch.
std::size_t batch_of(contender& each, jobs const& given)
{
    std::size_t times = 1;
    auto time = time_of(each, given, times);
    for (; time < batch_ns / 4; time = time_of(each, given, times))
        times *= 2;
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(times) * batch_ns / time));
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

std::optional<double> allocations_of(contender& each, jobs const& given)
{
    auto const before = allocations();
    time_of(each, given, 1);
    auto const after = allocations();
    return before ? std::optional(static_cast<double>(*after - *before) / static_cast<double>(given.all.size()))
                  : std::nullopt;
}

std::optional<std::size_t> index_of(std::vector<entry> const& entries, std::string_view name)
{
    auto const found =
        std::find_if(entries.begin(), entries.end(), [name](auto const& each) { return each.name == name; });
    return found != entries.end() ? std::optional(static_cast<std::size_t>(found - entries.begin())) : std::nullopt;
}

} // namespace

void verify(std::vector<entry> const& entries, jobs const& given)
{
    auto const first = index_of(entries, reference);
    for (auto const& job : given.all) {
        boost::json::value expected;
        if (first) {
            entries[*first].contender->run(job);
            expected = boost::json::parse(entries[*first].contender->text());
        }
        for (auto const& each : entries) {
            each.contender->run(job);
            boost::system::error_code failed;
            if (first && each.role != role::bound &&
                !metapatch::equal(boost::json::parse(each.contender->text(), failed), expected))
                throw std::runtime_error("the result of " + each.name + " is not that of " + reference);
        }
    }
}

std::vector<measured> measure(std::vector<entry> const& entries, jobs const& given, int rounds)
{
    std::vector<std::size_t> batches;
    for (auto const& each : entries)
        batches.push_back(batch_of(*each.contender, given));

    std::vector<std::vector<double>> times(entries.size());
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937 random;
    for (int round = 0; round < rounds; ++round) {
        // Whoever follows a relative finds branches that are learned already: no one is to follow the same one always.
        std::shuffle(order.begin(), order.end(), random);
        for (auto const i : order) {
            // Once untimed: no one is to pay for what the one before left in the caches.
            auto& each = *entries[i].contender;
            time_of(each, given, 1);
            auto const done = static_cast<double>(batches[i] * given.all.size());
            times[i].push_back(time_of(each, given, batches[i]) / done);
        }
    }

    auto const first = index_of(entries, reference);
    auto const least = index_of(entries, floor);
    std::vector<measured> all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto const ns = quantile(times[i], 0.5);
        all.push_back({entries[i].name, entries[i].role, ns, (quantile(times[i], 0.75) - quantile(times[i], 0.25)) / ns,
                       first ? std::optional(median_ratio(times[*first], times[i])) : std::nullopt,
                       least ? std::optional(median_ratio(times[i], times[*least])) : std::nullopt,
                       allocations_of(*entries[i].contender, given)});
    }
    return all;
}

} // namespace bench

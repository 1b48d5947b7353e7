// SPDX-License-Identifier: BSL-1.0
// Time grows as the inputs do: of eight times the members no operation takes much more than eight times as long, where
// 64 times would be a quadratic one.
#include "../support.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <functional>
#include <metapatch/advice.hpp>
#include <metapatch/algebra.hpp>
#include <metapatch/convert.hpp>

using namespace metapatch;
using boost::json::object;

namespace {

#ifdef NDEBUG
constexpr std::size_t few = 8'000;
#else
constexpr std::size_t few = 2'000; // under sanitizers it takes long enough
#endif

/// What a field of so many members, or nested so deep, is made of.
object wide(std::size_t members, std::int64_t value, std::size_t left_out = unlimited)
{
    object made;
    for (std::size_t i = 1; i <= members; ++i) {
        if (i % left_out != 0)
            made["key" + std::to_string(i)] = value + static_cast<std::int64_t>(i % 2);
    }
    return made;
}

object of_objects(std::size_t members, std::int64_t value)
{
    object made;
    for (std::size_t i = 0; i < members; ++i)
        made["key" + std::to_string(i)] = object{{"same", object{{"a", 1}}}, {"other", value}};
    return made;
}

object deep(object inside)
{
    for (std::size_t i = 0; i < 1000; ++i) {
        object around;
        around["k"] = std::move(inside);
        inside = std::move(around);
    }
    return inside;
}

struct example {
    state base;
    state mine;
    state theirs;
    merge_rules rules;

    patch as_patch(state const& of) const { return patch::of(*of, false, rules.depth); }
};

std::vector<std::function<example(std::size_t)>> const examples{
    [](std::size_t n) {
        return example{wide(n, 1), wide(n, 2, 3), wide(n, 1, 5), first_level.merge};
    },
    [](std::size_t n) {
        return example{of_objects(n, 1), of_objects(n, 1), of_objects(n, 2), rfc7396.merge};
    },
    [](std::size_t n) {
        return example{of_objects(n, 1), of_objects(n, 2), of_objects(n, 3), first_level.merge};
    },
    [](std::size_t n) {
        return example{deep(wide(n, 1)), deep(wide(n, 2, 3)), deep(wide(n, 1, 5)), rfc7396.merge};
    },
};

double seconds(std::function<void()> const& work)
{
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        auto const start = std::clock(); // of this process, so that others on the machine do not count
        work();
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

/// @param work_on  makes the work to be timed, of that many members
void check_growth(std::string const& what, std::function<std::function<void()>(std::size_t)> const& work_on)
{
    auto const once = std::max(seconds(work_on(few)), 0.0002);
    auto eight_times = seconds(work_on(8 * few));
    for (int again = 0; again < 3 && eight_times > 30 * once; ++again) // a machine may stumble, but not each time
        eight_times = seconds(work_on(8 * few));
    BOOST_TEST(eight_times <= 30 * once, what << ": " << once << " s, then " << eight_times << " s");
}

template<class Operation>
void check_examples(std::string const& what, Operation operation)
{
    for (std::size_t i = 0; i < examples.size(); ++i) {
        check_growth(what + " " + std::to_string(i), [&, i](std::size_t n) {
            return [&, on = examples[i](n)] {
                policy<> rules;
                rules.merge = on.rules;
                static_cast<void>(operation(on, rules));
            };
        });
    }
}

/// Many small patches, each of its own keys or of the same.
std::vector<patch> small_patches(std::size_t count, std::size_t levels)
{
    std::vector<patch> all;
    for (std::size_t i = 0; i < count; ++i) {
        auto const value = i % 2 == 0 ? boost::json::value(1) : boost::json::value(object{{"x", 1}});
        all.push_back(patch::of(object{{"key" + std::to_string(i / 2), value}}, false, levels));
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(growth)

BOOST_AUTO_TEST_CASE(no_operation_is_quadratic_in_the_members_however_deep_they_lie)
{
    check_examples("diff", [](auto const& on, auto const& rules) { return diff(on.base, on.mine, rules); });
    check_examples("diff back", [](auto const& on, auto const& rules) { return diff(on.mine, on.base, rules); });
    check_examples("inverse",
                   [](auto const& on, auto const& rules) { return inverse(on.base, on.as_patch(on.mine), rules); });
    check_examples("compose",
                   [](auto const& on, auto const&) { return compose(on.as_patch(on.base), on.as_patch(on.mine)); });
    check_examples("conflicts", [](auto const& on, auto const& rules) {
        return conflicts(on.as_patch(on.base), on.as_patch(on.mine), rules);
    });
    check_examples("rebase", [](auto const& on, auto const& rules) {
        return rebase(on.as_patch(on.base), on.as_patch(on.theirs), rules);
    });
    check_examples("three_way",
                   [](auto const& on, auto const& rules) { return three_way(on.base, on.theirs, on.base, rules); });
    check_examples("to_bodies", [](auto const& on, auto rules) {
        rules.limits.max_members = 10;
        return to_bodies(on.as_patch(on.base), rules);
    });
    check_examples("deepen", [](auto const& on, auto const&) { return deepen(on.base, *on.theirs, first_level); });
    check_examples("advise",
                   [](auto const& on, auto const&) { return advise(on.base, patch().set("key1", *on.mine)); });
}

BOOST_AUTO_TEST_CASE(no_fold_of_patches_is_quadratic_in_their_number)
{
    for (std::size_t const levels : {std::size_t{1}, unlimited}) {
        policy<> rules;
        rules.merge.depth = levels;
        check_growth("to_bodies", [&](std::size_t n) {
            return [rules, all = small_patches(n, levels)] {
                static_cast<void>(to_bodies(std::span<patch const>(all), rules));
            };
        });
        check_growth("compose", [&](std::size_t n) {
            return [all = small_patches(n, levels)] {
                patch folded;
                folded.clear(); // behind which all compose
                for (auto const& each : all)
                    folded = compose(std::move(folded), each).value();
            };
        });
    }
}

BOOST_AUTO_TEST_SUITE_END()

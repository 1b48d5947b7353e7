// SPDX-License-Identifier: BSL-1.0
#include "../patch_text.hpp"
#include "counting.hpp"
#include "fail_everywhere.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/algebra.hpp>
#include <metapatch/algebra/convert.hpp>

using namespace metapatch;
using metapatch::test::fail_everywhere;
using metapatch::test::field;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(the_algebra_where_memory_ends)

namespace {

constexpr char const* text = "a string that is too long to be stored within the value itself";

/// Two patches or states that meet in every way, of many and of few members.
struct inputs {
    state from = field(with_text(R"({"a":@,"b":{"c":@,"d":{"e":1}},"f":[@],"gone":@})"));
    state to = field(with_text(R"({"a":[@],"b":{"d":{"x":@},"y":@},"f":[@],"new":{"z":@}})"));
    patch first = patch::of(object(with_text(R"({"a":@,"b":{"c":null,"d":{"e":@}},"n":null})")), false, unlimited);
    patch second =
        patch::of(object(with_text(R"({"b":{"d":{"y":@},"c":{"z":@}},"f":[@],"n":{"o":@}})")), false, unlimited);

    static std::string with_text(std::string pattern)
    {
        for (std::size_t at = 0; (at = pattern.find('@', at)) != std::string::npos;)
            pattern.replace(at, 1, '"' + std::string(text) + '"');
        return pattern;
    }

    std::string all() const { return shown(from) + shown(to) + shown(first) + shown(second); }
};

/// An operation may fail at any allocation: then its inputs are as they were, nothing leaks, and it can be tried again.
template<class Operation>
void check_failing(Operation operation)
{
    auto const expected = operation(inputs());
    auto const before = inputs().all();
    struct subject {
        inputs on;
        std::string outcome;
    };
    fail_everywhere([] { return subject(); }, [&](auto& on) { on.outcome = operation(on.on); },
                    [&](auto const& on, bool failed) {
                        BOOST_TEST(on.outcome == (failed ? "" : expected));
                        BOOST_TEST(on.on.all() == before);
                    });
}

} // namespace

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_all_inputs_as_they_were)
{
    check_failing([](inputs const& on) { return shown(diff(on.from, on.to, rfc7396)); });
    check_failing([](inputs const& on) { return shown(diff(on.from, on.to, first_level)); });
    check_failing([](inputs const& on) { return shown(inverse(on.from, on.first, rfc7396)); });
    check_failing([](inputs const& on) { return shown(compose(on.first, on.second)); });
    check_failing([](inputs const& on) { return shown(compose(on.second, patch().set("a", text))); });
    check_failing([](inputs const& on) { return shown(conflicts(on.first, on.second, rfc7396).keys); });
    check_failing([](inputs const& on) { return shown(rebase(on.first, on.second, rfc7396).rest); });
    check_failing([](inputs const& on) { return shown(to_bodies(on.first, on.from, rfc7396)); });
    check_failing([](inputs const& on) {
        std::vector<patch> const both{on.first, on.second};
        return shown(to_bodies(std::span(both), rfc7396));
    });
    check_failing([](inputs const& on) { return shown(three_way(on.from, on.to, field("{}"), first_level)->mine); });
    check_failing([](inputs const& on) { return shown(deepen(on.from, on.second.members(), first_level)); });
    check_failing([](inputs const& on) {
        boost::json::array const operations{{{"op", "move"}, {"from", "/b"}, {"path", "/gone"}},
                                            {{"op", "copy"}, {"from", "/gone"}, {"path", "/f/0"}}};
        return shown(deepen_json_patch(on.from, operations, first_level));
    });
}

BOOST_AUTO_TEST_SUITE_END()

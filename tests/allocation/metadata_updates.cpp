// SPDX-License-Identifier: BSL-1.0
#include "../support.hpp"
#include "fail_everywhere.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0.hpp>

using namespace metapatch;
using auth0::metadata_updates;
using metapatch::test::fail_everywhere;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(guarantee_of_updates)

namespace {

constexpr auto stored = R"({"name":"a name that is too long to be stored within the value itself",)"
                        R"("user_metadata":{"a":{"b":["a string that is too long to be stored within the value"]}},)"
                        R"("app_metadata":{"c":[1],"d":{"e":2},"name":["another name, which is as long"]}})";
constexpr auto wide =
    R"({"of":["values","that take some allocations"],"each":{"and":"a string of their own, of many bytes"}})";

std::string told(metadata_updates const& updates)
{
    auto text = shown(updates.user());
    for (auto const& body : updates.bodies())
        text += ' ' + shown(body);
    return text;
}

/// A call that changes all or nothing, in updates that `prepare` has made some of.
template<class Prepare, class Call>
void check_all_or_nothing(Prepare prepare, Call call)
{
    auto const prepared = [&] {
        metadata_updates updates(object(stored));
        prepare(updates);
        return updates;
    };
    auto done = prepared();
    call(done);
    auto const before = told(prepared());
    auto const after = told(done);
    fail_everywhere(prepared, call, [&](metadata_updates& updates, bool failed) {
        BOOST_TEST(told(updates) == (failed ? before : after));
        call(updates); // and goes on
        BOOST_TEST(shown(updates.user()) == shown(done.user()));
    });
}

} // namespace

BOOST_AUTO_TEST_CASE(calls_change_all_or_nothing_where_memory_ends)
{
    auto const value = json(wide);
    auto const nothing = [](metadata_updates&) {};
    auto const set = [&](metadata_updates& on) { BOOST_REQUIRE(on.set_app_metadata("a new member", value).empty()); };
    auto const set_again = [&](metadata_updates& on) { BOOST_REQUIRE(on.set_app_metadata("d", value).empty()); };
    auto const remove = [&](metadata_updates& on) { BOOST_REQUIRE(on.set_app_metadata("c", nullptr).empty()); };
    auto const update = [&](metadata_updates& on) { BOOST_REQUIRE(on.update_app_metadata(value).empty()); };
    auto const clear = [](metadata_updates& on) { BOOST_REQUIRE(on.update_app_metadata(json("{}")).empty()); };
    auto const some = [&](metadata_updates& on) {
        BOOST_REQUIRE(on.set_app_metadata("d", 1).empty());
        BOOST_REQUIRE(on.set_user_metadata("x", value).empty());
        BOOST_REQUIRE(on.update_user_metadata(value).empty());
    };
    check_all_or_nothing(nothing, set);
    check_all_or_nothing(nothing, remove);
    check_all_or_nothing(nothing, update);
    check_all_or_nothing(nothing, clear);
    check_all_or_nothing(some, set);
    check_all_or_nothing(some, set_again);
    check_all_or_nothing(some, update);
    check_all_or_nothing(some, clear);
    check_all_or_nothing(some, [](metadata_updates& on) { on.flush(); });
}

BOOST_AUTO_TEST_CASE(the_user_is_made_one_of_rules_or_stays_where_memory_ends)
{
    auto const user = object(stored);
    auto const expected = shown(auth0::rule_user(user));
    fail_everywhere(
        [&] { return user; }, [](boost::json::object& on) { auth0::copy_app_metadata_to_root(on); },
        [&](boost::json::object& on, bool failed) { BOOST_TEST(shown(on) == (failed ? stored : expected)); });
}

BOOST_AUTO_TEST_SUITE_END()

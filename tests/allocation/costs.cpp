// SPDX-License-Identifier: BSL-1.0
#include "../patch_text.hpp"
#include "counting.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/algebra.hpp>
#include <metapatch/algebra/advice.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/patch/apply.hpp>

using namespace metapatch;
using metapatch::test::counting_resource;
using metapatch::test::heap;
using metapatch::test::json;
using metapatch::test::members_of;
using metapatch::test::object;
using metapatch::test::present;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(costs)

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

std::string members(std::size_t count)
{
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i)
        text += "\"key number " + std::to_string(i) + "\":" + std::to_string(i) + ",";
    text.back() = '}';
    return text;
}

/// How many allocations of the heap a call makes.
template<class Call>
std::size_t allocations_of(Call call)
{
    heap::forget();
    call();
    return heap::allocations;
}

} // namespace

BOOST_AUTO_TEST_CASE(validating_allocates_nothing_where_nothing_is_wrong)
{
    auto const body = json(R"({"a":{"b":[1,2.5,{"c":null}]},"d":"\u20ac","e":null})");
    auto const strings = json(R"({"plan":"a string that is longer than most of them","b":null})");
    auto const field = present(R"({"a":{"x":[1]},"z":"y"})");
    bool fine = true;
    BOOST_TEST(allocations_of([&] { fine = validate(body, auth0::user_metadata).empty(); }) == 0U);
    BOOST_TEST(allocations_of([&] { fine = fine && validate(field, body, auth0::app_metadata).empty(); }) == 0U);
    BOOST_TEST(allocations_of([&] { fine = fine && validate(field, body, first_level).empty(); }) == 0U);
    BOOST_TEST(allocations_of([&] { fine = fine && validate(strings, auth0::client_metadata).empty(); }) == 0U);
    BOOST_TEST(allocations_of([&] { fine = fine && validate({}, strings, auth0::session_metadata).empty(); }) == 0U);
    BOOST_TEST(fine);
}

BOOST_AUTO_TEST_CASE(measuring_allocates_nothing)
{
    auto const value = json(R"({"a":{"b":[1,2.5e300,{"c":null}]},"d":"\u20ac\n"})");
    std::size_t size = 0;
    BOOST_TEST(allocations_of([&] { size = serialized_size(value) + nesting(value); }) == 0U);
    BOOST_TEST(size == shown(value).size() + 4);
}

BOOST_AUTO_TEST_CASE(setting_scalars_that_are_there_allocates_nothing_from_the_storage_of_the_field)
{
    counting_resource here;
    auto field = present(R"({"a":1,"b":"x","c":{"d":1},"e":2})", &here);
    auto const body = json(R"({"a":true,"c":25,"e":null,"b":7})");
    here.forget();
    BOOST_TEST(apply(field, body, first_level).has_value());
    BOOST_TEST(shown(field) == R"({"a":true,"b":7,"c":25})");
    BOOST_TEST(here.allocations == 0U);
}

BOOST_AUTO_TEST_CASE(adding_a_scalar_where_there_is_room_allocates_its_key_alone)
{
    counting_resource here;
    auto field = present(R"({"a":1})", &here);
    field->reserve(10);
    auto const body = json(R"({"new":1,"old":2})");
    here.forget();
    BOOST_TEST(apply(field, body, first_level).has_value());
    BOOST_TEST(here.allocations == 2U);
    BOOST_TEST(here.bytes < 20U);
}

BOOST_AUTO_TEST_CASE(values_of_an_rvalue_are_moved_not_copied)
{
    auto const large = [] {
        boost::json::value body = boost::json::object();
        body.as_object()["replaced"] = std::string(mebibyte, 'x');
        body.as_object()["added"] = boost::json::array(1, boost::json::value(std::string(mebibyte, 'y')));
        return body;
    };
    for (auto const& rules : {first_level, replace, rfc7396}) {
        auto field = present(R"({"replaced":1})");
        auto body = large();
        heap::forget();
        BOOST_TEST(apply(field, std::move(body), rules).has_value());
        BOOST_TEST(heap::bytes < 10'000U);
        BOOST_TEST(field->at("replaced").as_string().size() == mebibyte);

        auto made = *patch::from(large(), rules);
        heap::forget();
        BOOST_TEST(applied(std::move(field), std::move(made), rules).has_value());
        BOOST_TEST(heap::bytes < 10'000U);
    }
}

BOOST_AUTO_TEST_CASE(a_refused_body_is_not_copied)
{
    auto body = boost::json::object{{"a.b", 1}, {"large", std::string(mebibyte, 'x')}};
    auto field = present("{}");
    heap::forget();
    BOOST_TEST(!apply(field, body, auth0::user_metadata));
    BOOST_TEST(heap::largest < 10'000U);
}

BOOST_AUTO_TEST_CASE(updating_three_of_a_hundred_thousand_keys_asks_for_no_table)
{
    counting_resource here;
    auto field = read_state(members(100'000), {}, &here).value();
    auto const body = json(R"({"key number 7":"seven","key number 50000":[1],"key number 99999":null})");
    here.forget();
    heap::forget();
    auto const outcome = apply(field, body, first_level);
    BOOST_TEST(outcome.has_value());
    BOOST_TEST(here.bytes < 1'000U);
    BOOST_TEST(heap::bytes < 2'000U);
    BOOST_TEST(field->size() == 99'999U);
}

BOOST_AUTO_TEST_CASE(appending_one_key_at_a_time_is_amortized)
{
    counting_resource here;
    state field(boost::json::object{&here});
    std::size_t tables = 0;
    for (int i = 0; i < 20'000; ++i) {
        boost::json::object body;
        body["key number " + std::to_string(i)] = i;
        here.forget();
        BOOST_REQUIRE(apply(field, body, first_level).has_value());
        tables += here.largest > 100 ? 1 : 0;
    }
    BOOST_TEST(tables < 40U);
    BOOST_TEST(field->size() == 20'000U);
}

BOOST_AUTO_TEST_CASE(half_of_all_members_are_removed_with_one_new_table)
{
    counting_resource here;
    auto field = read_state(members(20'000), {}, &here).value();
    boost::json::object body;
    for (int i = 0; i < 20'000; i += 2)
        body["key number " + std::to_string(i)] = nullptr;
    here.forget();
    BOOST_TEST(apply(field, body, first_level).has_value());
    BOOST_TEST(field->size() == 10'000U);
    BOOST_TEST(field->begin()[4'999].key() == "key number 9999");
    BOOST_TEST(here.allocations <= 10'001U); // a table, and the keys that stay
}

BOOST_AUTO_TEST_CASE(a_size_limit_with_a_stored_size_measures_the_patch_alone)
{
    // Nothing is allocated by measuring; a walk over the field would show in its depth, which is beyond the walk's
    // room.
    std::string deep = "1";
    for (int i = 0; i < 3000; ++i)
        deep = "[" + deep + "]";
    auto const field = present(R"({"deep":)" + deep + "}");
    auto const body = json(R"({"a":1})");
    auto rules = first_level;
    rules.limits.max_bytes = mebibyte;
    BOOST_TEST(allocations_of([&] { static_cast<void>(validate(field, body, rules)); }) > 0U);
    known const facts{.stored_size = serialized_size(*field)};
    BOOST_TEST(allocations_of([&] { static_cast<void>(validate(field, body, rules, facts)); }) == 0U);
}

BOOST_AUTO_TEST_CASE(no_pointer_is_made_once_the_budget_of_pointers_is_spent)
{
    constexpr std::size_t most = 8 * pointer_list::pointer_budget; // of 32 MB that all pointers would take
    std::string const key(mebibyte / 8, 'k');
    auto const with = [&key](boost::json::value const& value) {
        return boost::json::object{{key, members_of(250, value)}};
    };
    auto const bytes_of = [](auto call) {
        heap::forget();
        call();
        return heap::bytes;
    };
    auto const before = with(1);
    auto const mine = with(std::int64_t{1} << 60);
    auto const nulls = with(nullptr);
    auto const objects = with(boost::json::object{{"x", 1}});
    auto const empty = boost::json::object{{key, boost::json::object()}};
    std::size_t omitted = 0;
    BOOST_TEST(bytes_of([&] { omitted = losses(before, *patch::from(empty, first_level), first_level).omitted(); }) <
               most);
    BOOST_TEST(omitted > 200U);
    BOOST_TEST(bytes_of([&] { omitted = advise({}, *patch::from(mine, first_level), first_level).omitted(); }) < most);
    BOOST_TEST(omitted > 200U);
    BOOST_TEST(bytes_of([&] { omitted = diff({}, nulls, rfc7396).error().omitted(); }) < most);
    BOOST_TEST(omitted > 200U);
    BOOST_TEST(bytes_of([&] { omitted = three_way(with(2), mine, before, first_level)->conflicts.omitted(); }) < most);
    BOOST_TEST(omitted > 200U);
    BOOST_TEST(bytes_of([&] {
                   omitted = compose(patch::of(boost::json::object(before), false, 3),
                                     patch::of(boost::json::object(objects), false, 3))
                                 .error()
                                 .omitted();
               }) < most);
    BOOST_TEST(omitted > 200U);
}

BOOST_AUTO_TEST_SUITE_END()

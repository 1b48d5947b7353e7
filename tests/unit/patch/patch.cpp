// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/patch.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(patches)

namespace {

constexpr policy null_clears{any_key{}, {.on_null = null_body::clears}};

/// A patch in one line: what it clears, its members, and how deep they merge.
std::string normal(result<patch> const& made)
{
    if (!made)
        return told(made);
    if (made->is_untouched())
        return "untouched";
    return (made->clears() ? "clear " : "") + shown(made->members()) + " " + std::to_string(made->levels());
}

} // namespace

BOOST_AUTO_TEST_CASE(a_default_patch_is_untouched)
{
    patch const made;
    BOOST_TEST(made.is_untouched());
    BOOST_TEST(!made.clears());
    BOOST_TEST(made.members().empty());
    BOOST_TEST(made.levels() == 1U);
}

BOOST_AUTO_TEST_CASE(the_later_call_wins)
{
    BOOST_TEST(normal(patch().set("a", 1).set("b", 2).remove("a")) == R"({"a":null,"b":2} 1)");
    BOOST_TEST(normal(patch().remove("a").set("a", 1)) == R"({"a":1} 1)");
    BOOST_TEST(normal(patch().set("a", nullptr)) == R"({"a":null} 1)");
}

// What copies bytes from nowhere is found by the sanitizers, here and where else a key is given.
BOOST_AUTO_TEST_CASE(the_empty_key_may_point_nowhere)
{
    BOOST_TEST(shown(patch().set(std::string_view(), 1).members()) == R"({"":1})");
    BOOST_TEST(shown(patch().remove(std::string_view()).members()) == R"({"":null})");
}

BOOST_AUTO_TEST_CASE(a_clear_forgets_what_was_said_of_members_before)
{
    BOOST_TEST(normal(patch().set("a", 1).remove("b").clear()) == "clear {} 1");
    BOOST_TEST(normal(patch().clear().set("a", 1).remove("b")) == R"(clear {"a":1,"b":null} 1)");
}

BOOST_AUTO_TEST_CASE(a_body_becomes_the_patch_that_its_policy_says)
{
    BOOST_TEST(normal(patch::from(json(R"({"a":1,"b":null})"), first_level)) == R"({"a":1,"b":null} 1)");
    BOOST_TEST(normal(patch::from(json("{}"), first_level)) == "clear {} 1");
    BOOST_TEST(normal(patch::from(json(R"({"a":1})"), replace)) == R"(clear {"a":1} 1)");
    BOOST_TEST(normal(patch::from(json("{}"), replace)) == "clear {} 1");
    constexpr policy replaces_and_merges{any_key{}, {.depth = 0, .on_empty = empty_body::merges}};
    BOOST_TEST(normal(patch::from(json("{}"), replaces_and_merges)) == "clear {} 1");
    BOOST_TEST(normal(patch::from(json(R"({"a":{"b":null}})"), up_to_level(2))) == R"({"a":{"b":null}} 2)");
    BOOST_TEST(normal(patch::from(json("{}"), rfc7396)) == "{} " + std::to_string(unlimited));
    BOOST_TEST(normal(patch::from(object(R"({"a":1})"), first_level)) == R"({"a":1} 1)");
}

BOOST_AUTO_TEST_CASE(null_clears_only_where_the_policy_says_so)
{
    BOOST_TEST(normal(patch::from(json("null"), null_clears)) == "clear {} 1");
    BOOST_TEST(normal(patch::from(json("null"), first_level)) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(a_body_of_another_type_is_refused)
{
    for (auto const* body : {"[]", "1", R"("a")", "true", "1.5", R"([{"a":1}])"}) {
        BOOST_TEST(normal(patch::from(json(body), first_level)) == "expected_object ''", body);
        BOOST_TEST(normal(patch::from(json(body), null_clears)) == "expected_object ''", body);
    }
}

BOOST_AUTO_TEST_CASE(an_rvalue_is_moved_and_an_lvalue_is_copied)
{
    auto body = json(R"({"a":[1,2,3]})");
    auto const* const element = body.at("a").as_array().data();
    auto const copied = patch::from(body, first_level);
    BOOST_TEST(shown(body) == R"({"a":[1,2,3]})");
    BOOST_TEST(copied->members().at("a").as_array().data() != element);
    auto const moved = patch::from(std::move(body), first_level);
    BOOST_TEST(moved->members().at("a").as_array().data() == element);

    auto members = object(R"({"b":[1]})");
    auto const* const other = members.at("b").as_array().data();
    BOOST_TEST(patch::from(std::move(members), first_level)->members().at("b").as_array().data() == other);
}

BOOST_AUTO_TEST_CASE(a_refused_rvalue_is_intact)
{
    auto body = json(R"([{"a":1}])");
    BOOST_TEST(!patch::from(std::move(body), first_level));
    BOOST_TEST(shown(body) == R"([{"a":1}])");
}

BOOST_AUTO_TEST_CASE(members_live_in_the_storage_given_or_in_that_of_the_body)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    patch built(storage);
    built.set("a", "a string that is too long to be stored within the value itself");
    BOOST_TEST((*built.members().at("a").storage() == *storage));

    auto const body = json(R"({"a":[1]})", storage);
    auto const copied = patch::from(body, first_level);
    BOOST_TEST((*copied->members().storage() == *storage));
    BOOST_TEST((*read_patch(R"({"a":1})", first_level, storage)->members().storage() == *storage));
}

BOOST_AUTO_TEST_CASE(members_of_an_rvalue_can_be_taken)
{
    auto made = patch().set("a", boost::json::array{1, 2});
    auto const* const element = made.members().at("a").as_array().data();
    boost::json::object const taken = std::move(made).members();
    BOOST_TEST(taken.at("a").as_array().data() == element);
}

BOOST_AUTO_TEST_CASE(a_text_is_read_by_the_rules_of_its_policy)
{
    BOOST_TEST(normal(read_patch(R"({"a":1,"a":null})", first_level)) == R"({"a":null} 1)");
    BOOST_TEST(normal(read_patch("{}", first_level)) == "clear {} 1");
    BOOST_TEST(normal(read_patch("null", null_clears)) == "clear {} 1");
    BOOST_TEST(normal(read_patch("null", first_level)) == "expected_object ''");
    BOOST_TEST(normal(read_patch("[", first_level)) == "malformed_json '' offset 1");
    auto strict = first_level;
    strict.read = {2, duplicate_keys::rejected};
    BOOST_TEST(normal(read_patch(R"({"a":{"b":1,"b":2}})", strict)) == "duplicate_key '/a/b'");
    BOOST_TEST(normal(read_patch(R"({"a":{"b":{}}})", strict)) == "too_deep '' limit 2 offset 10");
    BOOST_TEST(normal(read_patch(R"({"a":1e999})", strict)) == "number_out_of_range '/a'");
}

BOOST_AUTO_TEST_SUITE_END()

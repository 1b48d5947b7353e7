// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/apply.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::present;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(applying)

namespace {

constexpr policy clears_to_absent{any_key{}, {.cleared = cleared_field::absent}};
constexpr policy null_clears{any_key{}, {.on_null = null_body::clears, .cleared = cleared_field::absent}};
constexpr policy replaces_to_absent{any_key{}, {.depth = 0, .cleared = cleared_field::absent}};

state absent()
{
    return {};
}

/// The field after the body, or why not; every way to apply it agrees.
template<key_rule Keys>
std::string after(state const& field, std::string_view body, policy<Keys> const& rules)
{
    auto const before = shown(field);
    auto const pure = applied(field, json(body), rules);
    auto changed = field;
    auto const outcome = apply(changed, json(body), rules);
    BOOST_TEST(shown(field) == before);
    BOOST_TEST(told(outcome) == told(pure));
    BOOST_TEST(told(applied(state(field), json(body), rules)) == told(pure));
    BOOST_TEST(shown(changed) == (pure ? shown(*pure) : before));
    return pure ? shown(*pure) : told(pure);
}

std::string counted(result<change> const& outcome)
{
    if (!outcome)
        return told(outcome);
    return std::string(outcome->cleared ? "cleared " : "") + "+" + std::to_string(outcome->added) + " ~" +
           std::to_string(outcome->replaced) + " -" + std::to_string(outcome->removed) +
           (outcome->size ? " size " + std::to_string(*outcome->size) : "");
}

} // namespace

BOOST_AUTO_TEST_CASE(an_untouched_field_stays_as_it_is) // A1
{
    for (auto const& before : {absent(), present("{}"), present(R"({"a":null})")}) {
        auto field = before;
        BOOST_TEST(counted(apply(field, patch(), clears_to_absent)) == "+0 ~0 -0");
        BOOST_TEST(shown(field) == shown(before));
        BOOST_TEST(shown(*applied(before, patch(), replace)) == shown(before));
    }
}

BOOST_AUTO_TEST_CASE(a_value_replaces_the_member_whole_in_its_place_and_a_new_one_goes_last) // A2
{
    auto const field = present(R"({"a":{"x":1,"y":2},"b":[1,2],"c":"s"})");
    BOOST_TEST(after(field, R"({"n":0,"b":{"k":[]},"a":{"x":3}})", first_level) ==
               R"({"a":{"x":3},"b":{"k":[]},"c":"s","n":0})");
    BOOST_TEST(after(field, R"({"c":{},"a":[],"b":false})", first_level) == R"({"a":[],"b":false,"c":{}})");
}

BOOST_AUTO_TEST_CASE(null_removes_the_key_and_an_absent_key_is_no_error) // A3
{
    auto const field = present(R"({"a":1,"b":2,"c":3})");
    BOOST_TEST(after(field, R"({"b":null})", first_level) == R"({"a":1,"c":3})");
    BOOST_TEST(after(field, R"({"x":null})", first_level) == R"({"a":1,"b":2,"c":3})");
}

BOOST_AUTO_TEST_CASE(null_below_the_first_level_or_in_an_array_is_data) // A4
{
    BOOST_TEST(after(present(R"({"a":{"x":1}})"), R"({"a":{"x":null},"b":[null,{"y":null}]})", first_level) ==
               R"({"a":{"x":null},"b":[null,{"y":null}]})");
}

BOOST_AUTO_TEST_CASE(the_empty_body_clears) // A5
{
    for (auto const& field : {absent(), present("{}"), present(R"({"a":1})")}) {
        BOOST_TEST(after(field, "{}", first_level) == "{}");
        BOOST_TEST(after(field, "{}", clears_to_absent) == "absent");
        BOOST_TEST(after(field, "{}", replace) == "{}");
        BOOST_TEST(after(field, "{}", replaces_to_absent) == "absent");
    }
}

BOOST_AUTO_TEST_CASE(the_last_key_removed_leaves_the_empty_object) // A6
{
    BOOST_TEST(after(present(R"({"a":1})"), R"({"a":null})", first_level) == "{}");
    BOOST_TEST(after(present(R"({"a":1})"), R"({"a":null})", clears_to_absent) == "{}");
    BOOST_TEST(after(present(R"({"a":1})"), R"({"a":null})", replaces_to_absent) == "{}");
}

BOOST_AUTO_TEST_CASE(null_for_the_field_is_refused_or_clears) // A7
{
    auto const field = present(R"({"a":1})");
    BOOST_TEST(after(field, "null", first_level) == "expected_object ''");
    BOOST_TEST(after(field, "null", replace) == "expected_object ''");
    BOOST_TEST(after(field, "null", null_clears) == "absent");
    BOOST_TEST(after(absent(), "null", null_clears) == "absent");
}

BOOST_AUTO_TEST_CASE(any_other_type_is_refused) // A8
{
    for (auto const* body : {"[]", "1", "1.5", R"("")", "true", R"([{"a":1}])"}) {
        BOOST_TEST(after(present(R"({"a":1})"), body, first_level) == "expected_object ''", body);
        BOOST_TEST(after(absent(), body, null_clears) == "expected_object ''", body);
    }
}

BOOST_AUTO_TEST_CASE(of_the_same_key_twice_in_a_text_the_last_one_counts) // A9
{
    auto rules = with_keys(first_level, key_characters::all_but("."));
    rules.limits.max_members = 2;
    auto field = present(R"({"a":1})");
    auto const body = read_patch(R"({"b":{"x.y":1},"a":null,"b":2,"b":{"k":1,"k":2}})", rules);
    BOOST_TEST(counted(apply(field, *body, rules)) == "+1 ~0 -1");
    BOOST_TEST(shown(field) == R"({"b":{"k":2}})");
}

BOOST_AUTO_TEST_CASE(members_make_an_absent_field_present) // A10
{
    for (auto const& rules : {first_level, clears_to_absent, replaces_to_absent}) {
        BOOST_TEST(after(absent(), R"({"a":1,"b":null})", rules) == R"({"a":1})");
        BOOST_TEST(after(absent(), R"({"b":null})", rules) == "{}");
    }
}

BOOST_AUTO_TEST_CASE(replacing_leaves_the_body_without_its_nulls)
{
    auto const field = present(R"({"a":1,"b":2})");
    BOOST_TEST(after(field, R"({"n":1,"b":{"x":null},"a":null})", replace) == R"({"n":1,"b":{"x":null}})");
}

BOOST_AUTO_TEST_CASE(a_numeric_depth_merges_that_many_levels)
{
    auto const field = present(R"({"a":{"b":{"c":1,"d":2},"e":3},"f":4})");
    auto const body = R"({"a":{"b":{"c":null,"g":5},"e":null},"h":{"i":null,"j":{"k":null}}})";
    BOOST_TEST(after(field, body, up_to_level(0)) ==
               R"({"a":{"b":{"c":null,"g":5},"e":null},"h":{"i":null,"j":{"k":null}}})");
    BOOST_TEST(after(field, body, up_to_level(1)) ==
               R"({"a":{"b":{"c":null,"g":5},"e":null},"f":4,"h":{"i":null,"j":{"k":null}}})");
    BOOST_TEST(after(field, body, up_to_level(2)) == R"({"a":{"b":{"c":null,"g":5}},"f":4,"h":{"j":{"k":null}}})");
    BOOST_TEST(after(field, body, up_to_level(3)) == R"({"a":{"b":{"d":2,"g":5}},"f":4,"h":{"j":{}}})");
    BOOST_TEST(after(field, body, rfc7396) == R"({"a":{"b":{"d":2,"g":5}},"f":4,"h":{"j":{}}})");
    BOOST_TEST(after(field, R"({"a":{}})", up_to_level(2)) == shown(field)); // a nested {} changes nothing
    BOOST_TEST(after(field, "{}", rfc7396) == shown(field));
    BOOST_TEST(after(field, "{}", up_to_level(2)) == "{}");
    BOOST_TEST(after(absent(), "{}", rfc7396) == "{}");
}

BOOST_AUTO_TEST_CASE(a_clear_with_members_leaves_the_field_present)
{
    auto field = present(R"({"a":1,"b":2})");
    BOOST_TEST(counted(apply(field, patch().clear().set("c", 3).set("b", 4).remove("x"), clears_to_absent)) ==
               "cleared +1 ~1 -1");
    BOOST_TEST(shown(field) == R"({"c":3,"b":4})");
    BOOST_TEST(counted(apply(field, patch().clear().remove("b"), clears_to_absent)) == "cleared +0 ~0 -2");
    BOOST_TEST(shown(field) == "{}");
    BOOST_TEST(counted(apply(field, patch().clear(), clears_to_absent)) == "cleared +0 ~0 -0");
    BOOST_TEST(shown(field) == "absent");
}

BOOST_AUTO_TEST_CASE(a_change_counts_members_and_knows_the_size)
{
    auto rules = clears_to_absent;
    rules.limits.max_bytes = 100;
    state field;
    BOOST_TEST(counted(apply(field, json(R"({"a":1,"b":[],"c":null})"), rules)) == "+2 ~0 -0 size 14");
    BOOST_TEST(counted(apply(field, json(R"({"a":2,"b":null,"d":"x","e":null})"), rules)) == "+1 ~1 -1 size 15");
    BOOST_TEST(counted(apply(field, patch(), rules)) == "+0 ~0 -0 size 15");
    BOOST_TEST(counted(apply(field, json("{}"), rules)) == "cleared +0 ~0 -2 size 0");
    // A null that clears counts as the empty object does.
    auto by_null = rules;
    by_null.merge.on_null = null_body::clears;
    for (auto const* stored : {R"({"a":1,"b":2})", R"({"a":1})", "{}"}) {
        for (auto const cleared : {cleared_field::absent, cleared_field::empty}) {
            by_null.merge.cleared = cleared;
            auto one = present(stored);
            auto other = present(stored);
            BOOST_TEST(counted(apply(one, json("null"), by_null)) == counted(apply(other, json("{}"), by_null)));
            BOOST_TEST(shown(one) == shown(other));
        }
    }
    auto none = state();
    by_null.merge.cleared = cleared_field::empty;
    BOOST_TEST(counted(apply(none, json("null"), by_null)) == "cleared +0 ~0 -0 size 2");
    BOOST_TEST(counted(apply(field, json("{}"), first_level)) == "cleared +0 ~0 -0"); // no limit: not measured
    BOOST_TEST(counted(apply(field, json(R"({"a":1})"), first_level, {.stored_size = 2})) == "+1 ~0 -0 size 7");
    BOOST_TEST(counted(apply(field, json(R"({"b":1})"), replace, {.stored_size = 7})) == "cleared +1 ~0 -1 size 7");
}

BOOST_AUTO_TEST_CASE(a_refused_patch_changes_nothing)
{
    auto rules = with_keys(first_level, key_characters::all_but("."));
    auto field = present(R"({"a":{"b":1},"c":"a string that is too long to be stored inside"})");
    auto const before = shown(field);
    auto const* const text = field->at("c").as_string().data();
    auto body = json(R"({"a":{"x":[1]},"c":null,"d":{"e.":1}})");
    BOOST_TEST(counted(apply(field, std::move(body), rules)) == "invalid_key_character '/d/e.'");
    BOOST_TEST(shown(body) == R"({"a":{"x":[1]},"c":null,"d":{"e.":1}})"); // intact, although an rvalue
    rules.limits.max_bytes = 10;
    auto large = patch().set("a", boost::json::array{1, 2, 3});
    BOOST_TEST(!apply(field, std::move(large), rules));
    BOOST_TEST(shown(large.members()) == R"({"a":[1,2,3]})");
    BOOST_TEST(shown(field) == before);
    BOOST_TEST(field->at("c").as_string().data() == text);
}

BOOST_AUTO_TEST_CASE(an_lvalue_body_is_copied_and_an_rvalue_is_moved)
{
    auto const moves = [](auto make) {
        auto field = present(R"({"a":0})");
        auto body = make();
        BOOST_TEST(apply(field, body, first_level).has_value());
        BOOST_TEST(shown(field) == R"({"a":[1,2,3],"new":[4]})");
        auto again = present(R"({"a":0})");
        BOOST_TEST(apply(again, std::move(body), first_level).has_value());
        BOOST_TEST(shown(again) == R"({"a":[1,2,3],"new":[4]})");
        return again;
    };
    auto const text = R"({"a":[1,2,3],"new":[4]})";
    auto value = json(text);
    auto const* const replaced = value.at("a").as_array().data();
    auto const* const added = value.at("new").as_array().data();
    auto const field = moves([&] { return std::move(value); });
    BOOST_TEST(field->at("a").as_array().data() == replaced);
    BOOST_TEST(field->at("new").as_array().data() == added);

    auto members = object(text);
    auto const* const in_object = members.at("a").as_array().data();
    BOOST_TEST(moves([&] { return std::move(members); })->at("a").as_array().data() == in_object);
    auto made = *patch::from(json(text), first_level);
    auto const* const in_patch = made.members().at("new").as_array().data();
    BOOST_TEST(moves([&] { return std::move(made); })->at("new").as_array().data() == in_patch);
}

BOOST_AUTO_TEST_CASE(a_constant_body_is_never_moved_from)
{
    auto const body = json(R"({"a":[1]})");
    auto field = present("{}");
    BOOST_TEST(apply(field, std::move(body), first_level).has_value());
    BOOST_TEST(shown(body) == R"({"a":[1]})");
}

BOOST_AUTO_TEST_CASE(members_untouched_are_not_copied)
{
    auto field = present(R"({"a":[1,2,3],"b":{"c":[4]}})");
    auto const* const kept = field->at("a").as_array().data();
    auto const* const inner = field->at("b").at("c").as_array().data();
    BOOST_TEST(apply(field, json(R"({"n":1,"b":{"d":2}})"), up_to_level(2)).has_value());
    BOOST_TEST(field->at("a").as_array().data() == kept);
    BOOST_TEST(field->at("b").at("c").as_array().data() == inner);
}

BOOST_AUTO_TEST_CASE(a_field_keeps_its_storage_and_a_patch_may_live_elsewhere)
{
    boost::json::monotonic_resource memory;
    boost::json::monotonic_resource other;
    for (auto const& rules : {first_level, replace, rfc7396}) {
        auto field = present(R"({"a":{"x":1},"b":0})", &memory);
        auto body = json(R"({"a":{"y":[1,2]},"c":["long enough to be allocated somewhere"],"b":null})", &other);
        auto const text = shown(body);
        BOOST_TEST(apply(field, std::move(body), rules).has_value());
        BOOST_TEST(shown(body) == text); // nothing can move between storages
        BOOST_TEST((field->storage().get() == &memory));
        BOOST_TEST((field->at("a").at("y").storage().get() == &memory));
        BOOST_TEST((field->at("c").at(0).storage().get() == &memory));
        BOOST_TEST(!field->contains("b"));
    }
}

BOOST_AUTO_TEST_CASE(a_field_that_was_absent_lives_in_the_storage_given)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    for (auto const* body : {R"({"a":[1]})", "{}", R"({"a":null})"}) {
        state field;
        BOOST_TEST(apply(field, json(body), first_level, {.storage = storage}).has_value());
        BOOST_TEST((field->storage().get() == &memory), body);
    }
    auto const copied = applied(present(R"({"a":1})"), json(R"({"b":1})"), first_level, {.storage = storage});
    auto const source = present(R"({"a":1})");
    BOOST_TEST(
        (applied(source, json(R"({"b":1})"), first_level, {.storage = storage})->value().storage().get() == &memory));
    BOOST_TEST((copied->value().storage().get() != &memory)); // an rvalue keeps its own
}

BOOST_AUTO_TEST_CASE(a_field_of_a_document_is_patched_in_its_place)
{
    auto user = object(R"({"id":1,"meta":{"a":1},"name":"x"})");
    BOOST_TEST(counted(apply(user, "meta", json(R"({"b":2})"), clears_to_absent)) == "+1 ~0 -0");
    BOOST_TEST(shown(user) == R"({"id":1,"meta":{"a":1,"b":2},"name":"x"})");
    BOOST_TEST(counted(apply(user, "meta", json(R"({"b.":2})"),
                             with_keys(first_level, key_characters::all_but(".")))) == "invalid_key_character '/b.'");
    BOOST_TEST(shown(user) == R"({"id":1,"meta":{"a":1,"b":2},"name":"x"})");
    BOOST_TEST(counted(apply(user, "meta", patch(), clears_to_absent)) == "+0 ~0 -0");
    BOOST_TEST(counted(apply(user, "meta", json("{}"), clears_to_absent)) == "cleared +0 ~0 -2");
    BOOST_TEST(shown(user) == R"({"id":1,"name":"x"})");
    BOOST_TEST(counted(apply(user, "meta", json("{}"), clears_to_absent)) == "cleared +0 ~0 -0");
    BOOST_TEST(counted(apply(user, "meta", patch(), first_level)) == "+0 ~0 -0");
    BOOST_TEST(shown(user) == R"({"id":1,"name":"x"})");
    BOOST_TEST(counted(apply(user, "meta", json(R"({"c":null})"), clears_to_absent)) == "+0 ~0 -0");
    BOOST_TEST(shown(user) == R"({"id":1,"name":"x","meta":{}})");
}

BOOST_AUTO_TEST_CASE(the_name_of_a_field_may_be_empty_and_point_nowhere)
{
    boost::json::object document;
    auto const body = json(R"({"a":1})");
    BOOST_TEST(bool(apply(document, std::string_view(), body, first_level)));
    BOOST_TEST(shown(document) == R"({"":{"a":1}})");
    document.clear();
    BOOST_TEST(bool(apply(document, std::string_view(), json(R"({"b":2})"), first_level)));
    BOOST_TEST(shown(document) == R"({"":{"b":2}})");
}

BOOST_AUTO_TEST_CASE(nothing_is_merged_into_a_member_of_a_document_that_is_no_object)
{
    for (auto const* text : {R"({"meta":[]})", R"({"meta":"{}"})"}) {
        auto user = object(text);
        auto const body = json(R"({"a":1})");
        BOOST_TEST(counted(apply(user, "meta", body, first_level)) == "expected_object ''");
        BOOST_TEST(counted(apply(user, "meta", json(R"({"a":null})"), first_level)) == "expected_object ''");
        BOOST_TEST(counted(apply(user, "meta", json("null"), first_level)) == "expected_object ''");
        BOOST_TEST(counted(apply(user, "meta", json("{}"), rfc7396)) == "expected_object ''");
        BOOST_TEST(counted(apply(user, "meta", patch(), replace)) == "expected_object ''");
        BOOST_TEST(shown(user) == text);
    }
}

BOOST_AUTO_TEST_CASE(what_keeps_nothing_of_a_member_of_a_document_that_is_no_object_repairs_it)
{
    auto absent_by_null = first_level;
    absent_by_null.merge.cleared = cleared_field::absent;
    absent_by_null.merge.on_null = null_body::clears;
    auto strings_alone = replace;
    strings_alone.limits.values = value_types::string;
    boost::json::monotonic_resource memory;
    auto const after = [&memory](boost::json::value body, auto const& policy) {
        auto user = object(R"({"id":1,"meta":"[object Object]","x":2})", &memory);
        auto const& kept = body;
        auto by_lvalue = user;
        auto const same = apply(by_lvalue, "meta", kept, policy);
        auto const done = apply(user, "meta", std::move(body), policy);
        BOOST_TEST(counted(done) == counted(same));
        BOOST_TEST(shown(user) == shown(by_lvalue));
        if (auto const* const value = user.if_contains("meta"); done && value != nullptr)
            BOOST_TEST((value->storage().get() == &memory && value->as_object().storage().get() == &memory));
        return done ? shown(user) : counted(done);
    };
    BOOST_TEST(after(json("{}"), first_level) == R"({"id":1,"meta":{},"x":2})");
    BOOST_TEST(after(json("{}"), absent_by_null) == R"({"id":1,"x":2})");
    BOOST_TEST(after(json("null"), absent_by_null) == R"({"id":1,"x":2})");
    BOOST_TEST(after(json(R"({"a":1,"b":null})"), replace) == R"({"id":1,"meta":{"a":1},"x":2})");
    BOOST_TEST(after(json(R"({"a":null})"), replace) == R"({"id":1,"meta":{},"x":2})");
    BOOST_TEST(after(json(R"({"a":1})"), strings_alone) == "invalid_value_type '/a'");
    auto user = object(R"({"meta":[]})");
    BOOST_TEST(apply(user, "meta", patch().clear().set("a", 1), first_level).has_value());
    BOOST_TEST(shown(user) == R"({"meta":{"a":1}})");
}

BOOST_AUTO_TEST_CASE(a_member_of_a_document_that_is_null_is_an_absent_field)
{
    auto absent_when_cleared = first_level;
    absent_when_cleared.merge.cleared = cleared_field::absent;
    auto const after = [](auto const& body, auto const& policy) {
        auto user = object(R"({"id":1,"meta":null,"x":2})");
        auto const done = apply(user, "meta", body, policy);
        return done ? shown(user) : counted(done);
    };
    BOOST_TEST(after(json(R"({"a":1,"b":null})"), first_level) == R"({"id":1,"meta":{"a":1},"x":2})");
    BOOST_TEST(after(json(R"({"a":null})"), absent_when_cleared) == R"({"id":1,"meta":{},"x":2})");
    BOOST_TEST(after(json("{}"), first_level) == R"({"id":1,"meta":{},"x":2})");
    BOOST_TEST(after(json("{}"), absent_when_cleared) == R"({"id":1,"x":2})");
    BOOST_TEST(after(patch(), absent_when_cleared) == R"({"id":1,"meta":null,"x":2})");
    BOOST_TEST(after(json("[]"), first_level) == "expected_object ''");
    auto user = object(R"({"meta":null})");
    auto small = first_level;
    small.limits.max_bytes = 7;
    auto const made = apply(user, "meta", json(R"({"a":1})"), small, {.stored_size = 4});
    BOOST_TEST((made && made->size == 7U && made->added == 1U)); // whatever is said of the size of nothing
}

BOOST_AUTO_TEST_CASE(a_field_of_a_document_lives_in_the_storage_of_the_document)
{
    boost::json::monotonic_resource memory;
    auto user = object(R"({"id":1})", &memory);
    BOOST_TEST(apply(user, "meta", json(R"({"a":[1]})"), first_level).has_value());
    BOOST_TEST((user.at("meta").at("a").storage().get() == &memory));
    BOOST_TEST(apply(user, "meta", json(R"({"a":["other"]})"), replace).has_value());
    BOOST_TEST((user.at("meta").at("a").storage().get() == &memory));
}

BOOST_AUTO_TEST_CASE(a_body_may_be_a_part_of_the_document_that_it_adds_a_member_to)
{
    for (std::size_t others = 0; others < 20; ++others) { // where the document grows, and where it does not
        auto document = test::object(R"({"proposed":{"a":"a string that is too long to be stored in place"}})");
        for (std::size_t i = 0; i < others; ++i)
            document["k" + std::to_string(i)] = i;
        BOOST_TEST_REQUIRE(apply(document, "field", document.at("proposed"), first_level).has_value());
        BOOST_TEST((document.at("field") == document.at("proposed")));
    }
}

BOOST_AUTO_TEST_SUITE_END()

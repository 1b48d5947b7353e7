// SPDX-License-Identifier: BSL-1.0
#include "../support.hpp"
#include "counting.hpp"
#include "fail_everywhere.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/patch/apply.hpp>
#include <metapatch/patch/merge_patch.hpp>
#include <new>

using namespace metapatch;
using metapatch::test::counting_resource;
using metapatch::test::fail_everywhere;
using metapatch::test::heap;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::present;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(the_strong_guarantee)

namespace {

/// Where no member fits into a value itself, every copy allocates.
std::string wide(std::string_view shape)
{
    std::string text(shape);
    for (std::size_t at = 0; (at = text.find('@', at)) != std::string::npos;)
        text.replace(at, 1, "\"a string that is too long to be stored within the value itself\"");
    return text;
}

struct example {
    std::string stored; ///< "" is absent
    std::string body;
};

std::vector<example> examples()
{
    std::string many = "{";
    std::string removals = R"({"new":@,)";
    for (int i = 0; i < 60; ++i) {
        many += "\"k" + std::to_string(i) + "\":[1],";
        removals += i % 2 == 0 ? "\"k" + std::to_string(i) + "\":null," : "";
    }
    many.back() = removals.back() = '}';
    return {{wide(R"({"a":@,"b":{"c":@,"d":{"e":1}},"f":[@]})"),
             wide(R"({"a":[@],"n":{"m":{"o":@}},"b":{"c":null,"d":{"e":{"x":@}},"y":@},"f":null,"g":null})")},
            {wide(R"({"a":@,"b":@})"), "{}"},
            {"", wide(R"({"a":@,"b":{"c":[@,{"d":@}]},"e":null})")},
            {"", "{}"},
            {"{}", wide(R"({"a":@})")},
            {wide(R"({"a":1,"b":2})"), R"({"b":3,"a":null})"},
            {many, wide(removals)}};
}

state field_of(std::string const& text, boost::json::storage_ptr storage = {})
{
    return text.empty() ? state() : present(text, std::move(storage));
}

template<class Body>
struct subject {
    state field;
    Body body;
    bool accepted = false;
};

template<class Make>
void check_apply(policy<> const& rules, Make make_body, bool as_rvalue)
{
    for (auto const& each : examples()) {
        auto const body_text = shown(json(each.body));
        auto const expected = shown(*applied(field_of(each.stored), json(each.body), rules));
        fail_everywhere(
            [&] {
                return subject<decltype(make_body(each))>{field_of(each.stored), make_body(each)};
            },
            [&](auto& on) {
                on.accepted = as_rvalue ? apply(on.field, std::move(on.body), rules).has_value()
                                        : apply(on.field, on.body, rules).has_value();
            },
            [&](auto const& on, bool failed) {
                BOOST_TEST(on.accepted != failed);
                BOOST_TEST(shown(on.field) == (failed ? shown(field_of(each.stored)) : expected));
                if (failed || !as_rvalue)
                    BOOST_TEST(shown(on.body) == body_text);
            });
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_field_and_body_as_they_were)
{
    for (auto const& rules : {first_level, replace, up_to_level(2), rfc7396}) {
        for (bool const as_rvalue : {false, true}) {
            check_apply(
                rules, [](example const& each) { return json(each.body); }, as_rvalue);
            check_apply(
                rules, [](example const& each) { return object(each.body); }, as_rvalue);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_a_field_of_another_storage_as_it_was)
{
    counting_resource here;
    for (auto const& rules : {first_level, replace, rfc7396}) {
        for (auto const& each : examples()) {
            auto const before = shown(field_of(each.stored));
            fail_everywhere(
                [&] {
                    return subject<boost::json::value>{field_of(each.stored, &here), json(each.body)};
                },
                [&](auto& on) {
                    auto const done = apply(on.field, std::move(on.body), rules, {.storage = &here});
                    on.accepted = done.has_value();
                },
                [&](auto const& on, bool failed) {
                    BOOST_TEST(on.accepted != failed);
                    BOOST_TEST((!failed || shown(on.field) == before));
                    BOOST_TEST(shown(on.body) == shown(json(each.body)));
                });
            BOOST_TEST(here.live_bytes == 0);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_a_document_as_it_was)
{
    struct whole {
        boost::json::object document;
        boost::json::value body;
    };
    for (auto const& each : examples()) {
        auto document = object(R"({"first":[1]})");
        if (!each.stored.empty())
            document["field"] = json(each.stored);
        document["last"] = 2;
        fail_everywhere(
            [&] {
                return whole{document, json(each.body)};
            },
            [&](whole& on) { BOOST_TEST_REQUIRE(apply(on.document, "field", on.body, first_level).has_value()); },
            [&](whole const& on, bool failed) {
                BOOST_TEST((shown(on.document) == shown(document)) == failed);
                BOOST_TEST(shown(on.body) == shown(json(each.body)));
            });
        fail_everywhere(
            [&] {
                return whole{document, json(each.body)};
            },
            [&](whole& on) {
                BOOST_TEST_REQUIRE(apply(on.document, "field", std::move(on.body), first_level).has_value());
            },
            [&](whole const& on, bool failed) {
                BOOST_TEST((shown(on.document) == shown(document)) == failed);
                if (failed)
                    BOOST_TEST(shown(on.body) == shown(json(each.body)));
            });
    }
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_the_field_that_applied_copies)
{
    for (auto const& each : examples()) {
        auto const expected = shown(*applied(field_of(each.stored), json(each.body), first_level));
        std::string made(10'000, ' '); // holds enough, so that no attempt leaves more of the heap behind
        fail_everywhere(
            [&] {
                return subject<boost::json::value>{field_of(each.stored), json(each.body)};
            },
            [&](auto& on) {
                auto const done = applied(std::as_const(on.field), on.body, first_level);
                heap::never_fail();
                made = shown(*done);
            },
            [&](auto const& on, bool) { BOOST_TEST(shown(on.field) == shown(field_of(each.stored))); });
        BOOST_TEST(made == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_the_target_of_a_merge_patch_as_it_was)
{
    struct pair {
        boost::json::value target;
        boost::json::value body;
    };
    for (auto const* target : {R"({"a":{"b":[1]},"c":"x"})", "[1,2]", "null"}) {
        for (auto const& body : {wide(R"({"a":{"b":@,"d":{"e":@}},"c":{"f":@},"g":@})"), wide("[@,@]"), wide("@")}) {
            for (bool const as_rvalue : {false, true}) {
                fail_everywhere(
                    [&] {
                        return pair{json(target), json(body)};
                    },
                    [&](pair& on) {
                        BOOST_TEST_REQUIRE(
                            (as_rvalue ? merge_patch(on.target, std::move(on.body)) : merge_patch(on.target, on.body))
                                .has_value());
                    },
                    [&](pair const& on, bool failed) {
                        BOOST_TEST((shown(on.target) == target) == failed);
                        if (failed || !as_rvalue)
                            BOOST_TEST(shown(on.body) == shown(json(body)));
                    });
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_while_reading_leaks_nothing)
{
    auto const text = wide(R"({"a":[@,{"b":@,"b":[1]}],"a":{"c":@},"d\n":"\u00e9"})");
    for (auto const duplicates : {duplicate_keys::last_wins, duplicate_keys::rejected}) {
        fail_everywhere([] { return 0; },
                        [&](int) {
                            static_cast<void>(read_patch(text, policy{any_key{}, {}, {}, {512, duplicates}}));
                        },
                        [](int, bool) {});
    }
}

BOOST_AUTO_TEST_CASE(removing_from_a_patch_that_fails_changes_nothing)
{
    fail_everywhere(
        [] { return patch().set("a", 1); },
        [](patch& made) { made.remove("a key that is too long to be stored anywhere for free"); },
        [](patch const& made, bool failed) { BOOST_TEST((shown(made.members()) == R"({"a":1})") == failed); });
}

BOOST_AUTO_TEST_SUITE_END()

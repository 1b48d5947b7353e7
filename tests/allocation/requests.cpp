// SPDX-License-Identifier: BSL-1.0
#include "../requests.hpp"
#include "counting.hpp"
#include "fail_everywhere.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::fail_everywhere;
using metapatch::test::heap;
using metapatch::test::json;
using metapatch::test::present;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(allocations_of_requests)

namespace {

constexpr std::string_view stored =
    R"({"user_id":"auth0|a long one that needs the heap","name":"a name that is longer than a small string holds",)"
    R"("user_metadata":{"color":"another value that is longer than most","size":{"w":[1,2,3]}},"multifactor":["duo"]})";

/// A request whose answer is a text; it may fail at any allocation, and the stored user is as it was then.
template<class Request>
void check_failing(Request request)
{
    struct subject {
        state user = present(stored);
        std::string outcome{};
    };
    auto const expected = request(subject().user);
    fail_everywhere([] { return subject(); }, [&](auto& on) { on.outcome = request(on.user); },
                    [&](auto const& on, bool failed) {
                        BOOST_TEST(shown(on.user) == stored);
                        if (!failed)
                            BOOST_TEST(on.outcome == expected);
                    });
}

template<class Answer>
std::string told(Answer const& made)
{
    return made ? shown(made->user) : shown(made.error());
}

} // namespace

BOOST_AUTO_TEST_CASE(an_allowed_request_is_authorized_without_allocating)
{
    std::array<std::string_view, 2> const fields{"user_metadata", "app_metadata"};
    std::array<std::string_view, 2> const effects{auth0::effect_fields::create, auth0::effect_fields::remove};
    heap::forget();
    bool fine = authorize(auth0::enforced.rules, {"PATCH /users/{id}",
                                                  scope_view("read:users  update:users_app_metadata "
                                                             "update:current_user_metadata"),
                                                  "auth0|1", "auth0|1", fields})
                    .allowed();
    auto const decision =
        authorize(auth0::documented.rules,
                  {"PATCH /users/{id}", scope_view("create:current_user_metadata delete:current_user_metadata"), "me",
                   "me", effects});
    std::size_t scopes = 0;
    for (auto const scope : decision.granted_by())
        scopes += scope.empty() ? 0 : 1;
    fine = fine && decision && scopes == 2 && decision.reaches("user_metadata");
    BOOST_TEST(heap::allocations == 0U);
    BOOST_TEST(fine);
}

BOOST_AUTO_TEST_CASE(an_update_may_fail_at_any_allocation)
{
    auto const token = token_of("update:users");
    auto const body =
        json(R"({"name":"a new name that is longer than a small string","user_metadata":{"size":{"h":"a )"
             R"(string of the patch that is long"},"color":null,"new":[1]},"app_metadata":{"a":{"b":1}}})");
    check_failing([&](state const& user) { return told(auth0::update_user(user, token, "auth0|1", body)); });
    auto const text = shown(body);
    check_failing([&](state const&) {
        auto const made = auth0::update_user(stored, token, "auth0|1", text);
        return made ? made->user : "refused";
    });
}

BOOST_AUTO_TEST_CASE(a_refusal_may_fail_at_any_allocation)
{
    auto const dotted = json(R"({"user_metadata":{"a":[{"b.c":"a long value that is longer than others"}]}})");
    check_failing(
        [&](state const& user) { return told(auth0::update_user(user, token_of("update:users"), "x", dotted)); });
    check_failing(
        [&](state const& user) { return told(auth0::update_user(user, token_of("read:users"), "x", dotted)); });
    auto rules = auth0::standard_user_rules;
    rules.permissions = auth0::documented;
    auto const change = json(R"({"user_metadata":{"color":"a new color that is longer than others","another":1}})");
    check_failing([&](state const& user) {
        return told(auth0::update_user(user, token_of("delete:current_user_metadata", "x"), "x", change, rules));
    });
}

BOOST_AUTO_TEST_CASE(the_other_endpoints_may_fail_at_any_allocation)
{
    auto const plain = [](auto const& made) { return made ? shown(*made) : shown(made.error()); };
    check_failing([&](state const& user) { return plain(auth0::view_user(user, token_of("read:users"), "x")); });
    check_failing([&](state const& user) {
        return plain(auth0::delete_multifactor_provider(user, token_of("update:users"), "x", "duo"));
    });
    auto const body = json(R"({"connection":"c","password":"p","email":"ann.with.a.long.name@example.com",)"
                           R"("user_metadata":{"a long key that needs the heap":"x"}})");
    check_failing([&](state const&) { return told(auth0::create_user(token_of("create:users"), "x", body)); });
    check_failing([&](state const&) { return plain(auth0::signup("auth0|1", body)); });
    check_failing([&](state const& user) {
        return plain(auth0::update_metadata(auth0::session, user, token_of("update:sessions"),
                                            json(R"({"session_metadata":{"a":"b"}})")));
    });
}

BOOST_AUTO_TEST_CASE(an_update_into_a_buffer_allocates_nothing_when_its_objects_are_used_again)
{
    auto const token = token_of("update:users");
    constexpr std::string_view body =
        R"({"user_metadata":{"color":"blue","hobby":null,"city":{"name":"Oslo","of":["a","b"]}},"name":"x",)"
        R"("app_metadata":{"plan":"team"}})";
    std::array<char, 1'000> room;
    std::span<char> buffer(room);
    auth0::user_update update;
    bool fine = true;
    for (auto const known : {stored_text::checked, stored_text::trusted}) {
        auto rules = auth0::standard_user_rules;
        rules.stored = known;
        fine = fine && !update.read(token, "x", body, rules) && update.apply(stored, buffer);
        heap::forget();
        for (int i = 0; i < 10; ++i)
            fine = fine && !update.read(token, "x", body, rules) && update.apply(stored, buffer);
        BOOST_TEST(heap::allocations == 0U);
    }
    heap::forget();
    fine = fine && auth0::view_user(stored, token_of("read:users"), "x", buffer);
    BOOST_TEST(heap::allocations == 0U);
    BOOST_TEST(fine);
}

BOOST_AUTO_TEST_CASE(requests_as_texts_may_fail_at_any_allocation_and_leave_their_outputs_as_they_were)
{
    constexpr std::string_view body = R"({"name":"a new name that is longer than a small string","connection":"c",)"
                                      R"("password":"p","user_metadata":{"a":{"k":"a value that is long","k":"another )"
                                      R"(value that is longer"}}})";
    constexpr std::string_view patch = R"({"user_metadata":{"a":{"k":"a value that is long","k":"another value"}}})";
    // One with a root member that comes twice goes the careful way.
    constexpr std::string_view twice = R"({"name":"a name that is longer than a small string holds","name":"y"})";
    auto const check = [](auto request) {
        struct outputs {
            std::string text = "before";
            text_pieces pieces{{"before"}, {}};
        };
        fail_everywhere([] { return outputs(); }, [&](auto& on) { request(on.text), request(on.pieces); },
                        [&](auto const& on, bool failed) {
                            BOOST_TEST(on.text.starts_with("before"));
                            BOOST_TEST(on.pieces.pieces.front() == "before");
                            if (failed) {
                                BOOST_TEST(on.pieces.pieces.size() == 1U);
                                BOOST_TEST(on.pieces.owned.empty());
                            } else {
                                BOOST_TEST(on.text.size() > 6U);
                            }
                        });
    };
    check([&](auto& out) { static_cast<void>(auth0::update_user(stored, token_of("update:users"), "x", patch, out)); });
    check([&](auto& out) { static_cast<void>(auth0::update_user(twice, token_of("update:users"), "x", patch, out)); });
    check([&](auto& out) { static_cast<void>(auth0::create_user(token_of("create:users"), "x", body, out)); });
    check([&](auto& out) { static_cast<void>(auth0::view_user(stored, token_of("read:users"), "x", out)); });
    check([&](auto& out) {
        static_cast<void>(auth0::delete_multifactor_provider(stored, token_of("update:users"), "x", "duo", out));
    });
}

BOOST_AUTO_TEST_SUITE_END()

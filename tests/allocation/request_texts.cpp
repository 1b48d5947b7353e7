// SPDX-License-Identifier: BSL-1.0
#include "../requests.hpp"
#include "counting.hpp"
#include "fail_everywhere.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/auth0.hpp>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

using namespace metapatch;
using metapatch::test::fail_everywhere;
using metapatch::test::heap;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(allocations_of_requests_as_texts)

namespace {

constexpr std::string_view user =
    R"({"user_id":"auth0|a long one that needs the heap","n\u0061me":"a name that is longer than a small string holds",)"
    R"("user_metadata":{"color":"another value that is longer than most","a\u0062":{"w":[1,2,3]}},"multifactor":)"
    R"(["duo","a provider with a long name"],"identities":[{"access_token":"x","n":1},{"n":"a\u0061"}],"password":"p"})";
constexpr std::string_view twice =
    R"({"name":"a name that is longer than a small string holds","name":"y","user_metadata":{"color":"c"}})";
constexpr std::string_view new_user =
    R"({"name":"a new name that is longer than a small string","connection":"c","password":"p",)"
    R"("user_metadata":{"a":{"k":"a value that is long enough","k":"another value that is longer"},"b":null}})";
constexpr std::string_view change =
    R"({"name":"a new name that is longer than a small string","user_metadata":{"c\u0061 long key that needs the heap")"
    R"(:{"k":"a value that is long","k":"another value"},"color":null}})";

struct into_string {
    std::string out = "before";

    std::string told() const { return out; }
};

struct into_pieces {
    text_pieces out{{"before"}, {}};

    std::string told() const
    {
        std::string text;
        for (auto const piece : out.pieces)
            text += piece;
        return text;
    }
};

/// A request that may fail at any allocation; its output is as it was then. So it is where the request is refused.
/// @param request  asks with an output; gives whether it was done
template<class Output, class Request>
void check_failing_into(Request request, bool is_done)
{
    auto expected = Output();
    BOOST_TEST(request(expected.out) == is_done);
    fail_everywhere([] { return Output(); }, [&](auto& into) { request(into.out); },
                    [&](auto const& into, bool failed) {
                        BOOST_TEST(into.told() == (failed ? "before" : expected.told()));
                        if constexpr (std::is_same_v<Output, into_pieces>)
                            BOOST_TEST((!failed || into.out.owned.empty()));
                    });
}

template<class Request>
void check_failing(Request request, bool is_done = true)
{
    check_failing_into<into_string>(request, is_done);
    check_failing_into<into_pieces>(request, is_done);
}

} // namespace

BOOST_AUTO_TEST_CASE(updates_leave_their_output_as_it_was)
{
    auto const token = token_of("update:users");
    auto effects = auth0::standard_user_rules;
    effects.permissions = auth0::documented;
    auto trusted = auth0::standard_user_rules;
    trusted.stored = stored_text::trusted;
    auto small = auth0::standard_user_rules;
    small.user_metadata.limits.max_bytes = 90; // of what is stored alone it is more
    for (auto const stored : {user, twice, std::string_view("{}")}) {
        for (auto const& rules : {auth0::standard_user_rules, trusted})
            check_failing(
                [&](auto& out) { return auth0::update_user(stored, token, "x", change, out, rules).has_value(); });
    }
    auto const own =
        token_of("create:current_user_metadata update:current_user_metadata delete:current_user_metadata", "x");
    constexpr std::string_view metadata = R"({"user_metadata":{"color":null,"a":{"k":"a value that is long","k":[]}}})";
    check_failing([&](auto& out) { return auth0::update_user(user, own, "x", metadata, out, effects).has_value(); });
    constexpr std::string_view more =
        R"({"user_metadata":{"a long key that needs the heap":"a value that is longer"}})";
    check_failing([&](auto& out) { return auth0::update_user(user, token, "x", more, out, small).has_value(); }, false);
    check_failing([&](auto& out) { return auth0::update_user("{]", token, "x", more, out).has_value(); }, false);
    check_failing([&](auto& out) { return auth0::update_user({}, token, "x", more, out).has_value(); }, false);
}

BOOST_AUTO_TEST_CASE(new_users_leave_their_output_as_it_was)
{
    auto const token = token_of("create:users");
    auto rules = auth0::standard_user_rules;
    rules.max_metadata_bytes = new_user.size() - 1; // a size that has to be looked at
    constexpr std::string_view user_id = "auth0|an id \"of its own\" that needs the heap";
    check_failing([&](auto& out) { return auth0::create_user(token, user_id, new_user, out).has_value(); });
    check_failing([&](auto& out) { return auth0::create_user(token, user_id, new_user, out, rules).has_value(); });
    check_failing([&](auto& out) { return auth0::create_user(token, user_id, "{}", out).has_value(); }, false);

    constexpr std::string_view texts = R"({"connection":"c","password":"p","n\u0061me":"a name that needs the heap",)"
                                       R"("user_metadata":{"a long key that needs the heap":"x"}})";
    constexpr std::string_view faulty =
        R"({"connection":"c","password":"p","user_metadata":{"a long key":["of what?"]}})";
    check_failing([&](auto& out) { return auth0::signup(user_id, texts, out).has_value(); });
    check_failing([&](auto& out) { return auth0::signup(user_id, faulty, out).has_value(); }, false);
}

BOOST_AUTO_TEST_CASE(views_and_deletions_leave_their_output_as_it_was)
{
    std::array<std::string_view, 2> const names{"name", "identities"};
    for (auto const& fields : {auth0::view_fields{}, auth0::view_fields{names, true}, auth0::view_fields{names, false}})
        check_failing(
            [&](auto& out) { return auth0::view_user(user, token_of("read:users"), "x", out, fields).has_value(); });
    check_failing([](auto& out) { return auth0::view_user("{", token_of("read:users"), "x", out).has_value(); }, false);
    check_failing([](auto& out) {
        return auth0::delete_multifactor_provider(user, token_of("update:users"), "x", "duo", out).has_value();
    });
}

BOOST_AUTO_TEST_CASE(requests_for_resources_leave_their_output_as_it_was)
{
    constexpr std::string_view body =
        R"({"client_metadata":{"a long key that needs the heap":"and a long value","b":null}})";
    constexpr std::string_view stored =
        R"({"client_id":"x","client_metadata":{"b":"a value that is longer than most"}})";
    auto const token = token_of("update:clients create:clients");
    check_failing(
        [&](auto& out) { return auth0::update_metadata(auth0::client, stored, token, body, out).has_value(); });
    check_failing([&](auto& out) { return auth0::create_metadata(auth0::client, token, body, out).has_value(); });
    constexpr std::string_view twins = R"({"client_metadata":{},"client_metadata":{"b":"x"}})";
    check_failing(
        [&](auto& out) { return auth0::update_metadata(auth0::client, twins, token, body, out).has_value(); });
    constexpr std::string_view faulty = R"({"client_metadata":{"a":{"of":"what?"}}})";
    check_failing(
        [&](auto& out) { return auth0::update_metadata(auth0::client, stored, token, faulty, out).has_value(); },
        false);
}

BOOST_AUTO_TEST_CASE(an_update_that_could_not_be_read_is_as_new_and_can_be_read_again)
{
    auto const token = token_of("update:users");
    constexpr std::string_view before = R"({"nickname":"n","user_metadata":{"b":{"k":1,"k":2},"\u0061":1}})";
    std::string many = R"({"user_metadata":{)";
    for (int i = 0; i < 40; ++i)
        many.append(i > 0 ? "," : "").append("\"\\u006bey ").append(std::to_string(i)) += R"(":{"k":1,"k":[1]})";
    many += "}}";
    auto const expected = auth0::update_user(user, token, "x", many)->user;
    for (bool const is_new : {true, false}) {
        struct subject {
            auth0::user_update update{};
            std::string out{};
        };
        fail_everywhere(
            [&] {
                auto made = std::make_unique<subject>();
                if (!is_new)
                    BOOST_TEST(!made->update.read(token, "x", before));
                return made;
            },
            [&](auto& on) { static_cast<void>(on->update.read(token, "x", many)); },
            [&](auto& on, bool failed) {
                BOOST_TEST(on->update.is_admitted() == !failed);
                BOOST_TEST(on->update.apply("{}", on->out).has_value() == !failed);
                BOOST_TEST(on->out.empty() == failed);
                on->out.clear();
                BOOST_TEST(!on->update.read(token, "x", many));
                BOOST_TEST(on->update.apply(user, on->out).has_value());
                BOOST_TEST(on->out == expected);
            });
    }
}

BOOST_AUTO_TEST_CASE(objects_that_are_used_again_allocate_nothing_into_a_buffer_however_many_members_there_are)
{
    std::string body = R"({"name":"x","user_metadata":{)";
    std::string stored = R"({"user_id":"x","user_metadata":{)";
    for (int i = 0; i < 60; ++i) {
        body.append(i > 0 ? ",\"k" : "\"k").append(std::to_string(2 * i)) += R"(":{"a":["text"],"b":{}})";
        stored.append(i > 0 ? ",\"k" : "\"k").append(std::to_string(i)) += R"(":"value")";
    }
    body += R"(},"app_metadata":{"k1":1,"k2":null}})";
    stored += R"(},"app_metadata":{"k2":{}}})";
    std::array<char, 8'000> room;
    std::span<char> buffer(room);
    auth0::user_update update;
    auto const token = token_of("update:users");
    bool fine = !update.read(token, "x", body) && update.apply(stored, buffer);
    heap::forget();
    for (auto const size : {std::size_t{0}, std::size_t{100}, room.size()}) {
        auto part = buffer.first(size); // too small a buffer costs nothing either
        fine = fine && !update.read(token, "x", body) && update.apply(stored, part);
        update.prepare();
        fine = fine && update.apply(stored, part) && update.apply("{}", part);
    }
    BOOST_TEST(heap::allocations == 0U);
    BOOST_TEST(fine);
}

BOOST_AUTO_TEST_SUITE_END()

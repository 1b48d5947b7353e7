// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_update.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using metapatch::test::reason;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(updates_of_users)

namespace {

constexpr std::string_view body = R"({"user_metadata":{"city":"Oslo","hobby":null},"name":"x"})";

std::string applied(auth0::user_update const& update, std::optional<std::string_view> stored)
{
    std::string out = "before:";
    auto const done = update.apply(stored, out);
    if (!done) {
        BOOST_TEST(out == "before:");
        return reason(done.error());
    }
    BOOST_TEST(done->size + 7 == out.size());
    return out.substr(7);
}

} // namespace

BOOST_AUTO_TEST_CASE(an_update_is_read_once_for_many_users)
{
    auth0::user_update update;
    BOOST_TEST(!update.is_admitted());
    BOOST_TEST(applied(update, "{}") == "401 unauthorized");
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", body));
    BOOST_TEST(update.is_admitted());
    BOOST_TEST(applied(update, R"({"user_metadata":{"hobby":"chess"}})") ==
               R"({"user_metadata":{"city":"Oslo"},"name":"x"})");
    BOOST_TEST(applied(update, R"({"name":"y","name":"z"})") == R"({"name":"x","user_metadata":{"city":"Oslo"}})");
    BOOST_TEST(applied(update, {}) == "404 not_found");
    BOOST_TEST(applied(update, "[") == "500 unreadable_state");
    BOOST_TEST(applied(update, R"({"user_metadata":1})") == "500 unreadable_state");
    BOOST_TEST(applied(update, "{}") == R"({"name":"x","user_metadata":{"city":"Oslo"}})");
}

BOOST_AUTO_TEST_CASE(an_update_that_was_made_ready_for_many_users_does_the_same_to_each)
{
    auth0::user_update update;
    update.prepare(); // of no request
    BOOST_TEST(!update.is_admitted());
    std::string const large = R"({"user_metadata":{"hobby":"chess"}})" + std::string(2000, ' ');
    std::string const made = R"({"user_metadata":{"city":"Oslo"}})" + std::string(2000, ' ');
    for (std::string_view const text :
         {R"({"user_metadata":{"city":"Oslo","hobby":null}})", // of one field, and of more
          R"({"user_metadata":{"city":"Oslo","hobby":null},"app_metadata":{}})"}) {
        BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", text));
        for (int i = 0; i < 2; ++i) {
            BOOST_TEST(applied(update, R"({"user_metadata":{"hobby":"chess"}})") ==
                       R"({"user_metadata":{"city":"Oslo"}})");
            BOOST_TEST(applied(update, large) == made);
            update.prepare();
        }
    }
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", R"({"user_metadata":{"colour":"red"}})"));
    BOOST_TEST(applied(update, R"({"user_metadata":{"city":"Oslo"}})") ==
               R"({"user_metadata":{"city":"Oslo","colour":"red"}})"); // and nothing of the one before
    BOOST_TEST(applied(update, R"({"user_metadata":{"colour":"blue"}})") == R"({"user_metadata":{"colour":"red"}})");
    BOOST_TEST(applied(update, R"({"user_metadata":{"colour":"blue"}})" + std::string(2000, ' ')) ==
               R"({"user_metadata":{"colour":"red"}})" + std::string(2000, ' '));
}

BOOST_AUTO_TEST_CASE(an_update_that_was_refused_is_not_made_ready_of_the_body_before)
{
    auth0::user_update update;
    {
        auto const gone = R"({"user_metadata":{")" + std::string(100, 'k') + "\":1}}";
        BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", gone));
    }
    BOOST_TEST_REQUIRE(update.read(std::optional<auth0::access_token>(), "x", body).has_value());
    update.prepare(); // reads nothing that is gone, which the sanitizers tell
    BOOST_TEST(!update.is_admitted());
}

BOOST_AUTO_TEST_CASE(what_is_refused_before_any_user_is_told_by_reading)
{
    auth0::user_update update;
    auto const read = [&](auto const& token, std::string_view text) {
        auto const refused = update.read(token, "me", text);
        BOOST_TEST(update.is_admitted() == !refused.has_value());
        return refused ? reason(*refused) : "admitted";
    };
    BOOST_TEST(read(std::optional<auth0::access_token>(), body) == "401 unauthorized");
    BOOST_TEST(read(token_of("read:users"), "{") == "403 insufficient_scope");
    BOOST_TEST(read(token_of("update:users"), "{") == "400 malformed_body");
    BOOST_TEST(read(token_of("update:current_user_metadata", "you"), body) == "403 subject_mismatch");
    BOOST_TEST(read(token_of("update:current_user_metadata", "me"), body) == "403 fields_out_of_reach");
    BOOST_TEST(read(token_of("update:users"), R"({"user_metadata":{"a.b":1}})") == "admitted");
    BOOST_TEST(applied(update, "{}") == "400 rule_violation");
    BOOST_TEST(applied(update, "{") == "500 unreadable_state");
    BOOST_TEST(applied(update, {}) == "404 not_found");
}

BOOST_AUTO_TEST_CASE(all_outputs_get_the_same)
{
    auth0::user_update update;
    BOOST_TEST_REQUIRE(
        !update.read(token_of("update:users"), "x", R"({"user_metadata":{"a":{"k":1,"k":2},"b":null}})"));
    for (std::string_view const stored : {R"({"user_metadata":{"b":[1, 2],"c":3}, "x":1})", R"({"x":1,"x":2})"}) {
        auto const text = applied(update, stored);
        std::vector<char> room(text.size());
        std::span<char> buffer(room);
        BOOST_TEST(update.apply(stored, buffer)->size == text.size());
        BOOST_TEST(std::string(room.begin(), room.end()) == text);
        auto small = buffer.first(5);
        BOOST_TEST(update.apply(stored, small)->size == text.size());
        text_pieces pieces;
        BOOST_TEST(update.apply(stored, pieces)->size == text.size());
        std::string joined;
        for (auto const piece : pieces.pieces)
            joined += piece;
        BOOST_TEST(joined == text);
    }
}

BOOST_AUTO_TEST_CASE(a_trusted_text_is_not_checked)
{
    auto rules = auth0::standard_user_rules;
    rules.stored = stored_text::trusted;
    auth0::user_update update;
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", R"({"user_metadata":{"a":1}})", rules));
    BOOST_TEST(applied(update, R"({"bad":01,"user_metadata":{}})") == R"({"bad":01,"user_metadata":{"a":1}})");
    BOOST_TEST(applied(update, "no object") == "500 unreadable_state");
}

BOOST_AUTO_TEST_CASE(effects_are_judged_where_the_table_asks_for_it)
{
    auto rules = auth0::standard_user_rules;
    rules.permissions = auth0::documented;
    auth0::user_update update;
    BOOST_TEST_REQUIRE(
        !update.read(token_of("update:current_user_metadata", "me"), "me", R"({"user_metadata":{"a":1}})", rules));
    BOOST_TEST(applied(update, R"({"user_metadata":{"a":2}})") == R"({"user_metadata":{"a":1}})");
    BOOST_TEST(applied(update, R"({"user_metadata":{}})") == "403 insufficient_scope");
}

BOOST_AUTO_TEST_CASE(an_update_that_is_read_again_knows_nothing_of_the_one_before)
{
    auto rules = auth0::standard_user_rules;
    rules.user_metadata.limits.max_members = 1;
    auth0::user_update update;
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", R"({"user_metadata":{"a":{"k":1,"k":2}}})", rules));
    BOOST_TEST(applied(update, R"({"user_metadata":{"b":1}})") == "400 rule_violation");
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", R"({"nickname":null})"));
    BOOST_TEST(applied(update, R"({"user_metadata":{"b":1},"nickname":"n"})") == R"({"user_metadata":{"b":1}})");
    BOOST_TEST_REQUIRE(update.read(token_of("read:users"), "x", body).has_value());
    BOOST_TEST(!update.is_admitted());
    BOOST_TEST(applied(update, "{}") == "401 unauthorized");
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", R"({"user_metadata":{"c":3}})"));
    BOOST_TEST(applied(update, R"({"user_metadata":{"b":1}})") == R"({"user_metadata":{"b":1,"c":3}})");
}

BOOST_AUTO_TEST_CASE(pieces_may_outlive_an_update_that_hands_over_what_they_refer_to)
{
    text_pieces pieces;
    {
        auth0::user_update update;
        BOOST_TEST_REQUIRE(
            !update.read(token_of("update:users"), "x", R"({"user_metadata":{"a":{"k":1,"k":"a long value of it"}}})"));
        BOOST_TEST_REQUIRE(update.apply(R"({"x":1})", pieces).has_value());
        update.release(pieces);
    }
    std::string joined;
    for (auto const piece : pieces.pieces)
        joined += piece;
    BOOST_TEST(joined == R"({"x":1,"user_metadata":{"a":{"k":"a long value of it"}}})");
    BOOST_TEST(pieces.owned.size() == 1U);
}

BOOST_AUTO_TEST_CASE(near_a_limit_both_ways_give_the_same)
{
    auth0::user_update update;
    for (std::size_t limit = 0; limit < 60; ++limit) {
        for (std::string_view const known : {"", R"(,"x":1,"x":2)"}) { // a twin makes it go the careful way
            auto rules = auth0::standard_user_rules;
            rules.user_metadata.limits.max_bytes = limit;
            BOOST_TEST_REQUIRE(
                !update.read(token_of("update:users"), "x", R"({"user_metadata":{"b":[ 1, 2 ],"c":null}})", rules));
            auto const stored = R"({"user_metadata": { "a" : "0123456789" , "c":3 } )" + std::string(known) + "}";
            auto const made = applied(update, stored);
            if (limit < std::string_view(R"({"a":"0123456789","b":[1,2]})").size())
                BOOST_TEST(made == "400 rule_violation");
            else
                BOOST_TEST(made.starts_with(R"({"user_metadata": { "a" : "0123456789" ,"b":[ 1, 2 ]} )"), made);
            rules.user_metadata.limits.max_bytes = unlimited;
            rules.max_metadata_bytes = limit;
            BOOST_TEST_REQUIRE(
                !update.read(token_of("update:users"), "x", R"({"user_metadata":{"b":[ 1, 2 ],"c":null}})", rules));
            BOOST_TEST((applied(update, stored) == made));
        }
    }
}

BOOST_AUTO_TEST_CASE(twins_inside_of_what_the_body_does_not_name_keep_their_bytes_either_way)
{
    auth0::user_update update;
    BOOST_TEST_REQUIRE(!update.read(token_of("update:users"), "x", R"({"name":"z","user_metadata":{"a":1}})"));
    BOOST_TEST(applied(update, R"({"name":"m","user_metadata":{"x": {"k":1,"k":2}}})") ==
               R"({"name":"z","user_metadata":{"x": {"k":1,"k":2},"a":1}})");
    BOOST_TEST(applied(update, R"({"name":"n","name":"m","user_metadata":{"x": {"k":1,"k":2}}})") ==
               R"({"name":"z","user_metadata":{"x": {"k":1,"k":2},"a":1}})");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0

// A name of each room, by the umbrellas.
#include <metapatch/access.hpp>
#include <metapatch/algebra.hpp>
#include <metapatch/auth0/algebra.hpp>
#include <metapatch/auth0/contract.hpp>
#include <metapatch/auth0/login.hpp>
#include <metapatch/auth0/management.hpp>
#include <metapatch/auth0/request.hpp>
#include <metapatch/json.hpp>
#include <metapatch/outcome.hpp>
#include <metapatch/patch.hpp>
#include <metapatch/policy.hpp>
#include <metapatch/simd.hpp>
#include <metapatch/splice.hpp>

#include "../patch_text.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(umbrellas)

BOOST_AUTO_TEST_CASE(each_room_has_its_names)
{
    BOOST_TEST(report().empty());
    BOOST_TEST(read_value("[1]").has_value());
    BOOST_TEST(is_json("[1]"));
    BOOST_TEST(scope_view("read:users").contains("read:users"));
    BOOST_TEST((first_level.merge.depth == 1));
    BOOST_TEST(read_patch("{}", first_level).has_value());
    BOOST_TEST(**spliced("{}", R"({"a":1})", first_level) == R"({"a":1})");
    BOOST_TEST(auth0::find_profile("auth0.user_metadata") != nullptr);
    BOOST_TEST(auth0::effects_of({}, {}).created.empty());
    BOOST_TEST((auth0::standard_user_rules.large_profile_bytes == 10'240));
    BOOST_TEST(auth0::signup("auth0|1", std::string_view(R"({"password":"p","connection":"db"})")).has_value());
    BOOST_TEST(auth0::passkey_signup("auth0|1", std::string_view(R"({"user_profile":{"email":"a@b"}})")).has_value());
}

BOOST_AUTO_TEST_CASE(algebra_has_all_operations)
{
    auto const& policy = auth0::user_metadata;
    auto const before = field(R"({"color":"red","hobby":"chess"})");
    auto const changes = diff(before, field(R"({"color":"blue"})"), policy).value();
    auto const both = compose(changes, patch().set("city", "Oslo")).value();
    BOOST_TEST(shown(both) == R"({"hobby":null,"color":"blue","city":"Oslo"})");
    BOOST_TEST(shown(inverse(before, both, policy)) == R"({"hobby":"chess","color":"red","city":null})");
    BOOST_TEST(shown(to_bodies(both, policy)) == R"({"hobby":null,"color":"blue","city":"Oslo"})");
    BOOST_TEST(!commutes(both, patch().set("color", "green"), policy));
    BOOST_TEST(shown(rebase(both, changes, policy).rest) == R"({"city":"Oslo"})");
    BOOST_TEST(three_way(before, before, field("{}"), policy)->mine.is_untouched());
}

namespace {

template<class Text>
concept kept_by_each = requires(Text&& text, exact_dom& numbers, member_index& index, text_patch& patch,
                                auth0::user_update& update, auth0::access_token const& token)
{
    scanner(std::forward<Text>(text));
    scope_view(std::forward<Text>(text));
    member_cursor(std::forward<Text>(text));
    numbers.read(std::forward<Text>(text));
    index.read(std::forward<Text>(text));
    patch.read(std::forward<Text>(text), first_level);
    update.read(token, "auth0|1", std::forward<Text>(text));
    update.read(token, std::forward<Text>(text), "{}");
};

template<class Text>
concept kept_by_any = requires(Text&& text)
{
    scanner(std::forward<Text>(text));
}
|| requires(Text&& text)
{
    scope_view(std::forward<Text>(text));
}
|| requires(Text&& text)
{
    member_cursor(std::forward<Text>(text));
}
|| requires(Text&& text, exact_dom& numbers)
{
    numbers.read(std::forward<Text>(text));
}
|| requires(Text&& text, member_index& index)
{
    index.read(std::forward<Text>(text));
}
|| requires(Text&& text, text_patch& patch)
{
    patch.read(std::forward<Text>(text), first_level);
}
|| requires(Text&& text, auth0::user_update& update, auth0::access_token const& token)
{
    update.read(token, "auth0|1", std::forward<Text>(text));
}
|| requires(Text&& text, auth0::user_update& update, auth0::access_token const& token)
{
    update.read(token, std::forward<Text>(text), "{}");
}
|| requires(Text&& text, auth0::user_update& update, auth0::access_token const& token)
{
    update.read(token, std::forward<Text>(text), std::forward<Text>(text));
};

template<class Text, class Out>
concept written_by_each = requires(Text&& text, Out& out, text_patch const& patch, auth0::user_update const& update,
                                   auth0::access_token const& token, auth0::resource const& kind)
{
    splice(std::forward<Text>(text), patch, out);
    update.apply(std::forward<Text>(text), out);
    auth0::update_user(std::forward<Text>(text), token, "auth0|1", "{}", out);
    auth0::update_user("{}", token, "auth0|1", std::forward<Text>(text), out);
    auth0::create_user(token, "auth0|1", std::forward<Text>(text), out);
    auth0::view_user(std::forward<Text>(text), token, "auth0|1", out);
    auth0::delete_multifactor_provider(std::forward<Text>(text), token, "auth0|1", "duo", out);
    auth0::update_metadata(kind, std::forward<Text>(text), token, "{}", out);
    auth0::update_metadata(kind, "{}", token, std::forward<Text>(text), out);
    auth0::create_metadata(kind, token, std::forward<Text>(text), out);
    auth0::signup("auth0|1", std::forward<Text>(text), out);
};

template<class Text, class Out>
concept written_by_any = requires(Text&& text, Out& out, text_patch const& patch)
{
    splice(std::forward<Text>(text), patch, out);
}
|| requires(Text&& text, Out& out, auth0::user_update const& update)
{
    update.apply(std::forward<Text>(text), out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token)
{
    auth0::update_user(std::forward<Text>(text), token, "auth0|1", "{}", out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token)
{
    auth0::update_user("{}", token, "auth0|1", std::forward<Text>(text), out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token)
{
    auth0::create_user(token, "auth0|1", std::forward<Text>(text), out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token)
{
    auth0::view_user(std::forward<Text>(text), token, "auth0|1", out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token)
{
    auth0::delete_multifactor_provider(std::forward<Text>(text), token, "auth0|1", "duo", out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token, auth0::resource const& kind)
{
    auth0::update_metadata(kind, std::forward<Text>(text), token, "{}", out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token, auth0::resource const& kind)
{
    auth0::update_metadata(kind, "{}", token, std::forward<Text>(text), out);
}
|| requires(Text&& text, Out& out, auth0::access_token const& token, auth0::resource const& kind)
{
    auth0::create_metadata(kind, token, std::forward<Text>(text), out);
}
|| requires(Text&& text, Out& out)
{
    auth0::signup("auth0|1", std::forward<Text>(text), out);
};

} // namespace

BOOST_AUTO_TEST_CASE(nothing_keeps_a_view_of_a_text_that_is_gone)
{
    static_assert(kept_by_each<std::string&>);
    static_assert(kept_by_each<std::string_view>);
    static_assert(kept_by_each<char const(&)[3]>);
    static_assert(!kept_by_any<std::string>);
    static_assert(!kept_by_any<std::string const>);
    static_assert(written_by_each<std::string&, text_pieces>);
    static_assert(written_by_each<std::string_view, text_pieces>);
    static_assert(written_by_each<std::string, std::string>); // which copies
    static_assert(!written_by_any<std::string, text_pieces>);
}

BOOST_AUTO_TEST_CASE(nothing_keeps_a_view_of_a_value_that_is_gone)
{
    static_assert(std::is_constructible_v<value_walk, boost::json::value const&>);
    static_assert(!std::is_constructible_v<value_walk, boost::json::value>);
    static_assert(!std::is_constructible_v<value_walk, boost::json::object>);
    static_assert(std::is_constructible_v<member_cursor, std::string_view, wanted_keys const&>);
    static_assert(!std::is_constructible_v<member_cursor, std::string_view, wanted_keys>);
    static_assert(std::is_constructible_v<access_table, std::vector<access_rule>&>);
    static_assert(std::is_constructible_v<access_table, std::span<access_rule const>>);
    static_assert(std::is_constructible_v<access_table, access_table const>);
    static_assert(!std::is_constructible_v<access_table, std::vector<access_rule>>);
    static_assert(!std::is_constructible_v<access_table, access_index<2>>);
    static_assert(std::is_constructible_v<reserved_names, std::array<std::string_view, 2> const&>);
    static_assert(!std::is_constructible_v<reserved_names, std::array<std::string_view, 2>>);
}

BOOST_AUTO_TEST_CASE(what_is_not_there_and_what_is_written_in_quotes_is_not_ambiguous)
{
    auto const may = [](std::string_view scopes) {
        return std::optional(auth0::access_token{.scopes = scope_view(scopes)});
    };
    auto const token = may("update:users read:users create:users");
    boost::json::value const value = boost::json::object{{"name", "Ann"}};
    std::string const text = R"({"name":"Ann"})";
    auto const is_not_found = [](auto const& answer) { return !answer && answer.error().status == 404; };
    BOOST_TEST(is_not_found(auth0::update_user(std::nullopt, token, "auth0|1", R"({"name":"Ann"})")));
    BOOST_TEST(is_not_found(auth0::update_user(std::nullopt, token, "auth0|1", text)));
    BOOST_TEST(is_not_found(auth0::update_user(std::nullopt, token, "auth0|1", value)));
    BOOST_TEST(is_not_found(auth0::view_user(std::nullopt, token, "auth0|1")));
    BOOST_TEST(is_not_found(auth0::delete_multifactor_provider(std::nullopt, token, "auth0|1", "duo")));
    auto const& kind = *auth0::resources.front();
    auto const on_clients = may("update:clients create:clients");
    BOOST_TEST(is_not_found(auth0::update_metadata(kind, std::nullopt, on_clients, R"({"client_metadata":{}})")));
    BOOST_TEST(is_not_found(
        auth0::update_metadata(kind, std::nullopt, on_clients,
                               boost::json::value(boost::json::object{{"client_metadata", boost::json::object()}}))));
    BOOST_TEST(auth0::create_metadata(kind, on_clients, R"({"client_metadata":{}})").has_value());
    BOOST_TEST(auth0::create_user(token, "auth0|1", R"({"connection":"c"})").has_value());
    BOOST_TEST(!auth0::signup("auth0|1", "{").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

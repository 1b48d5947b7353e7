// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/patch_members.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/simd/members.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::detail::patch_members;

BOOST_AUTO_TEST_SUITE(members_of_a_patch)

namespace {

/// Reads `{"key":value,…}` of scalars without colons in them.
void read(patch_members& members, std::string_view text)
{
    for (std::size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1)) {
        auto const end = text.find_last_of('"', colon);
        auto const begin = text.find_last_of('"', end - 1);
        members.begin_member(text, {.before = text.find_last_not_of(" ,", begin - 1) + 1,
                                    .begin = begin,
                                    .end = end,
                                    .value = text.find_first_not_of(' ', colon + 1),
                                    .level = 1,
                                    .may_hold_escapes = true,
                                    .may_hold_suspects = true});
    }
    members.end_member(text, text.find_last_not_of(' ', text.rfind('}') - 1) + 1);
}

std::string told(patch_members const& members)
{
    std::string text;
    for (auto const& each : members.all())
        text.append(each.key).append("=").append(each.removes() ? "-" : each.value) += ' ';
    return text;
}

std::size_t find(patch_members const& members, std::string_view key)
{
    return members.find(key, detail::fingerprint(key));
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_mean_what_they_say_and_values_are_bytes)
{
    patch_members members;
    read(members, R"({ "a" : 1 , "\u0062":[1, 2] ,"c":null })");
    BOOST_TEST(!members.resolve());
    BOOST_TEST(told(members) == "a=1 b=[1, 2] c=- ");
    BOOST_TEST(members.all()[0].label == "\"a\" : ");
    BOOST_TEST(find(members, "b") == 1U);
    BOOST_TEST(find(members, "d") == patch_members::npos);
}

BOOST_AUTO_TEST_CASE(of_a_key_the_last_wins_in_the_place_of_the_first_however_many_there_are)
{
    for (int const more : {0, 6, 7, 20, 125, 126, 127, 300}) { // few, several and many
        std::string text = R"({"a":1,"b":2,"a":3)";
        std::string expected = "a=3 b=2 ";
        for (int i = 0; i < more; ++i) {
            text += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
            expected += "k" + std::to_string(i) + "=" + std::to_string(i) + " ";
        }
        text += "}";
        patch_members members;
        read(members, text);
        BOOST_TEST(members.resolve());
        BOOST_TEST(told(members) == expected);
        BOOST_TEST(find(members, "a") == 0U);
        BOOST_TEST(find(members, "b") == 1U);
    }
}

BOOST_AUTO_TEST_CASE(cleared_members_are_forgotten)
{
    patch_members members;
    read(members, R"({"\u0061":1})");
    members.clear();
    BOOST_TEST(members.all().empty());
    read(members, R"({"b":2})");
    members.resolve();
    BOOST_TEST(told(members) == "b=2 ");
    BOOST_TEST(!members.may_find(detail::fingerprint("a")));
    BOOST_TEST(members.may_find(detail::fingerprint("b")));
}

BOOST_AUTO_TEST_CASE(few_and_many_are_found_by_their_keys_alone)
{
    patch_members members;
    for (int const count : {0, 1, 8, 9, 128, 129, 300, 60, 5}) { // the last are read into what held many
        for (std::string const same_ends : {"", "_and_more"}) {  // the same ends and length: the same fingerprint
            auto const key = [&same_ends](int i) { return "key_and_" + std::to_string(1'000 + i) + same_ends; };
            std::string text = "{";
            for (int i = 0; i < count; ++i)
                text += (i > 0 ? ",\"" : "\"") + key(i) + "\":" + std::to_string(i);
            text += "}";
            members.clear();
            read(members, text);
            BOOST_TEST(members.resolve() == false);
            BOOST_TEST(members.all().size() == static_cast<std::size_t>(count));
            for (int i = 0; i < 310; ++i) {
                auto const place = find(members, key(i));
                BOOST_TEST(place == (i < count ? static_cast<std::size_t>(i) : patch_members::npos));
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

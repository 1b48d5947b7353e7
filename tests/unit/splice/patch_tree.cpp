// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/patch_tree.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/splice/text_patch.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(trees_of_patches)

namespace {

std::string shown(detail::patch_tree const& tree, std::span<patch_member const> members)
{
    std::string text;
    for (auto const& each : members) {
        text.append(text.empty() ? "" : " ").append(each.key).append("=");
        if (each.merges())
            text +=
                "(" + shown(tree, tree.members(tree[each.inside])) + ")" + (tree[each.inside].as_it_stands ? "" : "*");
        else
            text += each.removes() ? "-" : each.value;
    }
    return text;
}

/// What a patch's text merges, level by level; a star where an object is not merged into nothing as it stands.
std::string read(std::string_view text, metapatch::policy<> const& policy)
{
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(text, policy).empty());
    return shown(detail::content_of(std::as_const(patch)).tree(), patch.members());
}

} // namespace

BOOST_AUTO_TEST_CASE(objects_are_part_of_it_down_to_the_last_level_that_merges)
{
    std::string_view const text = R"({"a":{"b":{"c":{"d":1}}},"e":2})";
    BOOST_TEST(read(text, first_level) == R"(a={"b":{"c":{"d":1}}} e=2)");
    BOOST_TEST(read(text, up_to_level(2)) == R"(a=(b={"c":{"d":1}}) e=2)");
    BOOST_TEST(read(text, up_to_level(3)) == R"(a=(b=(c={"d":1})) e=2)");
    BOOST_TEST(read(text, up_to_level(4)) == R"(a=(b=(c=(d=1))) e=2)");
    BOOST_TEST(read(text, rfc7396) == R"(a=(b=(c=(d=1))) e=2)");
    BOOST_TEST(read(text, replace) == R"(a={"b":{"c":{"d":1}}} e=2)");
}

BOOST_AUTO_TEST_CASE(what_is_in_an_array_is_none_of_it)
{
    BOOST_TEST(read(R"({"a":[{"b":null}],"c":{"d":[{"e":{}}],"f":{}},"g":{"h":null}})", rfc7396) ==
               R"(a=[{"b":null}] c=(d=[{"e":{}}] f=()) g=(h=-)*)");
}

BOOST_AUTO_TEST_CASE(of_duplicates_the_last_one_counts_at_each_level)
{
    BOOST_TEST(read(R"({"a":{"x":{"p":1},"y":2,"\u0078":{"q":3}},"a":{"y":{"k":1,"k":null},"z":1}})", rfc7396) ==
               "a=(y=(k=-)* z=1)*");
    BOOST_TEST(read(R"({"a":{"x":{"p":1},"y":2,"\u0078": { "q" : 3 } }})", rfc7396) == "a=(x=(q=3) y=2)*");
    // Below the last level a value is written without the losers.
    BOOST_TEST(read(R"({"a":{"x":{ "p":1,"p":2 },"y":[ {"p":3,"p":4} ]}})", up_to_level(2)) ==
               R"(a=(x={"p":2} y=[{"p":4}])*)");
}

BOOST_AUTO_TEST_CASE(any_number_of_members_is_found_by_key)
{
    for (std::size_t const count : {0U, 1U, 8U, 9U, 1'000U}) {
        std::string text = "{\"o\":{";
        for (std::size_t i = 0; i < count; ++i)
            text += (i > 0 ? ",\"" : "\"") + std::to_string(i * 7) + "\":" + std::to_string(i);
        text += "}}";
        text_patch patch;
        BOOST_TEST(patch.read(text, rfc7396).empty());
        auto const& tree = detail::content_of(std::as_const(patch)).tree();
        auto const& object = tree[patch.members()[0].inside];
        BOOST_TEST(object.count == count);
        for (std::size_t i = 0; i < count; ++i) {
            auto const key = std::to_string(i * 7);
            auto const other = std::to_string(i * 7 + 1);
            BOOST_TEST(tree.find(object, key, detail::fingerprint(key)) == i);
            BOOST_TEST(tree.find(object, other, detail::fingerprint(other)) == detail::patch_tree::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_what_was_read_before)
{
    text_patch patch;
    BOOST_TEST(patch.read(R"({"a":{"b":{"c":1}}})", rfc7396).empty());
    BOOST_TEST(patch.read(R"({"a":{"b":{"c":1}}})", first_level).empty());
    BOOST_TEST(detail::content_of(std::as_const(patch)).tree().empty());
    BOOST_TEST(!patch.members()[0].merges());
    BOOST_TEST(!patch.read(R"({"a":{"b":{"c":1})", rfc7396).empty());
    BOOST_TEST(detail::content_of(std::as_const(patch)).tree().empty());
}

BOOST_AUTO_TEST_SUITE_END()

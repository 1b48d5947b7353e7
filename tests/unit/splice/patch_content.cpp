// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/patch_content.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <list>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/simd/members.hpp>
#include <metapatch/simd/outline.hpp>
#include <metapatch/splice/text_patch.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::detail::patch_content;

BOOST_AUTO_TEST_SUITE(contents_of_a_patch)

namespace {

/// Fills a patch with the first object inside of a text whose outline it visits.
struct inside {
    patch_content& content;
    std::string_view text;
    merge_rules merge{};
    bool open_ = false;

    key_filter filter{};

    std::array<char, 2> suspects() const { return filter.suspects; }
    std::string_view key(detail::key_place const& place) { return open_ ? content.key(place) : std::string_view(); }
    detail::patch_members* takes_members(std::size_t level) { return open_ ? content.takes_members(level) : nullptr; }
    void open(std::size_t at, std::size_t level)
    {
        if (level == 2 && text[at] == '{') {
            content.begin(text, at, 1, merge, filter);
            open_ = true;
        }
        if (open_)
            content.open(at, level);
    }
    void close(std::size_t at, std::size_t before, std::size_t level, bool repeats)
    {
        if (open_)
            content.close(at, before, level, repeats);
        open_ = open_ && level > 2;
    }
};

std::string read(patch_content& content, std::string_view text, auto const& policy)
{
    inside visitor{content, text, policy.merge};
    detail::key_room room;
    BOOST_TEST_REQUIRE(detail::read_outline(text, nesting_ceiling, fastest_scan(), room, visitor));
    if (auto const found = content.finish(policy); !found.empty())
        return test::told(found);
    std::string told(content.text());
    for (auto const& each : content.members().all())
        told.append(" ").append(each.key).append("=").append(each.removes() ? "-" : each.value);
    return told;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_patch_is_read_where_it_stands_in_a_body)
{
    patch_content content;
    BOOST_TEST(read(content, R"({"x":[{"y":1}],"f": {"a":{"b":1} ,"c":null} ,"z":2})", first_level) ==
               R"({"a":{"b":1} ,"c":null} a={"b":1} c=-)");
    BOOST_TEST(content.touches());
    BOOST_TEST(!content.clears());
    BOOST_TEST(read(content, R"([{}])", first_level) == "{}");
    BOOST_TEST(content.clears());
}

BOOST_AUTO_TEST_CASE(depth_and_offsets_count_from_the_patch)
{
    patch_content content;
    auto strict = first_level;
    strict.read.max_nesting = 2;
    BOOST_TEST(read(content, R"({"f":{"a":[1]}})", strict) == R"({"a":[1]} a=[1])");
    BOOST_TEST(read(content, R"({"f":{"a":[[1]]}})", strict) == "too_deep '' limit 2 offset 6");
    strict.read.duplicates = duplicate_keys::rejected;
    BOOST_TEST(read(content, R"({"f":{"a":1,"a":2}})", strict) == "duplicate_key '/a'");
}

BOOST_AUTO_TEST_CASE(values_with_repeated_keys_are_written_anew_and_can_be_handed_over)
{
    patch_content content;
    BOOST_TEST(read(content, R"({"f":{"a":{"b":1,"b":2}}})", first_level) == R"({"a":{"b":1,"b":2}} a={"b":2})");
    auto const value = content.members().all()[0].value;
    std::list<std::string> owned;
    content.release_rewritten(owned);
    content.reset();
    BOOST_TEST(value == R"({"b":2})");
    BOOST_TEST(owned.size() == 1U);
}

BOOST_AUTO_TEST_CASE(keys_inside_of_values_are_judged_where_they_stand)
{
    patch_content content;
    BOOST_TEST(read(content, R"({"f":{"a":[{"b.c":1}],"d":{"e":{"$":1}}}})", auth0::user_metadata) ==
               "invalid_key_character '/a/0/b.c'; invalid_key_character '/d/e/$'");
    auto small = auth0::user_metadata;
    small.limits.max_members = 1;
    BOOST_TEST(read(content, R"({"f":{"a":{"x.y":1},"b":2}})", small) ==
               "too_many_members '' limit 1 actual 2; invalid_key_character '/a/x.y'");
    BOOST_TEST(read(content, R"({"f":{"a":1,"a":2}})", small) == R"({"a":1,"a":2} a=2)");
}

BOOST_AUTO_TEST_CASE(what_is_no_object_clears_or_is_refused)
{
    auto clearing = first_level;
    clearing.merge.on_null = null_body::clears;
    patch_content content;
    BOOST_TEST(content.read_other(" null", clearing).empty());
    BOOST_TEST(content.touches());
    BOOST_TEST(content.clears());
    BOOST_TEST(content.text() == " null");
    content.reset();
    BOOST_TEST(!content.touches());
    clearing.merge.on_null = null_body::rejected;
    for (auto const* const text : {"null", "[]", "1", "\"x\""})
        BOOST_TEST(test::told(content.read_other(text, clearing)) == "expected_object ''", text);
    auto strict = first_level;
    strict.read.duplicates = duplicate_keys::rejected;
    BOOST_TEST(test::told(content.read_other(R"([{"a":1,"a":2}])", strict)) == "duplicate_key '/0/a'");
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_what_was_read_before)
{
    patch_content content;
    std::string big = R"({"f":{"\u0061":{"k":1,"k":2})";
    for (int i = 0; i < 40; ++i)
        big += ",\"k" + std::to_string(i) + R"(":{"x":{"y":[]}})";
    auto deep = first_level;
    deep.merge.depth = 3;
    BOOST_TEST(read(content, big + "}}", deep).ends_with(R"( k39={"x":{"y":[]}})"));
    BOOST_TEST(content.levels() == 3U);
    BOOST_TEST(read(content, R"({"f":{"k1":1}})", first_level) == R"({"k1":1} k1=1)");
    BOOST_TEST(content.levels() == 1U);
    BOOST_TEST(content.members().find("k2", detail::fingerprint("k2")) == detail::patch_members::npos);
}

BOOST_AUTO_TEST_CASE(what_to_look_for_are_the_keys_of_all_levels_that_merge)
{
    text_patch patch;
    auto const stored =
        R"({"ab":1,"ac":1,"d":1,"xb":1,"a\u0062":1,"dd":1,"inner":1,"deep":1,"none":1})" + std::string(100, ' ');
    auto const found = [&](bool ready) {
        auto& content = detail::content_of(patch);
        if (ready)
            content.want_all();
        wanted_keys room;
        auto const& wanted = content.wanted(room);
        std::string told;
        member_cursor cursor(stored, wanted);
        while (cursor.next())
            told.append(cursor.raw_key()) += ' ';
        return told;
    };
    for (bool const ready : {false, true}) {
        BOOST_TEST(patch.read(R"({"ab":1,"\u0061c":2,"d":{"inner":{"deep":1,"x":2}}})", first_level).empty());
        auto told = found(ready);
        BOOST_TEST(told.find("ab ac d ") != told.npos);
        BOOST_TEST(told.find("a\\u0062") != told.npos);
        BOOST_TEST(patch.read(R"({"ab":1,"d":{"inner":{"deep":1,"x":2}}})", rfc7396).empty());
        told = found(ready);
        BOOST_TEST(told.find("inner deep ") != told.npos);
        BOOST_TEST(patch.read(R"({"d":{"inner":{"deep":1,"x":2}}})", up_to_level(2)).empty());
        BOOST_TEST(found(ready).find("inner ") != told.npos);
    }
    wanted_keys room;
    detail::content_of(patch).reset();
    BOOST_TEST(&patch.wanted(room) == &room); // nothing is left of what was read before
}

BOOST_AUTO_TEST_SUITE_END()

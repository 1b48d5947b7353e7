// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/merge.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>

using metapatch::detail::merge;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(merging)

namespace {

constexpr std::size_t all_levels = static_cast<std::size_t>(-1);

std::string merged(std::string_view target_text, std::string_view patch_text, std::size_t levels = 1)
{
    auto target = object(target_text);
    auto const patch = object(patch_text);
    merge<boost::json::object const> merging(target, patch, levels);
    merging.prepare();
    merging.commit();
    BOOST_TEST(shown(patch) == shown(object(patch_text)));

    // Moving out of the patch gives the same.
    auto moved_into = object(target_text);
    auto movable = object(patch_text);
    merge<boost::json::object> moving(moved_into, movable, levels);
    moving.prepare();
    moving.commit();
    BOOST_TEST(shown(moved_into) == shown(target));
    return shown(target);
}

} // namespace

BOOST_AUTO_TEST_CASE(without_a_commit_the_target_is_as_it_was)
{
    auto const before = R"({"a":1,"b":{"x":{"p":1},"y":2},"c":[1],"d":4})";
    auto const patch = object(R"({"a":9,"new":{"n":{"m":1}},"b":{"x":{"q":2},"y":null,"z":3},"c":{"k":1},"d":null})");
    for (std::size_t const levels : {std::size_t{1}, std::size_t{2}, all_levels}) {
        auto target = object(before);
        auto movable = patch;
        {
            merge<boost::json::object const> copying(target, patch, levels);
            copying.prepare();
        }
        {
            merge<boost::json::object> moving(target, movable, levels);
            moving.prepare();
        }
        BOOST_TEST(shown(target) == before);
        BOOST_TEST(shown(movable) == shown(patch));
    }
}

BOOST_AUTO_TEST_CASE(members_are_set_removed_and_kept_in_their_places)
{
    BOOST_TEST(merged(R"({"a":1,"b":2,"c":3})", R"({"n":0,"c":4,"a":null,"m":null,"o":{"x":null}})") ==
               R"({"b":2,"c":4,"n":0,"o":{"x":null}})");
}

BOOST_AUTO_TEST_CASE(levels_beyond_the_last_are_data)
{
    auto const target = R"({"a":{"b":{"c":{"d":1}},"k":0}})";
    auto const patch = R"({"a":{"b":{"c":{"e":null}}}})";
    BOOST_TEST(merged(target, patch, 1) == R"({"a":{"b":{"c":{"e":null}}}})");
    BOOST_TEST(merged(target, patch, 2) == R"({"a":{"b":{"c":{"e":null}},"k":0}})");
    BOOST_TEST(merged(target, patch, 3) == R"({"a":{"b":{"c":{"e":null}},"k":0}})");
    BOOST_TEST(merged(target, patch, 4) == R"({"a":{"b":{"c":{"d":1}},"k":0}})");
    BOOST_TEST(merged(target, patch, all_levels) == R"({"a":{"b":{"c":{"d":1}},"k":0}})");
}

BOOST_AUTO_TEST_CASE(any_number_of_removals_keeps_the_order_of_the_rest)
{
    // Both sides of the number from which members are no longer erased one by one, with additions and inner merges.
    for (int removals = 0; removals <= 60; ++removals) {
        std::string target = "{";
        std::string patch = R"({"new":[1],)";
        std::string expected = "{";
        for (int i = 0; i < 60; ++i) {
            auto const key = "\"k" + std::to_string(i) + "\":";
            target += key + "{\"x\":1,\"y\":2},";
            bool const goes = i * 7 % 60 < removals;
            if (goes)
                patch += key + "null,";
            else if (i % 3 == 0)
                patch += key + "{\"x\":null,\"z\":3},";
            if (!goes)
                expected += key + (i % 3 == 0 ? R"({"y":2,"z":3},)" : R"({"x":1,"y":2},)");
        }
        target.back() = '}';
        patch += R"("last":{"gone":null}})";
        expected += R"("new":[1],"last":{}})";
        BOOST_TEST(merged(target, patch, 2) == expected);
    }
}

BOOST_AUTO_TEST_CASE(removals_inside_and_around_the_same_object_both_happen)
{
    std::string target = R"({"o":{)";
    std::string patch = R"({"o":{)";
    for (int i = 0; i < 20; ++i) {
        target += "\"i" + std::to_string(i) + "\":1,";
        patch += "\"i" + std::to_string(i) + "\":null,";
    }
    target += R"("kept":{"a":1}},)";
    patch += R"("kept":{"b":2}},)";
    for (int i = 0; i < 20; ++i) {
        target += "\"k" + std::to_string(i) + "\":1,";
        patch += "\"k" + std::to_string(i) + "\":null,";
    }
    target.back() = '}';
    patch.back() = '}';
    BOOST_TEST(merged(target, patch, all_levels) == R"({"o":{"kept":{"a":1,"b":2}}})");
}

BOOST_AUTO_TEST_CASE(many_objects_merge_inside_one)
{
    std::string target = "{";
    std::string patch = "{";
    std::string expected = "{";
    for (int i = 0; i < 300; ++i) {
        auto const key = "\"k" + std::to_string(i) + "\":";
        bool const scalar = i % 4 == 0;
        target += key + (scalar ? "7," : R"({"a":{"b":1},"x":0},)");
        patch += key + R"({"a":{"c":2},"x":null},)";
        expected += key + (scalar ? R"({"a":{"c":2}},)" : R"({"a":{"b":1,"c":2}},)");
    }
    target.back() = patch.back() = expected.back() = '}';
    BOOST_TEST(merged(target, patch, all_levels) == expected);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/planned_merge.hpp>

#include "../../support.hpp"
#include "../simd/random_object.hpp"
#include "silence.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/splice/splice_output.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(planned_merges)

namespace {

std::string merged(std::string_view stored, std::string_view body, metapatch::policy<> const& policy = rfc7396)
{
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(body, policy).empty());
    BOOST_TEST_REQUIRE(detail::merges_inside(patch));
    detail::merge_plan plan(stored, patch, fastest_scan(), true);
    test::read_silently(plan);
    std::string text;
    detail::string_sink sink(text);
    detail::planned_merge(plan, sink).write();
    sink.keep();
    return text;
}

std::string created(std::string_view body, metapatch::policy<> const& policy = rfc7396)
{
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(body, policy).empty());
    std::string text;
    detail::string_sink sink(text);
    detail::write_created(patch, sink);
    sink.keep();
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(commas_stand_right_whatever_is_removed_inside)
{
    std::string_view const stored = R"({"o":{"a":1,"b":2,"c":3}})";
    BOOST_TEST(merged(stored, R"({"o":{"x":null}})") == stored);
    BOOST_TEST(merged(stored, R"({"o":{}})") == stored);
    BOOST_TEST(merged(stored, R"({"o":{"a":null}})") == R"({"o":{"b":2,"c":3}})");
    BOOST_TEST(merged(stored, R"({"o":{"b":null}})") == R"({"o":{"a":1,"c":3}})");
    BOOST_TEST(merged(stored, R"({"o":{"c":null}})") == R"({"o":{"a":1,"b":2}})");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null}})") == R"({"o":{"c":3}})");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null,"c":null}})") == R"({"o":{}})");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null,"c":null,"d":4}})") == R"({"o":{"d":4}})");
    BOOST_TEST(merged(stored, R"({"o":{"c":null,"d":4,"a":5},"p":6})") == R"({"o":{"a":5,"b":2,"d":4},"p":6})");
    BOOST_TEST(merged(R"({"o":{}})", R"({"o":{"d":4,"e":null,"f":5}})") == R"({"o":{"d":4,"f":5}})");
}

BOOST_AUTO_TEST_CASE(white_space_of_what_is_not_named_stays_at_every_level)
{
    std::string_view const stored =
        "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"c\" : [ ] , \"d\":0 }\n} , \"p\": 1 }\n";
    BOOST_TEST(merged(stored, R"({"o":{"b":{"d":1}}})") ==
               "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"c\" : [ ] , \"d\":1 }\n} , \"p\": 1 }\n");
    BOOST_TEST(merged(stored, R"({"o":{"b":{"e" : 2}}})") ==
               "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"c\" : [ ] , \"d\":0,\"e\" : 2 }\n} , \"p\": 1 }\n");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null}})") == "{ \"o\" : {} , \"p\": 1 }\n");
    BOOST_TEST(merged(stored, R"({"o":{"b":{"c":null}},"p":null})") ==
               "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"d\":0 }\n} }\n");
}

BOOST_AUTO_TEST_CASE(what_is_created_loses_its_nulls_on_levels_that_merge)
{
    BOOST_TEST(merged(R"({"a":1})", R"({"a": { "b" : 1 } })") == R"({"a":{ "b" : 1 }})"); // as it stands
    BOOST_TEST(merged(R"({"a":1})", R"({"a":{"b":{"c":null},"d":[null]}})") == R"({"a":{"b":{},"d":[null]}})");
    BOOST_TEST(merged("{}", R"({"a":{"b":{"c":null},"d":null,"e":1}})") == R"({"a":{"b":{},"e":1}})");
    BOOST_TEST(merged("{}", R"({"a":{"b":{"c":null},"d":null}})", up_to_level(2)) == R"({"a":{"b":{"c":null}}})");
    BOOST_TEST(created(R"({"a":{"b":{"c":null,"d":{ }}},"e":null,"f":{"g":1}})") ==
               R"({"a":{"b":{"d":{ }}},"f":{"g":1}})");
    BOOST_TEST(created(R"({"a":{"b":{"c":null}}})", up_to_level(2)) == R"({"a":{"b":{"c":null}}})");
    BOOST_TEST(created(R"({"a":{"b":1,"b":{"c":1}}})") == R"({"a":{"b":{"c":1}}})");
}

BOOST_AUTO_TEST_CASE(of_stored_duplicates_the_last_merges_in_the_place_of_the_first)
{
    BOOST_TEST(merged(R"({"a" : {"x":1},"b":2,"a":{ "y":3 }})", R"({"a":{"z":4}})") ==
               R"({"a" : { "y":3,"z":4 },"b":2})");
    BOOST_TEST(merged(R"({"a":{"x":1},"a":{"y":3,"y":{"k":1.0}}})", R"({"a":{"y":{"l":2}}})") ==
               R"({"a":{"y":{"k":1.0,"l":2}}})");
    BOOST_TEST(merged(R"({"a":{"x":1},"a":5})", R"({"a":{"x":null,"z":4}})") == R"({"a":{"z":4}})");
    BOOST_TEST(merged(R"({"a":5,"a":{"x":1},"b":1,"b":2})", R"({"a":{"z":4}})") ==
               R"({"a":{"x":1,"z":4},"b":1,"b":2})");
}

namespace {

/// Written on the way, into a sink, as text; and what was counted.
template<class Sink>
std::string written_on_the_way(std::string_view stored, text_patch const& patch, scan_with instructions, Sink& sink,
                               detail::text_counts& counts)
{
    detail::merge_plan plan(stored, patch, instructions, true);
    counts = detail::planned_merge<Sink>::read_and_write(plan, sink);
    if constexpr (std::is_same_v<Sink, detail::buffer_sink>)
        return std::string(sink.out.data(), sink.size);
    else
        return std::string(sink.written([](auto&) {}));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_written_on_the_way_is_what_is_written_in_the_end_whatever_is_stored_twice)
{
    std::string_view const bodies[] = {R"({"aa":{"b":{"other":1,"new":2}},"b":null,"other":[3]})",
                                       R"({"b":{"aa":{"b":null,"aa":"x"}},"new":{"a":null}})",
                                       R"({"aa":{"aa":{"aa":{"b":{"aa":{"other":true}}}}},"pad":"y"})",
                                       R"({"other":{"aa":null,"b":null,"other":{}}})"};
    std::size_t twice = 0;
    for (std::uint64_t seed = 0; seed < 4'000; ++seed) {
        model::generator random(seed);
        auto stored = test::random_keyed_object(random);
        if (stored != "{}" && random.one_in(2)) { // longer than what is searched as a short text, so that it is copied
            auto const pad = "\"pad\":\"" + std::string(random.below(9'000), 'x') + "\"";
            random.one_in(2) ? stored.insert(1, pad + ",") : stored.insert(stored.size() - 1, "," + pad);
        }
        BOOST_TEST_REQUIRE(is_json(stored), stored);
        text_patch patch;
        BOOST_TEST_REQUIRE(patch.read(bodies[seed % std::size(bodies)], rfc7396).empty());
        detail::merge_plan plan(stored, patch, scan_with::portable, true);
        test::read_silently(plan);
        std::string expected;
        detail::string_sink end(expected);
        auto const counted = detail::planned_merge(plan, end).write();
        end.keep();
        twice += counted.losers;
        for (auto const instructions : test::every_scan()) {
            auto const check = [&](std::string const& made, detail::text_counts const& counts) {
                BOOST_TEST_REQUIRE(made == expected, stored);
                BOOST_TEST_REQUIRE(counts.result() == counted.result(), stored);
                BOOST_TEST_REQUIRE(counts.replaced == counted.replaced, stored);
                BOOST_TEST_REQUIRE(counts.added == counted.added, stored);
            };
            detail::text_counts counts;
            for (std::size_t const more : {0U, 1U, 200U}) {
                std::vector<char> room(expected.size() + more * 100);
                detail::buffer_sink buffer{std::span<char>(room)};
                auto const made = written_on_the_way(stored, patch, instructions, buffer, counts);
                check(made, counts);
            }
            std::string text;
            detail::string_sink string(text);
            auto const in_string = written_on_the_way(stored, patch, instructions, string, counts);
            check(in_string, counts);
            member_index index;
            BOOST_TEST_REQUIRE(index.read(stored).empty());
            std::vector<char> room(expected.size());
            detail::buffer_sink buffer{std::span<char>(room)};
            detail::merge_plan by_index(stored, patch, instructions, true);
            counts = detail::planned_merge<detail::buffer_sink>::read_and_write(by_index, buffer, index);
            check(std::string(room.data(), buffer.size), counts);
            text_pieces pieces;
            detail::pieces_sink list(pieces);
            auto const made = written_on_the_way(stored, patch, instructions, list, counts);
            check(made, counts);
        }
    }
    BOOST_TEST(twice > 1'000U);
}

BOOST_AUTO_TEST_SUITE_END()

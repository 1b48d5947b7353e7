// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/outline.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(outline)

namespace {

/// The members of an object that were taken at once.
struct scalars {
    std::string told{};

    void add_member(std::string_view text, std::size_t begin, std::size_t end, std::size_t value, std::size_t behind)
    {
        told.append(text.substr(begin + 1, end - begin - 1)) += '=';
        told.append(text.substr(value, behind - value)) += ' ';
    }
    void clear() { told.clear(); }
};

} // namespace

BOOST_AUTO_TEST_CASE(keys_and_containers_are_told_in_the_order_of_the_text)
{
    struct {
        std::string_view text{};
        std::string told{};

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        std::string_view key(detail::key_place const& place)
        {
            auto const raw = text.substr(place.begin + 1, place.end - place.begin - 1);
            told.append(raw) += '/' + std::to_string(place.level) + '@' + std::to_string(place.begin) + ' ';
            return place.level > 1 ? raw : std::string_view();
        }
        static scalars* takes_scalars(std::size_t) { return nullptr; }
        void open(std::size_t at, std::size_t level) { told += text[at] + std::to_string(level) + ' '; }
        void close(std::size_t at, std::size_t, std::size_t level, bool repeats)
        {
            told += text[at] + std::to_string(level) + (repeats ? "twice " : " ");
        }
    } const none;
    detail::key_room room;
    auto const outlined = [&](std::string_view text, scan_with instructions) {
        auto visitor = none;
        visitor.text = text;
        bool const is_json = detail::read_outline(text, nesting_ceiling, instructions, room, visitor);
        return is_json ? visitor.told : "no JSON";
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(outlined(" { } ", instructions) == "{1 }1 ");
        BOOST_TEST(outlined("[1,{\"a\":2}]", instructions) == "[1 {2 a/2@4 }2 ]1 ");
        BOOST_TEST(outlined(R"({"a":1,"b":["x",{"c":{"d":":"},"c":2}] })", instructions) ==
                   "{1 a/1@1 b/1@7 [2 {3 c/3@17 {4 d/4@22 }4 c/3@31 }3twice ]2 }1 ");
        BOOST_TEST(outlined(R"({"a":{"b":[]},"\"":{"b":[],"b":{}},"c":null})", instructions) ==
                   "{1 a/1@1 {2 b/2@6 [3 ]3 }2 \\\"/1@14 {2 b/2@20 [3 ]3 b/2@27 {3 }3 }2twice c/1@35 }1 ");
        for (auto const* const text : {"{", "{\"a\":", "{\"a\":1,}", "{}}", "{\"a\":[}]}", "{\"a\":1]"})
            BOOST_TEST(outlined(text, instructions) == "no JSON", text);
    }
}

BOOST_AUTO_TEST_CASE(members_are_taken_at_once_where_all_are_scalars_and_no_string_has_what_is_to_be_looked_at)
{
    struct {
        scalars taken{};
        std::string keys{};

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        std::string_view key(detail::key_place const& place)
        {
            keys += std::to_string(place.before) + '-' + std::to_string(place.value) + ' ';
            return {};
        }
        scalars* takes_scalars(std::size_t level) { return level == 2 ? &taken : nullptr; }
        static void open(std::size_t, std::size_t) {}
        void close(std::size_t, std::size_t before, std::size_t level, bool)
        {
            keys += level == 1 ? std::to_string(before) : "";
        }
    } const none;
    detail::key_room room;
    auto const taken = [&](std::string_view text, scan_with instructions) {
        auto visitor = none;
        bool const is_json = detail::read_outline(text, nesting_ceiling, instructions, room, visitor);
        return is_json ? visitor.taken.told + visitor.keys : "no JSON";
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(taken(R"({"f":{"a" : 1 , "b":"x","":null}})", instructions) == R"(a=1 b="x" =null 1-5 32)");
        BOOST_TEST(taken(R"({"f":{"a":1,"b":[2]}})", instructions) == "1-5 6-10 11-16 20");
        BOOST_TEST(taken(R"({"f":{"a.b":1}})", instructions) == "1-5 6-12 14");
        BOOST_TEST(taken(R"({"f":{"a":"\n"}})", instructions) == "1-5 6-10 15");
        BOOST_TEST(taken(R"({"f":{"a":1e5}})", instructions) == "1-5 6-10 14"); // none of the numbers that are short
        for (auto const* const text :
             {R"({"f":{"a":1,}})", R"({"f":{"a":1 "b":2}})", R"({"f":{"a" 1}})", R"({"f":{"a":1]})",
              R"({"f":{"a":nul}})", R"({"f":{"a":1)", R"({"f":{"a":"x")", R"({"f":{a:1}})"})
            BOOST_TEST(taken(text, instructions) == "no JSON", text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

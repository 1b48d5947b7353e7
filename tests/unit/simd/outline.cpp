// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/outline.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(outline)

namespace {

/// The members of an object that were taken.
struct taken_members {
    std::string told{};
    std::size_t open_at = 0; // of the value that has no end yet

    void add_member(std::string_view text, std::size_t begin, std::size_t end, std::size_t value, std::size_t behind,
                    std::uint64_t print)
    {
        auto const key = text.substr(begin + 1, end - begin - 1);
        BOOST_TEST(print == detail::fingerprint(key));
        told.append(key) += '=';
        told.append(text.substr(value, behind - value)) += ' ';
        open_at = behind;
    }
    void keep_open() { told += "... "; }
    void end_member(std::string_view text, std::size_t behind)
    {
        if (told.ends_with("... "))
            told.append(text.substr(open_at, behind - open_at)) += ' ';
    }
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
        static taken_members* takes_members(std::size_t) { return nullptr; }
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
        for (auto const* const text : {"{", "{\"a\":", "{\"a\",1}", "{\"a\":1,}", "{}}", "{\"a\":[}]}", "{\"a\":1]"})
            BOOST_TEST(outlined(text, instructions) == "no JSON", text);
    }
}

BOOST_AUTO_TEST_CASE(whoever_asks_is_told_first_of_a_text_without_escapes_and_of_no_other)
{
    struct {
        std::string told{};

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        void has_no_escapes() { told += "none "; }
        static std::string_view key(detail::key_place const&) { return {}; }
        static taken_members* takes_members(std::size_t) { return nullptr; }
        void open(std::size_t, std::size_t) { told += "open"; }
        static void close(std::size_t, std::size_t, std::size_t, bool) {}
    } const none;
    detail::key_room room;
    auto const told = [&](std::string_view text, scan_with instructions) {
        auto visitor = none;
        BOOST_TEST(detail::read_outline(text, nesting_ceiling, instructions, room, visitor));
        return visitor.told;
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(told(R"({"a":"b"})", instructions) == "none open");
        BOOST_TEST(told(R"({"\u0061":"b"})", instructions) == "open");
        BOOST_TEST(told(R"({"a":"b\n"})", instructions) == "open");
        auto const far_behind = "{\"a\":\"" + std::string(300, 'x') + "\\t\"}";
        BOOST_TEST(told(far_behind, instructions) == "open");
        auto const beyond_short_texts = "{\"a\":\"" + std::string(5000, 'x') + "\\t\"}";
        BOOST_TEST(told(beyond_short_texts, instructions) == "open");
    }
}

BOOST_AUTO_TEST_CASE(keys_with_suspects_are_taken_like_others_on_levels_where_nobody_minds_them)
{
    struct {
        taken_members taken{};
        std::string keys{};
        std::size_t minded = 1;

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        bool minds_suspects(std::size_t level) const { return level >= minded; }
        std::string_view key(detail::key_place const& place)
        {
            keys += std::to_string(place.begin) + ' ';
            return {};
        }
        taken_members* takes_members(std::size_t) { return &taken; }
        static void open(std::size_t, std::size_t) {}
        void close(std::size_t, std::size_t, std::size_t, bool) { taken.end_member({}, 0); }
    } const none;
    detail::key_room room;
    auto const taken = [&](std::string_view text, std::size_t minded, scan_with instructions) {
        auto visitor = none;
        visitor.minded = minded;
        BOOST_TEST(detail::read_outline(text, nesting_ceiling, instructions, room, visitor));
        return visitor.taken.told + visitor.keys;
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(taken(R"({"a.b":1,"c":2,"$":3})", 1, instructions) == "c=2 1 15 ");
        BOOST_TEST(taken(R"({"a.b":1,"c":2,"$":3})", 2, instructions) == "a.b=1 c=2 $=3 ");
        BOOST_TEST(taken(R"({"a\u002eb":1,"c":2})", 2, instructions) == "1 14 "); // of escapes everybody is told
    }
}

BOOST_AUTO_TEST_CASE(members_are_taken_where_somebody_takes_them_but_for_keys_that_are_to_be_looked_at)
{
    struct {
        taken_members taken{};
        std::string keys{};

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        std::string_view key(detail::key_place const& place)
        {
            keys += std::to_string(place.before) + '-' + std::to_string(place.value) + ' ';
            return {};
        }
        taken_members* takes_members(std::size_t level) { return level == 2 ? &taken : nullptr; }
        static void open(std::size_t, std::size_t) {}
        void close(std::size_t, std::size_t before, std::size_t level, bool)
        {
            if (level == 2)
                taken.end_member({}, 0); // of an object that ends with a value it is known already
            keys += level > 2 ? "" : std::to_string(before) + (level == 2 ? ") " : "");
        }
    } const none;
    detail::key_room room;
    auto const taken = [&](std::string_view text, scan_with instructions) {
        auto visitor = none;
        bool const is_json = detail::read_outline(text, nesting_ceiling, instructions, room, visitor);
        return is_json ? visitor.taken.told + visitor.keys : "no JSON";
    };
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST(taken(R"({"f":{"a" : 1 , "b":"x","":null}})", instructions) == R"(a=1 b="x" =null 1-5 31) 32)");
        BOOST_TEST(taken(R"({"f":{"a":1,"b":[2] , "c":3}})", instructions) == "a=1 b= ... [2] c=3 1-5 27) 28");
        BOOST_TEST(taken(R"({"f":{"b":{"x":[]},"c":{},"d":1}})", instructions) ==
                   R"(b= ... {"x":[]} c= ... {} d=1 1-5 11-15 31) 32)");
        BOOST_TEST(taken(R"({"f":{"a":1 } })", instructions) == "a=1 1-5 11) 13");
        BOOST_TEST(taken(R"({"f":{"a":1e5,"b":true}})", instructions) == "a= ... 1e5 b=true 1-5 22) 23");
        BOOST_TEST(taken(R"({"f":{"a":12345678,"b":1.25}})", instructions) == "a= ... 12345678 b=1.25 1-5 27) 28");
        BOOST_TEST(taken(R"({"f":{"a":"x.y$","b.c":1,"d":2}})", instructions) == R"(a="x.y$" d=2 1-5 16-23 30) 31)");
        BOOST_TEST(taken(R"({"f":{"a":"\n","b":2}})", instructions) == "1-5 6-10 14-19 20) 21"); // any key may have one
        for (auto const* const text :
             {R"({"f":{"a":1,}})", R"({"f":{"a":1 "b":2}})", R"({"f":{"a" 1}})", R"({"f":{"a",1}})", R"({"f":{"a":1]})",
              R"({"f":{"a":nul}})", R"({"f":{"a":1)", R"({"f":{"a":"x")", R"({"f":{a:1}})", R"({"f":{"a":}})",
              R"({"f":{"a":1,"b"}})", R"({"f":{"a":[1}})", R"({"f":{"a":{} "b":1}})", R"({"f":{"a":1}]})",
              R"({"f":{"a":1,,"b":1}})", R"({"f":{"a"::1}})", R"({"f":{,"a":1}})", R"({"f":{"a":01}})"})
            BOOST_TEST(taken(text, instructions) == "no JSON", text);
    }
}

BOOST_AUTO_TEST_CASE(who_takes_members_alone_is_told_of_no_other_key_by_vectors_that_pack_unless_one_is_odd)
{
    struct {
        std::string_view text{};
        taken_members taken{};
        std::string others{};
        bool alone = true;

        static std::array<char, 2> suspects() { return {'.', '$'}; }
        bool takes_members_alone() const { return alone; }
        std::string_view key(detail::key_place const& place)
        {
            others += std::to_string(place.level) + ' ';
            return {};
        }
        taken_members* takes_members(std::size_t level) { return level == 1 ? &taken : nullptr; }
        void open(std::size_t at, std::size_t level)
        {
            if (level == 1)
                taken.told += std::to_string(at) + ": ";
        }
        void close(std::size_t at, std::size_t before, std::size_t level, bool)
        {
            if (level == 1) {
                taken.end_member(text, before);
                taken.told += std::to_string(before) + '-' + std::to_string(at);
            }
        }
    } const none;
    detail::key_room room;
    auto const outlined = [&](std::string_view text, scan_with instructions, bool alone = true) {
        auto visitor = none;
        visitor.text = text;
        visitor.alone = alone;
        BOOST_TEST(detail::read_outline(text, nesting_ceiling, instructions, room, visitor));
        for (auto at = visitor.taken.told.find(" ... "); at != std::string::npos; at = visitor.taken.told.find(" ... "))
            visitor.taken.told.erase(at, 5); // who is told of containers knows the end of the value only then
        return visitor;
    };
    std::string const filler(300, 'x');
    for (auto const instructions : test::every_scan()) {
        bool const packs = instructions == scan_with::avx512;
        auto const text = " { \"a\": {\"in\":1} , \"b\":[{\"in\":null}],\"c\":\"" + filler + "\" } ";
        auto const plain = outlined(text, instructions);
        auto const end = text.size() - 2;
        BOOST_TEST(plain.taken.told == "1: a={\"in\":1} b=[{\"in\":null}] c=\"" + filler + "\" " +
                                           std::to_string(end - 1) + '-' + std::to_string(end));
        BOOST_TEST(plain.others == (packs ? "" : "2 3 "));
        BOOST_TEST(outlined(text, instructions, false).others == "2 3 ");
        for (std::string_view const odd : {R"("i.n":1)", R"("\u0069":1)", R"("in" :1)", R"("in":1,"in":2)"}) {
            auto const asked = outlined("{\"a\":{" + std::string(odd) + "},\"c\":\"" + filler + "\"}", instructions);
            BOOST_TEST(asked.others.find("2 ") != std::string::npos, odd);
        }
        auto const in_list = outlined("[{\"a\":1},\"" + filler + "\"]", instructions);
        BOOST_TEST(in_list.others == "2 ");
        auto const in_short = outlined(R"({"a":{"b":1}})", instructions);
        BOOST_TEST(in_short.others == "2 ");
    }
}

BOOST_AUTO_TEST_SUITE_END()

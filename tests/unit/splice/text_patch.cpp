// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/text_patch.hpp>

#include "../../support.hpp"
#include "../simd/random_metadata.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/patch/validate.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(text_patch_)

namespace {

/// What a patch sets and removes, in its order.
std::string read(std::string_view text, auto const& policy)
{
    text_patch patch;
    if (auto const found = patch.read(text, policy); !found.empty()) {
        BOOST_TEST(patch.is_untouched());
        return test::told(found);
    }
    std::string all = patch.is_untouched() ? "untouched" : patch.clears() ? "clear" : "merge";
    for (auto const& each : patch.members())
        all += ' ' + std::string(each.key) + '=' + (each.removes() ? "(removed)" : std::string(each.value));
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_default_patch_is_untouched)
{
    BOOST_TEST(text_patch().is_untouched());
    BOOST_TEST(text_patch().find("a") == text_patch::npos);
}

BOOST_AUTO_TEST_CASE(a_refusal_ends_after_as_many_violations_as_the_policy_lists)
{
    policy rules{key_characters::all_but("."), {}, {}, {.duplicates = duplicate_keys::rejected, .max_violations = 2}};
    std::string dotted = R"({"a":{)";
    std::string twice = "{";
    for (int i = 0; i < 5; ++i) {
        auto const key = '"' + std::to_string(i);
        dotted += (i > 0 ? "," : "") + key + ".\":1";
        twice += (i > 0 ? "," : "") + key + "\":1," + key + "\":2";
    }
    text_patch patch;
    for (auto const& text : {dotted + "}}", twice + "}"}) {
        auto const found = patch.read(text, rules);
        BOOST_TEST(found.size() == 2U);
        BOOST_TEST(found.omitted() == 3U);
    }
    rules.read.max_violations = report::usual_max_size;
    dotted += "}}";
    BOOST_TEST(patch.read(dotted, rules).size() == 5U);
}

BOOST_AUTO_TEST_CASE(values_are_the_bytes_of_the_text)
{
    BOOST_TEST(read(R"( { "a" : 1.10 , "\u0062" : [ 1 , 2 ] , "c":null, "d":"\u0061" } )", first_level) ==
               R"(merge a=1.10 b=[ 1 , 2 ] c=(removed) d="\u0061")");
    BOOST_TEST(read("{}", first_level) == "clear");
    BOOST_TEST(read("{}", rfc7396) == "merge");
    BOOST_TEST(read(R"({"a":1})", replace) == "clear a=1");
    BOOST_TEST(read("null", auth0::session_metadata) == "clear");
}

BOOST_AUTO_TEST_CASE(of_duplicates_the_last_stands_in_the_place_of_the_first)
{
    BOOST_TEST(read(R"({"a":1,"b":2,"\u0061":3,"b":null,"a": [ 4 ]})", first_level) == "merge a=[ 4 ] b=(removed)");
    // Only the value with duplicates inside is written anew.
    BOOST_TEST(read(R"({"a":[ 1.0 ],"b":[ {"x":1.0,"y":2,"x":3.0} ]})", first_level) ==
               R"(merge a=[ 1.0 ] b=[{"x":3.0,"y":2}])");
    // Losers are not looked at.
    BOOST_TEST(read(R"({"a":{"x":{"$":1},"x":2}})", auth0::user_metadata) == R"(merge a={"x":2})");
    auto strict = first_level;
    strict.read.duplicates = duplicate_keys::rejected;
    BOOST_TEST(read(R"({"a":{"x":1,"x":2},"a":3})", strict) == "duplicate_key '/a/x'; duplicate_key '/a'");
}

BOOST_AUTO_TEST_CASE(every_violation_is_told_as_of_a_dom)
{
    for (std::string_view const text :
         {R"({"a.b":{"$":[{"x.":1}]},"blocked":null,"ok":1})", "[]", "null", "1", R"({"a":})", "", R"({"a":[[[[]]]]})",
          R"({"a":1,"b":2,"c":3})", R"({"a/b":{"c~d":{"e\u002e":1}}})"}) {
        auto strict = auth0::app_metadata;
        strict.limits.max_members = 2;
        strict.read.max_nesting = 4;
        auto const body = read_value(text, strict.read);
        auto const expected = body ? validate(*body, strict) : body.error();
        BOOST_TEST(!expected.empty());
        BOOST_TEST(read(text, strict) == test::told(expected));
    }
}

BOOST_AUTO_TEST_CASE(a_rule_is_asked_about_keys_of_valid_texts_alone)
{
    std::size_t asked = 0;
    auto const counting = with_keys(first_level, [&asked](std::string_view key) noexcept {
        asked += is_utf8(key) ? 1 : 1'000;
        return true;
    });
    text_patch patch;
    for (std::string const text :
         {R"({"a":{"b":{"c":1}},"d":tru})", "{\"a\":{\"b\xFF\":1}}", R"({"a":{"b":[1,{"c":2}]})"}) {
        BOOST_TEST(!patch.read(text, counting).empty());
        BOOST_TEST(asked == 0U);
    }
    BOOST_TEST(patch.read(R"({"a":{"b":[1,{"c":2}]}})", counting).empty());
    BOOST_TEST(asked == 3U);
}

BOOST_AUTO_TEST_CASE(a_byte_that_keys_must_not_hold_is_found_wherever_and_however_it_is_written)
{
    text_patch patch;
    for (std::size_t const before : {0U, 40U, 57U, 58U, 63U, 64U, 130U, 5'000U}) { // short texts and long ones
        for (std::size_t const size : {0U, 1U, 30U, 61U, 62U, 63U, 100U}) {
            for (std::string const dot : {".", "$", "\\u002e", "\\u0024"}) {
                auto const filler = R"({"f":"." ,"g":")" + std::string(before, 'x') + R"(",)";
                auto const key = '"' + std::string(size, 'k') + dot + "k\"";
                auto const clean = '"' + std::string(size + 1, 'k') + '"';
                auto const text = [&](std::string const& outer, std::string const& inner) {
                    return filler + outer + R"(:{"a":[{)" + inner + ":1}]}}";
                };
                auto const refused = [&](std::string const& read) {
                    return patch.read(read, auth0::user_metadata).size();
                };
                BOOST_TEST_REQUIRE(refused(text(clean, clean)) == 0U);
                BOOST_TEST_REQUIRE(refused(text(key, clean)) == 1U);
                BOOST_TEST_REQUIRE(refused(text(clean, key)) == 1U);
                BOOST_TEST_REQUIRE(refused(text(key, key)) == 2U);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(any_number_of_members_is_found_by_key)
{
    std::string text = "{";
    for (int i = 0; i < 1'000; ++i)
        text += (i > 0 ? ",\"" : "\"") + std::to_string(i * 7) + "\":" + std::to_string(i);
    text += "}";
    text_patch patch;
    BOOST_TEST(patch.read(text, first_level).empty());
    for (std::size_t i = 0; i < 1'000; ++i) {
        BOOST_TEST(patch.find(std::to_string(i * 7)) == i);
        BOOST_TEST(patch.find(std::to_string(i * 7 + 1)) == text_patch::npos);
    }
    BOOST_TEST(patch.read(R"({"a":1})", first_level).empty()); // and it may be read again
    BOOST_TEST(patch.find("7") == text_patch::npos);
    BOOST_TEST(patch.find("a") == 0U);
}

namespace {

/// Refuses keys that end with 1 on the first level alone, or on all others alone, and tells that of the rest.
template<bool First>
struct no_final_one {
    key_verdict operator()(member_key const& key) const noexcept
    {
        return (key.level == 1) != First || !key.name.ends_with('1');
    }
    static key_filter filter() noexcept { return {.knows_first_level = !First, .knows_nested = First}; }
};

/// All that a patch holds.
std::string all_of(std::string_view text, auto const& policy, scan_with instructions)
{
    text_patch patch;
    if (auto const found = patch.read(text, policy, instructions); !found.empty())
        return test::told(found);
    std::string all(patch.text());
    for (auto const& each : patch.members()) {
        all.append("\n").append(each.key).append(" ").append(each.label).append("=").append(each.value);
        all += each.repeats_keys ? " twice" : each.merges() ? " merges" : "";
        BOOST_TEST(&each == &patch.members()[patch.find(each.key)]);
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(patches_of_some_kilobytes_are_read_alike_with_all_instructions)
{
    policy const distinct{key_characters::all_but(".$"), {}, {}, {.duplicates = duplicate_keys::rejected}};
    policy const lax{any_key{}, {}, {.max_members = 8}, {}};
    auto const asked = [](std::string_view key) noexcept { return !key.ends_with("1"); };
    policy const curious{asked, {}, {}, {.max_nesting = 9}};
    policy deep = lax;
    deep.merge.depth = 3;
    int read = 0;
    int refused = 0;
    for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
        model::generator random(seed);
        auto text =
            test::random_metadata(random, seed % 3 == 0 ? 0 : 10 + random.below(90)).object(random.below(4'300));
        if (random.one_in(8))
            text.erase(random.below(text.size()), 1 + random.below(2));
        if (random.one_in(8))
            text.insert(random.below(text.size()), 1, "{}[],:\"\\ \x01\x80"[random.below(11)]);
        auto const exact = std::make_unique<char[]>(text.size()); // the sanitizer sees every read beyond it
        std::copy(text.begin(), text.end(), exact.get());
        auto const same = [&, given = std::string_view(exact.get(), text.size())](auto const& rules) {
            auto const expected = all_of(given, rules, scan_with::portable);
            for (auto const instructions : test::every_scan())
                BOOST_TEST_REQUIRE(all_of(given, rules, instructions) == expected, given);
            (expected.starts_with("{") ? read : refused) += 1;
        };
        same(auth0::user_metadata);
        same(distinct);
        same(lax);
        same(curious);
        same(policy{no_final_one<true>{}, {}, {}, {}});
        same(policy{no_final_one<false>{}, {}, {}, {}});
        same(deep);
    }
    BOOST_TEST(read > 2'000);
    BOOST_TEST(refused > 1'000);
}

BOOST_AUTO_TEST_CASE(patches_are_read_alike_at_the_sizes_where_the_way_of_reading_changes)
{
    for (std::size_t const size : {254U, 255U, 256U, 257U, 4'094U, 4'095U, 4'096U, 4'097U}) {
        std::string text = R"({"a":{"b":[1,{"b":2}]},"c":")";
        text.append(size - text.size() - 2, 'x').append("\"}");
        BOOST_TEST_REQUIRE(text.size() == size);
        auto const expected = all_of(text, auth0::user_metadata, scan_with::portable);
        for (auto const instructions : test::every_scan())
            BOOST_TEST(all_of(text, auth0::user_metadata, instructions) == expected, size);
        BOOST_TEST(read("[" + text + "]", auth0::user_metadata) == read("[1]", auth0::user_metadata));
    }
}

BOOST_AUTO_TEST_CASE(a_text_that_ends_anywhere_is_refused_and_nothing_behind_it_is_read)
{
    std::string_view const text = R"({"a":"x","b" : null,"c.d":-1.5,"e\n":[true,{"f":{}}],"g":12345678901})";
    text_patch patch;
    BOOST_TEST(patch.read(text, first_level).empty());
    for (auto const instructions : test::every_scan()) {
        for (std::size_t size = 0; size < text.size(); ++size) {
            auto const exact = std::make_unique<char[]>(size); // the sanitizer sees every read beyond it
            std::copy_n(text.begin(), size, exact.get());
            BOOST_TEST(!patch.read(std::string_view(exact.get(), size), first_level, instructions).empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

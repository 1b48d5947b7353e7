// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/wanted_keys.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/vectors64.hpp>
#include <string>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(wanted_keys_)

namespace {

constexpr std::uint64_t first = 1; // the quote that begins the string

/// Those of the strings of a block that may be wanted keys.
template<class Bytes>
std::uint64_t among(wanted_keys const& wanted, std::uint64_t begins, std::string const& text)
{
    detail::block_carry carry;
    wanted_keys::finder<Bytes> const finder(wanted);
    return finder.among(begins, text.data(), detail::strings_of<Bytes>(text.data(), carry).escaped);
}

/// Whether the string at the front of a block may be a wanted key, by all instructions that tell it.
bool may_be_wanted(wanted_keys const& wanted, std::string text)
{
    text = '"' + text + '"';
    text.resize(96, ' ');
    bool found = among<detail::baseline_bytes>(wanted, first, text) != 0;
#if defined(__x86_64__) && defined(__GNUC__)
    if (fastest_scan() >= scan_with::avx2)
        found = among<detail::avx2_bytes>(wanted, first, text) != 0;
    if (fastest_scan() >= scan_with::avx512)
        BOOST_TEST((among<detail::avx512_bytes>(wanted, first, text) != 0) == found);
#endif
    return found;
}

/// Whether one of them tells more than what there is in any case.
bool instructions_tell()
{
#if defined(__x86_64__) && defined(__GNUC__)
    return fastest_scan() >= scan_with::avx2;
#else
    return detail::baseline_bytes::tells_pairs;
#endif
}

/// Whether four bytes of a string do not tell that it is another key.
bool told(wanted_keys const& wanted, std::string text)
{
    text += '"';
    text.resize(32, ' ');
    return wanted.tells(text.data());
}

wanted_keys wanting(std::vector<std::string> const& keys)
{
    wanted_keys wanted = every_key;
    wanted.assign(keys, [](std::string const& key) { return std::string_view(key); });
    return wanted;
}

} // namespace

BOOST_AUTO_TEST_CASE(all_keys_or_none_are_wanted)
{
    BOOST_TEST(may_be_wanted(every_key, "a"));
    BOOST_TEST(!may_be_wanted(no_key, "a"));
    BOOST_TEST(!may_be_wanted(wanting({}), "a"));
    BOOST_TEST(wanting({"a", ""}).are_all());
    BOOST_TEST(!wanting({"a"}).are_all());
}

BOOST_AUTO_TEST_CASE(a_wanted_key_is_wanted_however_it_is_written)
{
    std::vector<std::string> keys;
    for (int i = 0; i < 300; ++i) {
        keys.push_back(std::to_string(i));
        auto const wanted = wanting(keys);
        for (auto const& key : keys)
            BOOST_TEST_REQUIRE((may_be_wanted(wanted, key) && told(wanted, key)), key);
    }
    auto const wanted = wanting({"plan", "p", "\n"});
    for (auto const* const text : {"plan", "p", "\\u0070lan", "p\\u006can", "\\u0070", "\\n", "\\u000A"})
        BOOST_TEST((may_be_wanted(wanted, text) && told(wanted, text)), text);
}

BOOST_AUTO_TEST_CASE(four_bytes_tell_most_keys_that_two_do_not)
{
    // Those that begin alike, or have the end of the shortest at its place.
    auto const short_ones = wanting({"coupon", "plan"});
    for (auto const* const text : {"company", "consents", "planet", "pla", "plum"})
        BOOST_TEST(told(short_ones, text) == std::string_view(text).starts_with("plan"), text);
    for (auto const* const text : {"ib", "ids", "i"})
        BOOST_TEST(!told(wanting({"id"}), text), text);
    for (auto const* const text : {"b", "aa", ""})
        BOOST_TEST(!told(wanting({"a"}), text), text);
    // Of the longer of two keys no more is looked at than of the shorter, with the quote behind that.
    BOOST_TEST(told(wanting({"a", "id"}), "idea"));
    BOOST_TEST(!told(wanting({"idol", "id"}), "a"));
    auto const metadata = wanting({"user_metadata"});
    BOOST_TEST(told(metadata, "user_metadata"));
    for (auto const* const text : {"user_metadato", "user_metadata_", "user_metadat", "user_id"})
        BOOST_TEST(!told(metadata, text), text);
    BOOST_TEST(told(every_key, "a"));
}

BOOST_AUTO_TEST_CASE(few_are_no_more_than_eight)
{
    std::vector<std::string> keys(8, "a");
    BOOST_TEST(wanting(keys).are_few());
    keys.push_back("b");
    BOOST_TEST(!wanting(keys).are_few());
    BOOST_TEST(!every_key.are_few());
}

BOOST_AUTO_TEST_CASE(a_key_of_another_length_or_ending_is_not_where_the_instructions_can_tell)
{
    if (!instructions_tell())
        return;
    auto const short_ones = wanting({"plan", "p", "é"});
    for (auto const* const text : {"", "q", "pl4n", "pa", "an", "P", "xplan", "ê"})
        BOOST_TEST(may_be_wanted(short_ones, text) == std::string_view(text).starts_with("pl"), text);
    auto const metadata = wanting({"user_metadata"});
    for (auto const* const text : {"user_id", "user_metadat", "user_metadata_", "app_metadata", "another_metadatb"})
        BOOST_TEST(!may_be_wanted(metadata, text), text);
    auto const numbered = wanting({"member17", "member4"});
    for (auto const* const text : {"member5", "member18", "member1", "member"})
        BOOST_TEST(!may_be_wanted(numbered, text), text);
}

BOOST_AUTO_TEST_CASE(an_escape_anywhere_in_a_key_is_met_wherever_the_key_is_in_a_block)
{
    for (std::size_t const size : {1U, 2U, 7U, 14U, 15U, 16U, 17U, 40U}) {
        std::string const key(size, 'k');
        auto const wanted = wanting({key, key + "_longer"});
        for (std::size_t at = 0; at < 64; ++at) {
            for (std::size_t escaped = 0; escaped <= size; ++escaped) {
                auto written = key;
                if (escaped < size)
                    written.replace(escaped, 1, "\\u006b");
                auto text = std::string(at, ' ') + '"' + written + '"';
                text.resize(200, ' ');
                auto const bit = std::uint64_t{1} << at;
                BOOST_TEST_REQUIRE(wanted.tells(text.data() + at + 1));
                BOOST_TEST_REQUIRE(among<detail::portable_bytes>(wanted, bit, text) == bit);
#if defined(__x86_64__) && defined(__GNUC__)
                if (fastest_scan() >= scan_with::avx2)
                    BOOST_TEST_REQUIRE(among<detail::avx2_bytes>(wanted, bit, text) == bit);
                if (fastest_scan() >= scan_with::avx512)
                    BOOST_TEST_REQUIRE(among<detail::avx512_bytes>(wanted, bit, text) == bit);
#endif
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_was_wanted_before_is_forgotten)
{
    wanted_keys wanted = wanting({"a", ""});
    std::vector<std::string_view> const keys{"b"};
    wanted.assign(keys, [](std::string_view key) { return key; });
    BOOST_TEST(may_be_wanted(wanted, "b"));
    BOOST_TEST((!may_be_wanted(wanted, "a") || !instructions_tell()));
}

BOOST_AUTO_TEST_SUITE_END()

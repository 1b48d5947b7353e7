// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/packed_keys.hpp>

#include "packing_bytes.hpp"
#include "random_metadata.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/json/scan.hpp>
#include <metapatch/simd/is_json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(packed_keys)

namespace {

/// The keys of a text, token by token.
struct read_keys {
    std::vector<std::string> own{}; // of the outermost object: place, colon and the key itself
    bool odd = false;
    std::size_t deepest = 0;

    explicit read_keys(std::string_view text)
    {
        scanner scan(text);
        std::vector<std::set<std::string>> open;
        for (auto what = scan.next(); what != token::end; what = scan.next()) {
            BOOST_TEST_REQUIRE((what != token::failed));
            if (what == token::object_begin || what == token::array_begin)
                open.emplace_back();
            if (what == token::object_end || what == token::array_end)
                open.pop_back();
            deepest = std::max(deepest, open.size());
            if (what != token::key)
                continue;
            auto const raw = scan.raw();
            auto const begin = static_cast<std::size_t>(raw.data() - text.data()) - 1;
            auto const colon = text.find(':', begin + raw.size() + 2);
            odd = odd || colon != begin + raw.size() + 2 || raw.find_first_of("\\.$") != raw.npos;
            odd = odd || !open.back().emplace(raw).second;
            if (open.size() == 1)
                own.push_back(std::to_string(begin) + '-' + std::to_string(colon) + ' ' + std::string(raw));
        }
    }
};

bool read_by_fastest(detail::packed_keys& keys, std::string_view text, detail::check_memory const& read)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (fastest_scan() == scan_with::avx512)
        return read_packed_keys(keys, text, read, {'.', '$'});
#endif
    return keys.read<test::packing_bytes>(text, read.blocks_of(text), {'.', '$'});
}

/// @return whether all was as it mostly is
bool check(std::string_view given)
{
    static auto const room = std::make_unique<detail::check_memory>();
    auto const exact = std::make_unique<char[]>(given.size()); // the sanitizer sees every read beyond it
    std::copy(given.begin(), given.end(), exact.get());
    std::string_view const text(exact.get(), given.size());
    BOOST_TEST_REQUIRE(is_json(text, nesting_ceiling, fastest_scan(), *room));
    read_keys const expected(text);
    detail::packed_keys byte_by_byte;
    detail::packed_keys fast;
    bool const fine = byte_by_byte.read<test::packing_bytes>(text, room->blocks_of(text), {'.', '$'});
    BOOST_TEST_REQUIRE(read_by_fastest(fast, text, *room) == fine);
    BOOST_TEST_REQUIRE((!fine || !expected.odd), text);
    if (!fine)
        return false;
    for (auto const* const keys : {&byte_by_byte, &fast}) {
        std::vector<std::string> own;
        for (std::size_t i = 0; i < keys->size(); ++i) {
            auto const [begin, colon, print] = (*keys)[i];
            auto const key = text.substr(begin + 1, colon - begin - 2);
            BOOST_TEST(print == detail::fingerprint(key));
            own.push_back(std::to_string(begin) + '-' + std::to_string(colon) + ' ' + std::string(key));
        }
        BOOST_TEST(own == expected.own, boost::test_tools::per_element());
        BOOST_TEST(keys->end() == text.rfind('}'));
    }
    return true;
}

} // namespace

BOOST_AUTO_TEST_CASE(members_are_where_they_are_token_by_token_and_nothing_odd_is_missed)
{
    int plain = 0;
    int fine = 0;
    for (std::uint64_t seed = 0; seed < 6'000; ++seed) {
        model::generator random(seed);
        std::size_t const odd = seed % 2 == 0 ? 0 : 5 + random.below(60);
        auto const text = test::random_metadata(random, odd).object(random.below(random.one_in(3) ? 3'700 : 400));
        if (text.size() > detail::packed_keys::most)
            continue;
        bool const was_fine = check(text);
        bool const is_plain = !read_keys(text).odd && read_keys(text).deepest < 50;
        plain += is_plain ? 1 : 0;
        fine += is_plain && was_fine ? 1 : 0;
    }
    BOOST_TEST(plain > 3'000);
    BOOST_TEST(fine > plain * 99 / 100); // in very many objects two keys may seem the same that are not
}

BOOST_AUTO_TEST_CASE(a_key_is_found_odd_wherever_blocks_end)
{
    for (std::size_t shift = 0; shift < 140; ++shift) {
        auto const text = [shift](std::string_view inner) {
            return "{\"a\":\"" + std::string(shift, '.') + "\",\"b\":[{" + std::string(inner) + "}],\"c\":\"$\"}";
        };
        BOOST_TEST(check(text(R"("k":1,"l":"k")")));
        BOOST_TEST(check(text(R"("k":{"k":1},"l":{"k":{}},"m":[{"k":2},{"k":3}])")));
        BOOST_TEST(!check(text(R"("k.":1)")));
        BOOST_TEST(!check(text(R"("$k":1)")));
        BOOST_TEST(!check(text(R"("k\n":1)")));
        BOOST_TEST(!check(text(R"("k" :1)")));
        BOOST_TEST(!check(text(R"("k":1,"k":2)")));
        BOOST_TEST(!check(text(R"("k":{"l":[],"m":{"l":1}},"k":2)")));
        BOOST_TEST(!check(text("\"" + std::string(130, 'k') + ".\":1")));
        BOOST_TEST(!check(text("\"." + std::string(130, 'k') + "\":1")));
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_there_twice_is_found_however_many_stand_between_and_inside)
{
    for (std::size_t between = 0; between < 500; between = between * 3 / 2 + 1) {
        std::string text = R"({"twice":0)";
        for (std::size_t i = 0; i < between; ++i)
            text += i % 3 == 0 ? ",\"" + std::to_string(i) + "\":{}" : ",\"" + std::to_string(i) + "\":1";
        BOOST_TEST(check(text + "}"), between);
        BOOST_TEST(!check(text + R"(,"twice":1})"), between);
        BOOST_TEST(!check(R"({"in":[)" + text + R"(,"twice":1}]})"), between);
    }
}

BOOST_AUTO_TEST_CASE(what_is_nested_too_deeply_is_left_to_others_and_at_the_limit_is_read)
{
    auto const nested = [](std::size_t levels, std::string_view inner) {
        std::string text = "{\"a\":";
        for (std::size_t i = 1; i < levels; ++i)
            text += i % 2 == 0 ? "[" : "{\"k\":";
        text += inner;
        for (std::size_t i = levels - 1; i > 0; --i)
            text += i % 2 == 0 ? "]" : "}";
        return text + "}";
    };
    for (std::size_t levels = 1; levels < 300; ++levels) {
        bool const fine = check(nested(levels, "1"));
        BOOST_TEST((fine || levels > 60), levels);
        BOOST_TEST(!check(nested(levels, R"({"b":1,"b":2})")), levels);
        BOOST_TEST(!check(nested(levels, R"({"b.":1})")), levels);
    }
    BOOST_TEST(check(nested(62, R"({"b":1})")));
    BOOST_TEST(!check(nested(63, R"({"b":1})")));
    for (std::size_t levels : {64U, 128U, 255U, 256U, 257U, 1'000U}) {
        auto const deep = std::string(levels, '[') + R"({"b":{}})" + std::string(levels, ']');
        BOOST_TEST(!check("{\"a\":" + deep + R"(,"b":1,"b":2})"));
        BOOST_TEST(!check("{\"a\":" + deep + "}"));
    }
}

BOOST_AUTO_TEST_SUITE_END()

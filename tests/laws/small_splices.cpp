// SPDX-License-Identifier: BSL-1.0
// Where texts are few, all of them can be tried: each stored text with each patch, at every depth, is spliced to what the
// plain model says.
#include "../support.hpp"
#include "kept_bytes.hpp"
#include "model.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/splice/splice.hpp>
#include <string>
#include <vector>

using namespace metapatch;

namespace {

/// Every object that has one of these values, or none, under each of two keys, in either order.
std::vector<std::string> every_object(std::vector<std::string> const& values)
{
    std::vector<std::string> all{"{}"};
    for (auto const& a : values) {
        all.push_back("{\"a\": " + a + " }");
        all.push_back("{ \"b\":" + a + "}");
        for (auto const& b : values) {
            all.push_back("{\"a\":" + a + ", \"b\":" + b + "}");
            all.push_back("{\"b\":" + a + " ,\"a\":" + b + "}");
        }
    }
    return all;
}

/// Some that have a key twice.
std::vector<std::string> some_duplicates()
{
    std::vector<std::string> all;
    for (std::string const first : {"1", "{\"a\":1}", "{}"}) {
        for (std::string const last : {"2", "null", "{\"a\":2 }", "{\"b\":{\"a\":3},\"b\":{ \"b\":4}}"})
            all.push_back("{\"a\":" + first + ",\"b\":0 , \"a\":" + last + "}");
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(small_splices)

BOOST_AUTO_TEST_CASE(every_small_patch_makes_of_every_small_text_what_the_model_says)
{
    auto stored = every_object({"1", "null", "{}", "{\"a\":1.0}", "{\"a\":{\"a\":[ ],\"b\":2},\"b\":{}}"});
    auto patches = every_object({"3", "null", "{ }", "{\"a\":null}", "{\"a\":{\"b\":null,\"a\":4},\"b\":null}"});
    auto const duplicates = some_duplicates();
    stored.insert(stored.end(), duplicates.begin(), duplicates.end());
    patches.insert(patches.end(), duplicates.begin(), duplicates.end());
    for (std::size_t const depth :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, unlimited}) {
        auto rules = up_to_level(depth);
        rules.merge.on_empty = empty_body::merges;
        for (auto const& body : patches) {
            text_patch patch;
            BOOST_TEST_REQUIRE(patch.read(body, rules).empty());
            auto const change = read_value(body).value();
            for (auto const& before : stored) {
                std::string text;
                auto const done = splice(before, patch, text, {}).value();
                auto const state = metapatch::state(read_value(before).value().get_object());
                auto const expected = model::apply(state, change, rules);
                BOOST_TEST_REQUIRE(test::shown(read_value(text).value()) == test::shown(expected.field),
                                   before << " after " << body << " at depth " << depth << " is " << text);
                bool const repeats = read_value(before, {nesting_ceiling, duplicate_keys::rejected}).has_error();
                BOOST_TEST_REQUIRE(
                    (repeats || (done.added == expected.made.added && done.replaced == expected.made.replaced &&
                                 done.removed == expected.made.removed)));
                if (depth > 0)
                    BOOST_TEST_REQUIRE(laws::kept_bytes(nesting_ceiling).in(before, body, text, depth),
                                       before << " after " << body << " at depth " << depth << " is " << text);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

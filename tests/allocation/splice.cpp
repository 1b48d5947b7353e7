// SPDX-License-Identifier: BSL-1.0
#include "../support.hpp"
#include "counting.hpp"
#include "fail_everywhere.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/splice/splice.hpp>

using namespace metapatch;
using metapatch::test::fail_everywhere;
using metapatch::test::heap;

BOOST_AUTO_TEST_SUITE(splicing)

namespace {

constexpr std::string_view stored =
    R"({"first":"a string that is too long to be stored in place","second":{"x":[1.10,2]},"third":3})";
constexpr std::string_view body =
    R"({"second":{"y":"another string that is too long for that"},"first":null,"new":[1,2,3]})";

template<class Out>
struct subject {
    text_patch patch;
    Out out;
    bool accepted = false;
};

void hold_something(std::string& out)
{
    out = "before";
}

void hold_something(text_pieces& out)
{
    out.pieces.push_back("before");
}

std::string joined(std::string const& out)
{
    return out;
}

std::string joined(text_pieces const& out)
{
    std::string all;
    for (auto const piece : out.pieces)
        all += piece;
    return all;
}

template<class Out>
void check_output(policy<> const& rules)
{
    fail_everywhere(
        [&] {
            subject<Out> made;
            BOOST_TEST_REQUIRE(made.patch.read(body, rules).empty());
            hold_something(made.out);
            return made;
        },
        [&](auto& on) { on.accepted = splice(stored, on.patch, on.out).has_value(); },
        [&](auto const& on, bool failed) {
            BOOST_TEST(on.accepted != failed);
            BOOST_TEST((joined(on.out) == "before") == failed);
        });
}

} // namespace

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_what_the_output_held)
{
    for (auto const& rules : {first_level, replace, rfc7396}) {
        check_output<std::string>(rules);
        check_output<text_pieces>(rules);
    }
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_a_patch_that_may_be_read_again)
{
    fail_everywhere([] { return text_patch(); },
                    [](text_patch& patch) {
                        static_cast<void>(patch.read(R"({"\u0061":{"x":1,"x":2},"b":1,"b":null})", first_level));
                    },
                    [](text_patch& patch, bool failed) {
                        BOOST_TEST(patch.is_untouched() == failed); // never half read, or read and not checked
                        BOOST_TEST(patch.members().empty() == failed);
                        BOOST_TEST(patch.read(body, first_level).empty());
                        BOOST_TEST(patch.members().size() == 3U);
                    });
}

BOOST_AUTO_TEST_CASE(into_a_buffer_a_patch_read_once_or_again_allocates_nothing)
{
    text_patch patch;
    std::array<char, 512> buffer{};
    std::span<char> out(buffer);
    auto deep = auth0::user_metadata;
    deep.merge.depth = unlimited;
    for (auto const& rules : {auth0::user_metadata, deep}) {
        BOOST_TEST(patch.read(body, rules).empty());
        for (auto const known : {stored_text::trusted, stored_text::checked}) {
            heap::forget();
            bool const read = patch.read(body, rules).empty();
            auto const done = splice(stored, patch, out, {.stored = known});
            auto const allocations = heap::allocations;
            BOOST_TEST(allocations == 0U);
            BOOST_TEST((read && done && done->size < buffer.size()));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_string_is_allocated_once_for_a_result_of_any_size)
{
    std::string large = "{\"first\":1";
    for (int i = 0; i < 20'000; ++i)
        large += ",\"" + std::to_string(i) + "\":\"some value\"";
    large += "}";
    text_patch patch;
    BOOST_TEST(patch.read(body, auth0::user_metadata).empty());
    for (auto const known : {stored_text::trusted, stored_text::checked}) {
        std::string out;
        heap::forget();
        auto const done = splice(large, patch, out, {.stored = known});
        auto const allocations = heap::allocations;
        BOOST_TEST(allocations == 1U);
        BOOST_TEST(done->size == out.size());
    }
    // Of many results in one string, each is not a move of all those before.
    std::string all;
    heap::forget();
    for (int i = 0; i < 1'000; ++i)
        static_cast<void>(splice(stored, patch, all, {}));
    BOOST_TEST(heap::allocations < 20U);
}

BOOST_AUTO_TEST_CASE(an_indexed_text_is_patched_into_a_buffer_without_an_allocation)
{
    text_patch patch;
    member_index index;
    BOOST_TEST(patch.read(body, auth0::user_metadata).empty());
    BOOST_TEST(index.read(stored).empty());
    std::array<char, 512> buffer{};
    std::span<char> out(buffer);
    heap::forget();
    auto const done = splice(index, patch, out);
    auto const allocations = heap::allocations;
    BOOST_TEST(allocations == 0U);
    BOOST_TEST((done && done->size < buffer.size()));
}

BOOST_AUTO_TEST_CASE(a_failed_allocation_leaves_an_index_of_no_text)
{
    fail_everywhere([] { return member_index(); },
                    [](member_index& index) { static_cast<void>(index.read(R"({"\u0061":1,"b":2})")); },
                    [](member_index& index, bool failed) {
                        BOOST_TEST(index.text().empty() == failed);
                        BOOST_TEST((index.size() == 0) == failed);
                        BOOST_TEST(index.read(stored).empty());
                        BOOST_TEST(index.size() == 3U);
                    });
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/pointer_tokens.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using detail::pointer_tokens;

BOOST_AUTO_TEST_SUITE(tokens_of_pointers)

BOOST_AUTO_TEST_CASE(pointers_are_read_token_by_token)
{
    struct {
        char const* pointer;
        pointer_tokens tokens;
    } const pointers[]{{"", {}}, {"/", {""}}, {"//", {"", ""}}, {"/a~1b/~0/~01/", {"a/b", "~", "~1", ""}}};
    for (auto const& each : pointers) {
        pointer_tokens tokens{"left over"};
        BOOST_TEST(!detail::read_pointer(each.pointer, tokens), each.pointer);
        BOOST_TEST((tokens == each.tokens), each.pointer);
        BOOST_TEST(detail::pointer_of(tokens, tokens.size()) == each.pointer);
    }
    BOOST_TEST(detail::pointer_of({"a/b", "~", "c"}, 2) == "/a~1b/~0");
    BOOST_TEST(detail::pointer_of({"a"}, 0) == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_pointer_is_told_by_its_fault)
{
    pointer_tokens tokens;
    for (auto const* text : {"a", " /a", "a/b", "~0"})
        BOOST_TEST((detail::read_pointer(text, tokens) == operation_fault::no_slash), text);
    for (auto const* text : {"/~", "/~2", "/a~", "/~a", "/~/0", "/~~0"})
        BOOST_TEST((detail::read_pointer(text, tokens) == operation_fault::bad_escape), text);
}

BOOST_AUTO_TEST_CASE(an_index_is_digits_without_a_leading_zero)
{
    for (auto const* token : {"0", "7", "10", "99999999999999999999"})
        BOOST_TEST(detail::is_index(token), token);
    for (auto const* token : {"", "00", "01", "+1", "-1", "-", "1 ", " 1", "1.0", "1e0", "x", "0x1", "/", ":"})
        BOOST_TEST(!detail::is_index(token), token);
    BOOST_TEST((detail::index_of("0", 0) == 0U));
    BOOST_TEST((detail::index_of("10", 10) == 10U));
    BOOST_TEST(!detail::index_of("11", 10));
    BOOST_TEST(!detail::index_of("", 10));
    BOOST_TEST(!detail::index_of("01", 10));
    auto const most = static_cast<std::size_t>(-1);
    BOOST_TEST((detail::index_of(std::to_string(most), most) == most));
    BOOST_TEST(!detail::index_of("99999999999999999999999", most));
}

BOOST_AUTO_TEST_SUITE_END()

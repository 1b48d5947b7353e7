// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outcome/error.hpp>

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using metapatch::errc;

BOOST_AUTO_TEST_SUITE(error)

namespace {

// The names travel on the wire: this list is a promise, not a copy.
constexpr std::array<std::string_view, 27> promised_names{"expected_object",
                                                          "invalid_key_character",
                                                          "reserved_key",
                                                          "empty_key",
                                                          "too_many_members",
                                                          "key_too_long",
                                                          "invalid_value_type",
                                                          "value_too_long",
                                                          "too_large",
                                                          "too_deep",
                                                          "malformed_json",
                                                          "duplicate_key",
                                                          "number_out_of_range",
                                                          "unreachable_state",
                                                          "unreachable_null",
                                                          "not_expressible",
                                                          "expected_array",
                                                          "invalid_operation",
                                                          "missing_target",
                                                          "test_failed",
                                                          "unknown_member",
                                                          "missing_member",
                                                          "value_too_short",
                                                          "invalid_format",
                                                          "conflicting_member",
                                                          "invalid_value",
                                                          "own_rule"};

} // namespace

BOOST_AUTO_TEST_CASE(every_code_keeps_its_name)
{
    for (std::size_t i = 0; i < promised_names.size(); ++i)
        BOOST_TEST(metapatch::name(static_cast<errc>(i + 1)) == promised_names[i]);
    static_assert(metapatch::name(errc::too_large) == "too_large");
}

BOOST_AUTO_TEST_CASE(there_is_no_code_beyond_the_named_ones)
{
    BOOST_TEST(metapatch::name(static_cast<errc>(0)) == "unknown");
    BOOST_TEST(metapatch::name(static_cast<errc>(promised_names.size() + 1)) == "unknown");
    BOOST_TEST(metapatch::name(static_cast<errc>(-1)) == "unknown");
}

BOOST_AUTO_TEST_CASE(every_code_has_a_message_of_its_own)
{
    std::set<std::string> messages;
    for (std::size_t i = 1; i <= promised_names.size(); ++i) {
        auto const message = metapatch::make_error_code(static_cast<errc>(i)).message();
        BOOST_TEST(!message.empty());
        BOOST_TEST(message != "unknown metapatch error");
        BOOST_TEST(messages.insert(message).second, message);
    }
    auto const beyond = static_cast<int>(promised_names.size()) + 1;
    for (int const code : {0, -1, beyond})
        BOOST_TEST(metapatch::category().message(code) == "unknown metapatch error", code);
}

BOOST_AUTO_TEST_CASE(a_code_becomes_an_error_code_by_itself)
{
    boost::system::error_code const code = errc::too_deep;
    BOOST_TEST(code.failed());
    BOOST_TEST((code == errc::too_deep));
    BOOST_TEST((code != errc::too_large));
    BOOST_TEST(code.value() == static_cast<int>(errc::too_deep));
    BOOST_TEST(code.category().name() == "metapatch");
}

BOOST_AUTO_TEST_CASE(the_category_compares_by_its_id)
{
    // A second object stands for the one that another shared library holds.
    metapatch::detail::category_type const elsewhere;
    BOOST_TEST((metapatch::category() == elsewhere));
    BOOST_TEST((metapatch::make_error_code(errc::too_deep) ==
                boost::system::error_code(static_cast<int>(errc::too_deep), elsewhere)));
    BOOST_TEST((metapatch::category() != boost::system::generic_category()));
}

BOOST_AUTO_TEST_SUITE_END()

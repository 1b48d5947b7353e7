// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outcome/violation.hpp>

#include <boost/test/unit_test.hpp>
#include <sstream>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(violations)

namespace {

template<class T>
std::string printed(T const& what)
{
    std::ostringstream out;
    out << what;
    return out.str();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_message_tells_place_reason_and_numbers)
{
    violation const counted{.code = errc::too_many_members, .pointer = "/plan", .limit = 10, .actual = 11};
    BOOST_TEST(counted.message() == "/plan: too many members (11, limit 10)");
    violation const limited{.code = errc::too_deep, .limit = 512, .offset = 7};
    BOOST_TEST(limited.message() == "nested too deep (limit 512) at byte 7");
    violation const faulty{
        .code = errc::missing_target, .pointer = "/a", .operation = 0, .fault = operation_fault::no_member};
    BOOST_TEST(faulty.message() == "/a: there is nothing here to operate on in operation 0 (no_member)");
    violation const failed{.code = errc::test_failed, .pointer = "/a", .operation = 3};
    BOOST_TEST(failed.message() == "/a: the value is not the one that is tested for in operation 3");
    BOOST_TEST(violation{.code = errc::expected_object}.message() == "expected a JSON object");
    BOOST_TEST(violation{}.message() == "unknown");
    BOOST_TEST(printed(counted) == counted.message());
}

BOOST_AUTO_TEST_CASE(printing_shows_all_of_a_pointer_that_holds_nul)
{
    violation const odd{.code = errc::reserved_key, .pointer = std::string("/a\0b", 4)};
    BOOST_TEST((printed(odd) == odd.message()));
    BOOST_TEST((printed(report(odd)) == odd.message()));
}

BOOST_AUTO_TEST_CASE(a_report_keeps_violations_in_order)
{
    report found;
    BOOST_TEST(found.empty());
    BOOST_TEST(found.size() == 0U);
    found.add({.code = errc::reserved_key, .pointer = "/a"});
    found.add({.code = errc::too_deep});
    BOOST_TEST(!found.empty());
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST((found.front().code == errc::reserved_key));
    BOOST_TEST((found[1].code == errc::too_deep));
    BOOST_TEST(found.message() == "/a: the key is reserved; nested too deep");
    BOOST_TEST(printed(found) == found.message());
    BOOST_TEST((found == report(found)));
    BOOST_TEST((found != report(found.front())));
    found.clear();
    BOOST_TEST((found == report()));
}

BOOST_AUTO_TEST_CASE(a_report_lists_a_thousand_violations_or_as_many_as_it_is_asked_to)
{
    report usual;
    auto short_one = report::of_at_most(3);
    for (std::size_t i = 0; i < 1'001; ++i) {
        usual.add({.code = errc::reserved_key});
        short_one.add({.code = errc::reserved_key});
    }
    BOOST_TEST(usual.size() == 1'000U);
    BOOST_TEST(usual.omitted() == 1U);
    BOOST_TEST(short_one.size() == 3U);
    BOOST_TEST(short_one.omitted() == 998U);
    BOOST_TEST(short_one.message().ends_with("; and 998 more"));
    BOOST_TEST(report({.code = errc::too_deep}).max_size() == 1'000U);
}

BOOST_AUTO_TEST_CASE(a_report_beyond_its_budget_only_counts)
{
    report found;
    found.add({.code = errc::too_deep, .pointer = std::string(report::pointer_budget, 'x')});
    BOOST_TEST(!found.full()); // the budget is what may be held
    found.add({.code = errc::too_deep, .pointer = "y"});
    BOOST_TEST(found.full());
    BOOST_TEST(found.omitted() == 0U);
    found.add({.code = errc::reserved_key, .pointer = "/z"});
    found.add({.code = errc::reserved_key});
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found.omitted() == 2U);
    BOOST_TEST(found.message().ends_with("; and 2 more"));
    found.clear();
    BOOST_TEST(found.omitted() == 0U);
    BOOST_TEST(!found.full());
}

BOOST_AUTO_TEST_CASE(the_value_of_a_refusal_throws_all_its_reasons)
{
    report why({.code = errc::too_large, .limit = 1, .actual = 2});
    why.add({.code = errc::too_deep});
    result<int> const outcome = why;
    BOOST_CHECK_EXCEPTION(outcome.value(), refused, [&](refused const& thrown) {
        return thrown.why() == why && thrown.code() == errc::too_large &&
               std::string(thrown.what()).find("(2, limit 1); nested too deep") != std::string::npos;
    });
    BOOST_CHECK_THROW(outcome.value(), boost::system::system_error);
    report keys({.code = errc::reserved_key, .pointer = std::string("/a\0b", 4)});
    keys.add({.code = errc::too_deep});
    BOOST_CHECK_EXCEPTION(result<int>(keys).value(), refused, [](refused const& thrown) {
        auto const what = std::string_view(thrown.what()); // a NUL does not end it
        return what.starts_with("/a\\u0000b: ") && what.ends_with("; nested too deep");
    });
    BOOST_TEST(result<int>(3).value() == 3);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/new_document.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(new_documents)

namespace {

std::string made(std::optional<std::string_view> user_id, std::string_view text, std::size_t most = unlimited)
{
    std::array<auth0::detail::field_rules, 1> const fields{{{"user_metadata", &auth0::user_metadata}}};
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
    body.members().look_up([](std::string_view name, std::uint64_t) { return auth0::detail::create_index.find(name); });
    auth0::detail::document_changes changes;
    changes.assign_attributes(body);
    std::string out;
    metapatch::detail::string_sink sink(out);
    bool const written = auth0::detail::write_new_document(user_id, changes, text.size(), most, sink);
    sink.keep();
    return written ? out : "careful";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_document_has_its_id_its_attributes_and_its_metadata)
{
    BOOST_TEST(made("auth0|1", R"({"user_metadata":{"a":1,"b":null},"password":"p","name" : "n","email":"a@b.cd"})") ==
               R"({"user_id":"auth0|1","name":"n","email":"a@b.cd","user_metadata":{"a":1}})");
    BOOST_TEST(made("a\"\n", "{}") == R"({"user_id":"a\"\n"})");
    BOOST_TEST(made({}, "{}") == "{}");
    BOOST_TEST(made({}, R"({"user_metadata":{}})") == R"({"user_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(what_may_be_refused_is_left_to_the_careful_way)
{
    BOOST_TEST(made({}, R"({"user_metadata":{"a.b":1}})") == "careful");
    BOOST_TEST(made({}, R"({"user_metadata":{"a":1}})", 10) == "careful");
}

BOOST_AUTO_TEST_SUITE_END()

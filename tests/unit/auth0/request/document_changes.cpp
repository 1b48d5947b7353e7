// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/document_changes.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using auth0::detail::document_changes;
using auth0::detail::text_body;

BOOST_AUTO_TEST_SUITE(changes_of_documents)

namespace {

std::array<auth0::detail::field_rules, 2> const fields{
    {{"user_metadata", &auth0::user_metadata}, {"app_metadata", &auth0::app_metadata}}};

std::string said(document_changes const& changes)
{
    std::string text = changes.are_plain() ? "" : "not plain: ";
    for (auto const& each : changes.all())
        text.append(each.name)
            .append(each.field != nullptr ? " merges"
                    : each.value.empty()  ? " goes"
                                          : "=" + std::string(each.value))
            .append(each.follows_name ? ". " : " ");
    return text;
}

void read(text_body& body, std::string_view text)
{
    BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
    body.members().look_up([](std::string_view name) { return auth0::detail::update_index.find(name); });
}

} // namespace

BOOST_AUTO_TEST_CASE(attributes_come_in_the_order_of_the_body_and_metadata_behind_them)
{
    text_body body;
    document_changes changes;
    read(body, R"({"app_metadata":{},"name":"x","nickname" :null,"user_metadata":{"a":1},"verify_email":true,)"
               R"("blocked": true})");
    changes.assign_attributes(body);
    BOOST_TEST(said(changes) == R"(name="x". nickname goes blocked=true app_metadata merges user_metadata merges )");
    changes.want_all();
    BOOST_TEST(changes.find("blocked", detail::fingerprint("blocked")) == 2U);
    BOOST_TEST(changes.find("email", detail::fingerprint("email")) == document_changes::npos);
    BOOST_TEST(&changes.wanted_inside() == &body.find_field("user_metadata")->patch.wanted());
    changes.assign(body);
    BOOST_TEST(said(changes) == "app_metadata merges user_metadata merges ");
    std::array<std::string_view, 3> const names{"nickname", "email", "name"};
    changes.assign(body, names);
    BOOST_TEST(said(changes) == R"(nickname goes name="x". app_metadata merges user_metadata merges )");
}

BOOST_AUTO_TEST_CASE(a_patch_with_a_fault_or_of_more_levels_is_not_plain)
{
    text_body body;
    document_changes changes;
    read(body, R"({"user_metadata":{"a.b":1}})");
    changes.assign(body);
    BOOST_TEST(said(changes) == "not plain: user_metadata merges ");
    auto deep = auth0::user_metadata;
    deep.merge.depth = 2;
    std::array<auth0::detail::field_rules, 1> const one{{{"user_metadata", &deep}}};
    BOOST_TEST_REQUIRE(!body.read(R"({"user_metadata":{"a":1}})", one, fastest_scan()));
    changes.assign(body);
    BOOST_TEST(!changes.are_plain());
    BOOST_TEST_REQUIRE(!body.read(R"({"user_metadata":{}})", one, fastest_scan()));
    changes.assign(body);
    BOOST_TEST(changes.are_plain());
}

BOOST_AUTO_TEST_SUITE_END()

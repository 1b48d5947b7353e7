// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/document_changes.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/simd/members.hpp>
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

using auth0::detail::value_type;

constexpr auto schema =
    std::to_array<auth0::detail::attribute>({{"b", value_type::string, false, true, {}},
                                             {"a", value_type::string, false, true, {}},
                                             {"c", value_type::string, false, false, {}},
                                             {"user_metadata", value_type::object, false, true, {}}});
constexpr auth0::detail::attribute_index index_of_schema(schema);

void read(text_body& body, std::string_view text)
{
    BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
    body.members().look_up([](std::string_view name, std::uint64_t) { return auth0::detail::update_index.find(name); });
}

} // namespace

BOOST_AUTO_TEST_CASE(attributes_come_in_the_order_of_the_body_and_metadata_behind_them)
{
    text_body body;
    document_changes changes;
    read(body, R"({"app_metadata":{},"name":"x","nickname" :null,"user_metadata":{"a":1},"verify_email":true,)"
               R"("blocked": true})");
    changes.assign_attributes(body);
    BOOST_TEST(said(changes) == R"(name="x". nickname goes blocked=true app_metadata merges. user_metadata merges. )");
    BOOST_TEST(changes.find("blocked", detail::fingerprint("blocked")) == 2U);
    BOOST_TEST(changes.find("email", detail::fingerprint("email")) == document_changes::npos);
    changes.assign(body);
    BOOST_TEST(said(changes) == "app_metadata merges. user_metadata merges. ");
}

BOOST_AUTO_TEST_CASE(attributes_may_come_in_the_order_of_a_schema_too)
{
    text_body body;
    document_changes changes;
    auto const changed = [&](std::string_view text) {
        BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
        body.members().look_up(
            [](std::string_view name, std::uint64_t print) { return index_of_schema.find(name, print); });
        changes.assign_attributes(body, schema);
        return said(changes);
    };
    BOOST_TEST(changed(R"({"x":1,"user_metadata":{},"a":"1","c":"2","b": "3"})") ==
               R"(b="3" a="1". user_metadata merges. )");
    BOOST_TEST(changed(R"({"b":"4"})") == R"(b="4". )");
    BOOST_TEST(changed("{}") == "");
}

BOOST_AUTO_TEST_CASE(a_patch_with_a_fault_or_of_more_levels_is_not_plain)
{
    text_body body;
    document_changes changes;
    read(body, R"({"user_metadata":{"a.b":1}})");
    changes.assign(body);
    BOOST_TEST(said(changes) == "not plain: user_metadata merges. ");
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

BOOST_AUTO_TEST_CASE(what_to_look_for_inside_are_the_keys_of_all_fields_that_are_merged)
{
    text_body body;
    document_changes changes;
    std::string_view const stored =
        R"({"name":1,"user_metadata":{"aa":1,"bb":1,"cc":1},"app_metadata":{"aa":1,"bb":1,"cc":1,"name":1}})";
    auto const found = [&](std::string_view text) {
        read(body, text);
        changes.assign_attributes(body);
        detail::nested_wanted room;
        auto const& wanted = changes.wanted(room);
        BOOST_TEST(&wanted == &room);
        std::string told;
        detail::nested_cursor cursor(stored, wanted, false, fastest_scan());
        using event = detail::nested_cursor::event;
        while (cursor.search()) {
            for (auto what = cursor.next_found(); what != event::none; what = cursor.next_found())
                (told += what == event::leave   ? ")"
                         : what == event::enter ? " "
                                                : "(") += what == event::leave ? "" : cursor.raw_key();
        }
        // There may be others between them, but where an instruction tells them.
        bool const all_told = fastest_scan() == scan_with::avx2 || fastest_scan() == scan_with::avx512;
        return all_told ? told : std::string();
    };
    auto const tells = [&](std::string_view text, std::string_view expected) {
        auto const told = found(text);
        BOOST_TEST((told.empty() || told == expected), text << ": " << told);
        changes.want_all();
        detail::nested_wanted room;
        auto const& wanted = changes.wanted(room);
        BOOST_TEST(&wanted != &room);
        for (std::string_view const name : {"name", "user_metadata", "app_metadata", "aa", "bb", "cc"}) {
            auto const at = std::string(name) + "\":1" + std::string(16, ' ');
            auto const is_told = [&](char level) { return expected.find(level + std::string(name)) != expected.npos; };
            BOOST_TEST((wanted.outside().tells(at.data()) || !is_told(' '))); // it may tell others
            BOOST_TEST((wanted.any().tells(at.data()) || !is_told('(')));
        }
    };
    tells(R"({"user_metadata":{"aa":1}})", " user_metadata(aa)");
    tells(R"({"user_metadata":{"aa":1},"app_metadata":{"cc":1}})", " user_metadata(aa(cc) app_metadata(aa(cc)");
    tells(R"({"app_metadata":{"cc":1},"user_metadata":{}})", " user_metadata(cc) app_metadata(cc)");
    tells(R"({"app_metadata":{"name":1},"name":"x"})", " name) app_metadata(name)");
    tells(R"({"name":"x","user_metadata":{}})", " name) user_metadata)");
}

BOOST_AUTO_TEST_CASE(what_to_look_for_is_put_down_at_once_where_it_is_so_much_that_it_takes_memory)
{
    text_body body;
    document_changes changes;
    auto const is_put_down = [&](std::size_t keys) {
        std::string text = R"({"name":"n","user_metadata":{"a":1},"app_metadata":{)";
        for (std::size_t i = 4; i < keys; ++i)
            text.append(i > 4 ? ",\"" : "\"").append(std::to_string(i)).append("\":1");
        text += "}}"; // which the body refers to
        read(body, text);
        changes.assign_attributes(body);
        detail::nested_wanted room;
        return &changes.wanted(room) != &room;
    };
    BOOST_TEST(!is_put_down(10));
    BOOST_TEST(!is_put_down(detail::nested_wanted::few));
    BOOST_TEST(is_put_down(detail::nested_wanted::few + 1));
    BOOST_TEST(!is_put_down(10));
}

BOOST_AUTO_TEST_CASE(a_value_follows_its_name_where_nothing_is_between)
{
    text_body body;
    document_changes changes;
    read(body, R"({"name":"a","n\u0069ckname":"b","blocked" :true,"email":"x","email": "y"})");
    changes.assign_attributes(body);
    BOOST_TEST(said(changes) == R"(name="a". nickname="b" blocked=true email="y" )");
}

BOOST_AUTO_TEST_SUITE_END()

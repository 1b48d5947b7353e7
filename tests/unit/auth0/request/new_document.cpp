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

/// @param write  writes a document to a sink
std::string made_by(std::string_view text, auto const& write)
{
    std::array<auth0::detail::field_rules, 1> const fields{{{"user_metadata", &auth0::user_metadata}}};
    auth0::detail::text_body body;
    BOOST_TEST_REQUIRE(!body.read(text, fields, fastest_scan()));
    body.members().look_up([](std::string_view name, std::uint64_t) { return auth0::detail::create_index.find(name); });
    auth0::detail::document_changes changes;
    changes.assign_attributes(body);
    return write(changes);
}

std::string made(std::optional<std::string_view> user_id, std::string_view text, std::size_t most = unlimited)
{
    return made_by(text, [&](auth0::detail::document_changes const& changes) {
        std::string out;
        metapatch::detail::string_sink sink(out);
        bool const written = auth0::detail::write_new_document(user_id, changes, text.size(), most, sink);
        sink.keep();
        return written ? out : "careful";
    });
}

/// The pieces that a document without an id is written in, each followed by `~`.
std::string pieces_of(std::string_view text)
{
    return made_by(text, [&](auth0::detail::document_changes const& changes) {
        text_pieces out;
        metapatch::detail::pieces_sink sink(out);
        BOOST_TEST(auth0::detail::write_new_document(std::nullopt, changes, text.size(), unlimited, sink));
        sink.keep();
        std::string told;
        for (auto const piece : out.pieces)
            told.append(piece) += '~';
        return told;
    });
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

BOOST_AUTO_TEST_CASE(what_stands_together_in_the_body_is_written_as_one_piece)
{
    BOOST_TEST(pieces_of(R"({"name":"n","email":"a@b.cd","user_metadata":{"a":1,"b":[ 2 ]}})") ==
               R"({~"name":"n","email":"a@b.cd","user_metadata":{"a":1,"b":[ 2 ]}~}~)");
    BOOST_TEST(pieces_of(R"({"name":"n","password":"p","email":"a@b.cd","nickname":"x"})") ==
               R"({~"name":"n"~,"email":"a@b.cd","nickname":"x"~}~)");
    BOOST_TEST(pieces_of(R"({"name":"n" ,"email":"e", "nickname":"x"})") ==
               R"({~"name":"n"~,"email":"e"~,~"nickname":"x"~}~)");
    BOOST_TEST(pieces_of(R"({"name":"n","\u0065mail":"e","nickname":"x"})") ==
               R"({~"name":"n"~,~"~email~":~"e"~,"nickname":"x"~}~)");
    BOOST_TEST(pieces_of(R"({"user_metadata":{"a":1},"name":"n"})") == R"({~"name":"n"~,~"user_metadata":{"a":1}~}~)");
}

BOOST_AUTO_TEST_CASE(metadata_of_which_anything_goes_is_no_piece_of_the_body)
{
    BOOST_TEST(made({}, R"({"name":"n","user_metadata":{"a":1,"b":null}})") ==
               R"({"name":"n","user_metadata":{"a":1}})");
    BOOST_TEST(made({}, R"({"name":"n","user_metadata":{ "a": 1 , "b":2}})") ==
               R"({"name":"n","user_metadata":{"a": 1,"b":2}})");
    BOOST_TEST(made({}, R"({"name":"n","user_metadata":{"a":1,"b":2,"a":3}})") ==
               R"({"name":"n","user_metadata":{"a":3,"b":2}})");
    BOOST_TEST(made({}, R"({"name":"n","user_metadata":{"a":{"x":1,"x":2}}})") ==
               R"({"name":"n","user_metadata":{"a":{"x":2}}})");
    BOOST_TEST(made({}, R"({"user_metadata":{"a":1},"user_metadata":{"b":1}})") == R"({"user_metadata":{"b":1}})");
}

BOOST_AUTO_TEST_CASE(what_may_be_refused_is_left_to_the_careful_way)
{
    BOOST_TEST(made({}, R"({"user_metadata":{"a.b":1}})") == "careful");
    BOOST_TEST(made({}, R"({"user_metadata":{"a":1}})", 10) == "careful");
}

BOOST_AUTO_TEST_SUITE_END()

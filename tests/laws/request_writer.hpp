// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_REQUEST_WRITER_HPP
#define METAPATCH_TESTS_LAWS_REQUEST_WRITER_HPP

#include "random.hpp"
#include "user_cases.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::laws {

/// Writes users and bodies as nobody would: white space everywhere, names with escapes, members that come twice, fields
/// that are no objects.
class request_writer {
public:
    explicit request_writer(model::generator& random) : random_(random) {}

    std::string user()
    {
        add("user_id", "\"me\"");
        if (random_.one_in(2))
            add("name", random_.one_in(5) ? value(2) : "\"Ann\"");
        if (random_.one_in(3))
            add("identities", R"([{"connection":"db" ,"access_token":"t"},[{"refresh_token":1}], )" + value(2) + "]");
        if (random_.one_in(4))
            add("multifactor", random_.one_in(4) ? value(2) : R"([ "duo" ,"guardian","d\u0075o",)" + value(2) + "]");
        if (random_.one_in(6))
            add("password", "\"p\"");
        for (std::string_view const field : {"user_metadata", "app_metadata"}) {
            if (!random_.one_in(4))
                add(field, random_.one_in(30) ? value(1) : object(3, random_.below(6)));
            if (random_.one_in(16))
                add(field, object(2, random_.below(4)));
        }
        if (random_.one_in(3))
            add("other", value(4));
        if (random_.one_in(8))
            add("name", "\"Bob\"");
        if (random_.one_in(12))
            add("long", '"' + std::string(random_.below(17'000), 'y') + '"');
        if (random_.one_in(20))
            add("user_metadata", large());
        return shuffled();
    }

    std::string body()
    {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> attributes{{
            {"name", R"("Zo\u00eb")"},
            {"nickname", "null"},
            {"blocked", "true"},
            {"email", R"("x@y.org")"},
            {"verify_email", "true"},
            {"given_name", R"("a\"b")"},
            {"password", R"("p")"},
            {"family_name", "7"},
            {"unheard_of", "{}"},
        }};
        for (auto n = random_.below(3); n > 0; --n) {
            auto const& [name, value] = attributes[random_.below(random_.one_in(6) ? attributes.size() : 6)];
            add(name, value);
        }
        if (random_.one_in(3)) {
            add("connection", "\"c\"");
            add("password", "\"p\"");
        }
        for (std::string_view const field : {"user_metadata", "app_metadata"}) {
            if (random_.one_in(3))
                continue;
            add(field, random_.one_in(20) ? value(1) : object(random_.below(3) + 1, random_.below(5)));
            if (random_.one_in(20))
                add(field, random_.one_in(2) ? object(2, 2) : "null");
        }
        return shuffled();
    }

    std::string object(std::size_t levels, std::size_t members)
    {
        std::string text = "{" + space();
        for (std::size_t i = 0; i < members; ++i) {
            text += i > 0 ? space() + "," + space() : "";
            text += key() + space();
            text += ":" + space();
            text += value(levels - 1);
        }
        return text + space() + "}";
    }

    std::string value(std::size_t levels)
    {
        static constexpr std::array<std::string_view, 10> plain{
            "null",   "true", "false", "0", "-170", "\"\"", R"("{,}[\"]\u00e9")", "\"\xC3\xA9\\n\\/\"",
            "1.50e3", "\"x\""};
        auto const which = random_.below(levels > 0 ? 18 : 12);
        if (which < plain.size())
            return std::string(plain[which == 8 && !random_.one_in(4) ? 3 : which]);
        if (which < 12)
            return '"' + std::string(random_.below(90), 's') + '"';
        if (which < 15)
            return object(levels, random_.below(4));
        std::string text = "[" + space();
        for (std::size_t i = 0, n = random_.below(4); i < n; ++i) {
            text += i > 0 ? "," + space() : "";
            text += value(levels - 1) + space();
        }
        return text + "]";
    }

private:
    std::string space()
    {
        static constexpr std::array<std::string_view, 6> some{"", " ", "\n", "  ", "\t \r\n", ""};
        if (random_.one_in(500))
            return std::string(60 + random_.below(80), ' ');
        return random_.one_in(3) ? std::string(some[random_.below(some.size())]) : "";
    }

    std::string key()
    {
        static constexpr std::array<std::string_view, 14> good{
            "a", "b", "c", "ab", "abc", "\\u0061", "k\\u0061", "", "\xC3\xA9", "a\\\"b", "user_metadata",
            "d", "e", "f"};
        static constexpr std::array<std::string_view, 4> bad{"x.y", "$z", "blocked", "user_id"};
        if (random_.one_in(60))
            return '"' + std::string(bad[random_.below(bad.size())]) + '"';
        auto text = '"' + std::string(good[random_.below(good.size())]);
        return text + (random_.one_in(3) ? std::to_string(random_.below(20)) : "") + '"';
    }

    std::string large()
    {
        std::string text = "{";
        for (std::size_t i = 0, n = random_.below(900); i < n; ++i)
            text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":" + value(2);
        return text + "}";
    }

    /// A member of the root; its name may hold an escape.
    void add(std::string_view name, std::string_view value)
    {
        std::string text = '"' + std::string(name);
        if (random_.one_in(25)) {
            constexpr std::string_view hex = "0123456789abcdef";
            auto const second = static_cast<std::size_t>(name[1]);
            text.replace(2, 1, std::string("\\u00") + hex[second / 16] + hex[second % 16]);
        }
        text += '"' + space();
        text += ":" + space();
        members_.push_back(text.append(value));
    }

    std::string shuffled()
    {
        std::string text = space() + "{";
        for (std::size_t i = 0; i < members_.size(); ++i) {
            std::swap(members_[i], members_[i + random_.below(members_.size() - i)]);
            text += i > 0 ? space() + "," + space() : space();
            text += members_[i];
        }
        members_.clear();
        text += space() + "}";
        return text + space();
    }

    model::generator& random_;
    std::vector<std::string> members_;
};

/// Rules that are edited, so that small requests come near to limits, and merge on other levels.
inline auth0::user_rules random_rules(model::generator& random)
{
    auto made = auth0::standard_user_rules;
    auto& user = made.user_metadata;
    if (random.one_in(4))
        made.permissions = auth0::documented;
    if (random.one_in(8))
        user.limits.max_bytes = random.below(120);
    if (random.one_in(8))
        user.limits.max_members = random.below(6);
    if (random.one_in(8))
        made.max_metadata_bytes = random.below(400);
    if (random.one_in(10))
        user.merge.depth = random.below(4);
    if (random.one_in(10))
        user.merge.on_empty = empty_body::merges;
    if (random.one_in(10))
        user.merge.cleared = cleared_field::absent;
    if (random.one_in(16))
        user.read.max_nesting = 1 + random.below(3);
    if (random.one_in(16))
        user.limits.values = value_types::string_or_null;
    if (random.one_in(16))
        user.limits.max_value_code_points = random.below(20);
    if (random.one_in(8))
        made.app_metadata.merge.on_null = null_body::clears;
    return made;
}

/// A request by somebody who mostly may do what is asked for. The texts are others'.
inline user_case random_requester(model::generator& random)
{
    static constexpr std::array<std::string_view, 6> scopes{
        "update:users create:users read:users",
        "update:users create:users read:users read:user_idp_tokens",
        "update:users_app_metadata read:current_user",
        "update:current_user_metadata create:current_user_metadata read:current_user_metadata",
        "update:current_user_metadata delete:current_user_metadata create:users",
        "read:users",
    };
    user_case made{
        {}, std::string(scopes[random.below(scopes.size() + 3) % scopes.size()]), {}, {}, random_rules(random)};
    if (!random.one_in(6))
        made.subject = random.one_in(6) ? "you" : "me";
    return made;
}

} // namespace metapatch::laws

#endif

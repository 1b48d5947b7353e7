// SPDX-License-Identifier: BSL-1.0
// Writes user profiles, one JSON object a line, as a user store exports them. The same arguments give the same bytes
// everywhere: the generator is the standard's mt19937_64, and no distribution is used.
//   generate_profiles COUNT [SEED]
#include <metapatch/version.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iostream>
#include <random>
#include <string>
#include <string_view>

namespace {

class profiles {
public:
    explicit profiles(std::uint64_t seed) : random_(seed) {}

    std::string next()
    {
        auto const given = pick(given_names);
        auto out =
            join({R"({"user_id":"auth0|)", hex(random_()), R"(","email":")", given, ".", number(++count_),
                  R"(@example.com","email_verified":)", truth(), R"(,"name":")", given, " ", pick(family_names),
                  R"(","created_at":"2024-0)", number(1 + below(9)), "-", number(10 + below(19)),
                  R"(T08:30:00.000Z","identities":[{"provider":"auth0","connection":"Users","isSocial":false}])"});
        if (below(10) > 0)
            out += R"(,"user_metadata":)" + user_metadata();
        if (below(4) > 0)
            out += R"(,"app_metadata":)" + app_metadata();
        return join({out, R"(,"logins_count":)", number(below(500)), "}\n"});
    }

private:
    static constexpr std::array<std::string_view, 8> given_names{"ada",   "Björn",  "chen",  "Dolores",
                                                                 "emeka", "fatima", "grace", "Zoë"};
    static constexpr std::array<std::string_view, 8> family_names{"Lovelace", "Núñez",   "Okafor", "Øverland",
                                                                  "Tanaka",   "O'Brien", "王",     "Haddad"};
    static constexpr std::array<std::string_view, 6> hobbies{"chess", "climbing", "go", "sailing", "birds", "日本語"};
    static constexpr std::array<std::string_view, 2> themes{"dark", "light"};
    static constexpr std::array<std::string_view, 4> plans{"free", "team", "business", "enterprise"};

    /// Braces, since they evaluate in order; operands of + need not, and each asks for random numbers.
    static std::string join(std::initializer_list<std::string> parts)
    {
        std::string out;
        for (auto const& part : parts)
            out += part;
        return out;
    }

    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

    std::string truth() { return below(2) > 0 ? "true" : "false"; }

    template<std::size_t N>
    std::string pick(std::array<std::string_view, N> const& words)
    {
        return std::string(words[below(N)]);
    }

    static std::string number(std::uint64_t n) { return std::to_string(n); }

    static std::string hex(std::uint64_t n)
    {
        std::array<char, 16> digits{};
        auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), n, 16).ptr;
        return {digits.data(), end};
    }

    std::string user_metadata()
    {
        auto out = join({R"({"hobby":")", pick(hobbies), R"(","theme":")", pick(themes), R"(","newsletter":)", truth(),
                         R"(,"addresses":{"home":{"street":")", number(1 + below(200)), R"( Main St\u002e","zip":")",
                         number(10000 + below(89999)), "\"}"});
        if (below(3) == 0)
            out += R"(,"work":{"street":"100 Industrial Way","zip":null})";
        out = join({out, R"(},"spent": )", number(below(1000)), ".", number(10 + below(90)), R"(,"tags":[)"});
        for (std::uint64_t i = 0, n = below(6); i < n; ++i)
            out = join({out, i > 0 ? ",\"" : "\"", pick(hobbies), "\""});
        return out + "]}";
    }

    std::string app_metadata()
    {
        return join({R"({"plan":")", pick(plans), R"(","roles":["member"],"seats":)", number(1 + below(50)),
                     R"(,"stripe":{"customer":"cus_)", hex(random_()), R"(","balance":)", number(below(100000)), "}}"});
    }

    std::mt19937_64 random_;
    std::uint64_t count_ = 0;
};

bool read(std::string_view text, std::uint64_t& n)
{
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), n);
    return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
}

} // namespace

int main(int argc, char** argv)
{
    std::uint64_t count = 0;
    std::uint64_t seed = 1;
    if (argc < 2 || argc > 3 || !read(argv[1], count) || (argc == 3 && !read(argv[2], seed))) {
        std::cerr << "usage: generate_profiles COUNT [SEED]   (metapatch " << metapatch::version << ")\n";
        return 2;
    }
    std::ios::sync_with_stdio(false);
    profiles profile(seed);
    while (count-- > 0 && std::cout)
        std::cout << profile.next();
    return std::cout.flush() ? 0 : 3;
}

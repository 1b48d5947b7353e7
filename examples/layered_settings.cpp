// SPDX-License-Identifier: BSL-1.0
// One text of defaults, and for each tenant a patch over it: a `member_index` of the defaults is made once and knows where
// every member is, so that what a tenant has is put together of pieces at the cost of its patch alone.
#include <metapatch/splice.hpp>

#include <array>
#include <iostream>
#include <string_view>
#include <utility>

namespace {

/// Settings merge on every level, and a null takes a default away.
constexpr auto const& policy = metapatch::rfc7396;

constexpr std::string_view defaults = R"({
  "mail":    {"from": "no-reply@example.com", "per hour": 100, "footer": "Sent by example.com"},
  "branding":{"colour": "#0a5cc5", "logo": "/logo.svg"},
  "sessions":{"hours": 12, "idle minutes": 30},
  "beta":    ["search", "export"]
})";

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> tenants{{
    {"acme", R"({"branding":{"colour":"#c51a0a"},"mail":{"footer":null}})"},
    {"globex", R"({"beta":null,"sessions":{"hours":1},"region":"eu"})"},
    {"initech", R"({})"},
}};

/// The text of a default's value; nothing is parsed for it.
std::string_view value_of(metapatch::member_index const& settings, std::string_view key)
{
    auto const found = settings.find(key);
    if (found.empty())
        return "none";
    auto const text = settings.text();
    auto const begin = metapatch::value_begin(text, found.back().span);
    return text.substr(begin, metapatch::value_end(text, found.back().span) - begin);
}

} // namespace

int main()
{
    metapatch::member_index index; // refers to the text
    if (auto const found = index.read(defaults, policy.read); !found.empty()) {
        std::cerr << found << '\n';
        return 1;
    }
    std::cout << index.size() << " defaults; sessions " << value_of(index, "sessions") << ", region "
              << value_of(index, "region") << "\n\n";

    for (auto const& [tenant, own] : tenants) {
        metapatch::text_patch patch;
        if (auto const found = patch.read(own, policy); !found.empty())
            return 1;
        metapatch::text_pieces settings; // views of the defaults and of the patch
        auto const made = metapatch::splice(index, patch, settings).value();
        std::cout << tenant << ": " << made.size << " bytes in " << settings.pieces.size() << " pieces\n";
        for (auto const piece : settings.pieces)
            std::cout << piece;
        std::cout << "\n\n";
    }
}

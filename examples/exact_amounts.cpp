// SPDX-License-Identifier: BSL-1.0
// Amounts that must come back as they were written: a DOM rounds them, `splice` copies them byte for byte, into a string,
// into a buffer of yours, or as pieces that nothing is copied into at all.
#include <metapatch/auth0/contract.hpp>
#include <metapatch/patch.hpp>
#include <metapatch/splice.hpp>

#include <array>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace {

constexpr auto const& policy = metapatch::auth0::app_metadata;
constexpr std::string_view stored =
    R"({"credit": 1.10, "order": 900719925474099312345, "note":"caf\u00e9", "tier":"free"})";

void by_dom(std::string_view body)
{
    auto field = metapatch::read_state(stored).value();
    auto const patch = metapatch::read_patch(body, policy).value();
    if (metapatch::apply(field, patch, policy))
        std::cout << "    a DOM    " << *field << '\n';
}

} // namespace

int main()
{
    constexpr std::string_view body = R"({"tier":"team","limit":2.50})";
    std::cout << "    stored   " << stored << '\n';
    by_dom(body);

    metapatch::text_patch patch;
    if (auto const found = patch.read(body, policy); !found.empty())
        return 1;
    std::string text;
    auto const done = metapatch::splice(stored, patch, text).value();
    std::cout << "    a text   " << text << "\n             " << done.added << " added, " << done.replaced
              << " replaced, " << done.removed << " removed\n";

    std::cout << "A buffer that is too small learns how large it has to be.\n";
    std::array<char, 96> large{};
    for (std::span<char> const room : {std::span<char>(large).first(64), std::span<char>(large)}) {
        auto const size = metapatch::splice(stored, patch, room).value().size;
        std::cout << "    " << room.size() << " bytes for " << size << ": "
                  << (size <= room.size() ? std::string_view(room.data(), size) : "it is not there, all of it") << '\n';
    }

    std::cout << "Pieces are views of what is stored and of the patch, for a gathering write.\n";
    metapatch::text_pieces pieces;
    if (metapatch::splice(stored, patch, pieces))
        for (auto const piece : pieces.pieces)
            std::cout << "    |" << piece << "|\n";
}

// SPDX-License-Identifier: BSL-1.0
// One change for everybody: a patch is read and judged once, as a `text_patch`, and spliced into each stored text. A text
// that is damaged is told, with its place, and stays as it is; so does whoever has the change already.
#include <metapatch/auth0/contract.hpp>
#include <metapatch/splice.hpp>

#include <array>
#include <iostream>
#include <string>
#include <string_view>

namespace {

/// What a database has in a column: texts that many programs have written, for years.
constexpr std::array<std::string_view, 5> column{
    R"({"theme":"dark","newsletter":true,"balance":1.10})",
    R"({ "consent": {"version": 2}, "since": 20041122000000000001 })",
    R"({"theme":"light","consent":{"version":3,"given":"2026-11-29"}})",
    R"({"theme":"dark","newsletter":true)",
    R"({})",
};

/// Nothing is read anew for a text but the text itself: the patch is where its keys are and what they are to become.
void roll_out(metapatch::text_patch const& patch)
{
    std::string now; // its memory serves for all of them
    std::size_t changed = 0;
    for (auto const stored : column) {
        now.clear();
        auto const done = metapatch::splice(stored, patch, now);
        if (!done) {
            std::cout << "    damaged    " << stored << "\n               " << done.error() << '\n';
            continue;
        }
        bool const same = now == stored; // to the byte: then nothing is to be written
        changed += same ? 0 : 1;
        std::cout << (same ? "    as it was  " : "    now        ") << now << '\n';
    }
    std::cout << "    " << changed << " of " << column.size() << " are to be written\n";
}

} // namespace

int main()
{
    auto const& policy = metapatch::auth0::user_metadata;
    metapatch::text_patch patch; // refers to the text that it is read from

    std::cout << "A mistake in the patch is one report, before the first text is touched.\n";
    constexpr std::string_view hasty = R"({"newsletter":null,"consent.version":3,"tags":[{"$set":1}]})";
    for (auto const& each : patch.read(hasty, policy))
        std::cout << "    refused    " << each << '\n';

    std::cout << "The patch in earnest: no newsletter, and a new consent.\n";
    constexpr std::string_view meant = R"({"newsletter":null,"consent":{"version":3,"given":"2026-11-29"}})";
    if (auto const found = patch.read(meant, policy); !found.empty())
        return 1;
    roll_out(patch);
}

// SPDX-License-Identifier: BSL-1.0
// A telephone was offline and changed its copy of the settings, while a browser changed them at the server: `three_way`
// merges the two on every level, gives what the telephone has to send, and names the places that somebody has to decide.
#include <metapatch/algebra.hpp>
#include <metapatch/auth0/contract.hpp>

#include <boost/json/serialize.hpp>
#include <iostream>
#include <string_view>

namespace {

constexpr auto const& policy = metapatch::auth0::user_metadata;

metapatch::state settings(std::string_view text)
{
    return metapatch::read_state(text).value();
}

void synchronize(metapatch::state const& base, metapatch::state const& mine, metapatch::state const& theirs)
{
    auto const merged = metapatch::three_way(base, mine, theirs, policy).value();
    for (auto const& key : merged.changed_by_both)
        std::cout << "    both changed " << key << '\n';
    for (auto const& pointer : merged.conflicts)
        std::cout << "    they disagree on " << pointer << '\n';
    if (merged.mine.is_untouched()) {
        std::cout << "    nothing is to be sent\n";
        return;
    }
    for (auto const& body : metapatch::to_bodies(merged.mine, theirs, policy).value().in_turn)
        std::cout << "    send     " << body << '\n';
    std::cout << "    is then  " << *metapatch::applied(theirs, merged.mine, policy).value() << '\n';
}

} // namespace

int main()
{
    auto const base = settings(R"({"view":{"theme":"light","size":10},"alerts":{"mail":true,"push":false}})");

    std::cout << "Each changed something else, in one object: all of it is kept.\n";
    auto const mine =
        settings(R"({"view":{"theme":"light","size":12},"alerts":{"mail":true,"push":false},"home":"Oslo"})");
    synchronize(base, mine, settings(R"({"view":{"theme":"dark","size":10},"alerts":{"mail":true,"push":false}})"));

    std::cout << "Both changed one value: the telephone would have the last word, so ask first.\n";
    synchronize(base, mine, settings(R"({"view":{"theme":"light","size":14},"alerts":{"mail":false,"push":false}})"));

    std::cout << "One removed what the other changed.\n";
    synchronize(base, settings(R"({"view":{"theme":"light","size":10}})"),
                settings(R"({"view":{"theme":"light","size":10},"alerts":{"mail":true,"push":true}})"));

    std::cout << "The browser did the same already.\n";
    synchronize(base, mine, mine);
}

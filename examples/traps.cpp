// SPDX-License-Identifier: BSL-1.0
// Four traps of patching metadata, and how each is avoided.
#include <metapatch/algebra.hpp>
#include <metapatch/algebra/advice.hpp>
#include <metapatch/algebra/convert.hpp>
#include <metapatch/auth0.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <string_view>

namespace {

constexpr auto const& policy = metapatch::auth0::user_metadata;

metapatch::state field(std::string_view text)
{
    return metapatch::read_state(text).value();
}

metapatch::patch patch(std::string_view text)
{
    return metapatch::read_patch(text, policy).value();
}

void send(metapatch::patch const& changes, metapatch::state const& stored)
{
    auto const bodies = metapatch::to_bodies(changes, stored, policy).value();
    for (auto const& body : bodies.in_turn)
        std::cout << "    send      " << body << "  gives  " << *metapatch::applied(stored, changes, policy).value()
                  << '\n';
    if (bodies.in_turn.empty())
        std::cout << "    send      nothing\n";
}

} // namespace

int main()
{
    std::cout << "An empty diff is not an empty patch, which would erase everything.\n";
    auto const profile = field(R"({"theme":"dark","visits":7})");
    std::cout << "    {}        gives  " << *metapatch::applied(profile, patch("{}"), policy).value() << '\n';
    send(metapatch::diff(profile, field(R"({"visits":7.0,"theme":"dark"})"), policy).value(), profile);

    std::cout << "A nested object replaces its siblings.\n";
    auto const stored = field(R"({"address":{"work":"100 Industrial Way","home":"742 Evergreen"}})");
    constexpr auto moved = R"({"address":{"home":"1 Shore Road"}})";
    send(patch(moved), stored);
    for (auto const& pointer : metapatch::losses(stored, patch(moved), policy))
        std::cout << "    loses     " << pointer << '\n';
    send(metapatch::deepen(stored, boost::json::parse(moved), policy).value(), stored); // as RFC 7396 means it

    std::cout << "Two editors overwrite each other.\n";
    auto const first = patch(R"({"theme":"light","size":12})");
    auto const second = patch(R"({"theme":"blue","size":12,"font":"mono"})");
    for (auto const& key : metapatch::conflicts(second, first, policy).keys)
        std::cout << "    conflict  " << key << '\n';
    std::cout << "    rebased   " << metapatch::rebase(second, first, policy).rest.members() << '\n';
    auto const base = field(R"({"view":{"theme":"dark","size":10}})");
    auto const mine = field(R"({"view":{"theme":"dark","size":12}})");
    auto const theirs = field(R"({"view":{"theme":"light","size":10}})");
    auto const both = metapatch::three_way(base, mine, theirs, policy).value();
    std::cout << "    disagree  on " << both.conflicts.size() << " values inside of " << both.changed_by_both.front()
              << '\n';
    send(both.mine, theirs);

    std::cout << "An undo that is written by hand forgets.\n";
    auto const before = field(R"({"theme":"dark"})");
    auto const changes = patch(R"({"theme":"light","size":12})");
    auto const after = metapatch::applied(before, changes, policy).value();
    send(patch(R"({"theme":"dark"})"), after);
    send(metapatch::inverse(before, changes, policy).value(), after);
}

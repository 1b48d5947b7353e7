// SPDX-License-Identifier: BSL-1.0
// Auth0's own examples of patching metadata, and a refusal: the program of README.md, with what it prints beside it.
#include <metapatch/auth0.hpp>

#include <boost/json/serialize.hpp>
#include <iostream>
#include <string_view>

namespace {

void show(std::string_view stored, std::string_view body)
{
    auto const& policy = metapatch::auth0::user_metadata;
    auto field = metapatch::read_state(stored).value();
    std::cout << stored << "  patched with  " << body << '\n';

    auto const patch = metapatch::read_patch(body, policy);
    if (!patch) {
        std::cout << "    refused: " << patch.error() << '\n';
        return;
    }
    auto const done = metapatch::apply(field, *patch, policy);
    if (!done)
        std::cout << "    refused: " << done.error() << '\n';
    else
        std::cout << "    " << *field << "  (" << done->added << " added, " << done->replaced << " replaced, "
                  << done->removed << " removed)\n";
}

} // namespace

int main()
{
    // The first level merges.
    show(R"({"profileCode":1479})", R"({"addresses":{"work_address":"100 Industrial Way"}})");
    // What lies below it is replaced whole: the work address is lost.
    show(R"({"addresses":{"work_address":"100 Industrial Way"}})", R"({"addresses":{"home_address":"742 Evergreen"}})");
    // A null removes, and the empty object clears.
    show(R"({"color":"red","hobby":"chess"})", R"({"color":null})");
    show(R"({"color":"red","hobby":"chess"})", R"({})");
    // Every reason is told, with its place.
    show(R"({"color":"red"})", R"({"favorite.color":"blue","prices":[{"$":1}]})");
    show(R"({"color":"red"})", R"({"color":})");
}

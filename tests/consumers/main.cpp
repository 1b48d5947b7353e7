// SPDX-License-Identifier: BSL-1.0
// What every consumer builds: the program of README.md in miniature.
#include <metapatch/auth0.hpp>

#include <boost/json/serialize.hpp>
#include <iostream>

int main()
{
    auto field = metapatch::read_state(R"({"theme":"dark","hobby":"chess"})").value();
    auto const patch =
        metapatch::read_patch(R"({"hobby":null,"city":"Oslo"})", metapatch::auth0::user_metadata).value();
    auto const done = metapatch::apply(field, patch, metapatch::auth0::user_metadata);
    if (!done)
        std::cerr << done.error() << '\n';
    std::cout << *field << '\n';
    return done && boost::json::serialize(*field) == R"({"theme":"dark","city":"Oslo"})" ? 0 : 1;
}

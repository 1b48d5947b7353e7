// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0.hpp>

#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#ifdef __cpp_exceptions
#error "this program is to be compiled without exceptions"
#endif

// Without exceptions the program says what happens where one would be thrown.
namespace boost {

void throw_exception(std::exception const& what, source_location const&)
{
    std::printf("not thrown: %s\n", what.what());
    std::exit(3);
}

void throw_exception(std::exception const& what)
{
    throw_exception(what, source_location());
}

} // namespace boost

/// `<state> <body>`: applies the body to the user_metadata and prints what becomes of it. A refusal is told with status
/// 1; with a third argument its value is asked for all the same.
int main(int count, char** arguments)
{
    if (count < 3)
        return 2;
    auto const& rules = metapatch::auth0::user_metadata;
    auto field = metapatch::read_state(arguments[1], rules.read).value();
    auto body = metapatch::read_patch(arguments[2], rules);
    auto const outcome = body ? metapatch::apply(field, *std::move(body), rules) : body.error();
    if (count > 3)
        static_cast<void>(outcome.value());
    if (!outcome) {
        std::printf("refused: %s\n", outcome.error().message().c_str());
        return 1;
    }
    std::printf("%s\n", boost::json::serialize(*field).c_str());
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include <charconv>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

bench::options bench::parse_options(int argc, char** argv)
{
    options chosen;
    for (int i = 1; i < argc; ++i) {
        std::string_view const name = argv[i];
        auto const value = [&] {
            if (i + 1 == argc)
                throw std::invalid_argument(std::string(name) + " needs a value");
            return argv[++i];
        };
        if (name == "--filter") {
            chosen.filter = value();
        } else if (name == "--rounds") {
            char const* const text = value();
            chosen.rounds = 0;
            std::from_chars(text, text + std::strlen(text), chosen.rounds);
            if (chosen.rounds < 1)
                throw std::invalid_argument("--rounds needs a number from 1 on");
        } else if (name == "--quick") {
            chosen.quick = true;
        } else if (name == "--one") {
            chosen.one = true;
        } else if (name == "--json") {
            chosen.json = value();
        } else {
            throw std::invalid_argument("no such option: " + std::string(name));
        }
    }
    return chosen;
}

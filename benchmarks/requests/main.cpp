// SPDX-License-Identifier: BSL-1.0

// Whole requests: a stored user and a body become the text that is stored next, or shown. README.md tells who takes
// part, and what each does and does not check.

#include "../harness/program.hpp"
#include "documents.hpp"

int main(int argc, char** argv)
{
    constexpr bench::program requests{
        "requests",
        "Times whole requests for users, answered by metapatch and by what else was found when this was built, and "
        "the\n"
        "parts of which they consist. Every result is compared with that of Boost.JSON first; the exit status is 1\n"
        "where one differs.\n",
        "bodies", bench::shapes};
    return bench::run(requests, argc, argv);
}

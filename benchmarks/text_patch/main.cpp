// SPDX-License-Identifier: BSL-1.0

// Metadata from text to text: a stored text and a patch's text become the text of the result. README.md tells who takes
// part, and how to read the figures.

#include "../harness/program.hpp"
#include "documents.hpp"

int main(int argc, char** argv)
{
    constexpr bench::program text_patch{
        "text_patch",
        "Times the patch of a JSON text by metapatch and by what else was found when this was built. Every result is\n"
        "compared with that of Boost.JSON first; the exit status is 1 where one differs.\n",
        "patches", bench::shapes};
    return bench::run(text_patch, argc, argv);
}

// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/text_patch.hpp>

#include <cstddef>
#include <string_view>

std::size_t count(std::string_view body)
{
    auto const read = [body] {
        metapatch::text_patch patch;
        static_cast<void>(patch.read(body, metapatch::first_level));
        return patch;
    };
#ifdef METAPATCH_MUST_FAIL
#pragma clang diagnostic error "-Wdangling"
    auto const members = read().members();
#else
    auto const patch = read();
    auto const members = patch.members();
#endif
    return members.size();
}

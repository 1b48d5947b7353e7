// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_EXPORTS_HPP
#define METAPATCH_MODULE_EXPORTS_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace border {

/// What JavaScript writes before a call, and reads behind it. Both are of the instance, which works on one call at a time.
struct buffers {
    std::string input;
    std::string output;
};

inline buffers& of_instance()
{
    static buffers both;
    return both;
}

/// How a call has ended.
enum class status : std::uint32_t {
    present, ///< the output is the text of the field
    absent,  ///< the field is absent; there is no output
    answer,  ///< the output is the JSON of an answer
    pieces,  ///< the text of the field is that of the pieces, one behind the other
};

} // namespace border

#endif

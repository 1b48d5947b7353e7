// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DECODER_HPP
#define METAPATCH_TOOL_DECODER_HPP

#include <cstddef>
#include <memory>
#include <string_view>

namespace tool {

/// Makes plain bytes of compressed ones, piece by piece, in memory that does not depend on how many there are.
class decoder {
public:
    decoder() = default;
    decoder(decoder const&) = delete;
    decoder& operator=(decoder const&) = delete;
    virtual ~decoder() = default;

    struct step {
        std::size_t taken = 0; ///< of the compressed bytes
        std::size_t made = 0;
        bool is_damaged = false; ///< what was not taken is not of this format
    };

    /// Decode as much of `from` as there is room for, but at least something where `from` has something.
    virtual step decode(std::string_view from, char* into, std::size_t size) = 0;

    /// Whether the bytes so far are whole: the end may come here.
    virtual bool is_whole() const = 0;
};

/// Nothing where the tool was built without the library of that format.
std::unique_ptr<decoder> gzip_decoder();
std::unique_ptr<decoder> zstd_decoder();

} // namespace tool

#endif

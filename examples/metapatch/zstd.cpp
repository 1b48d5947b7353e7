// SPDX-License-Identifier: BSL-1.0
#include "decoder.hpp"

#include <new>
#include <zstd.h>

namespace tool {

namespace {

/// Any number of frames one after the other, as RFC 8878 §3.1 has it.
class zstd final : public decoder {
public:
    zstd() : stream_(::ZSTD_createDStream())
    {
        if (stream_ == nullptr)
            throw std::bad_alloc();
    }

    ~zstd() override { ::ZSTD_freeDStream(stream_); }

    step decode(std::string_view from, char* into, std::size_t size) override
    {
        ZSTD_inBuffer in{from.data(), from.size(), 0};
        ZSTD_outBuffer out{into, size, 0};
        auto const hint = ::ZSTD_decompressStream(stream_, &out, &in);
        bool const is_damaged = ::ZSTD_isError(hint) != 0;
        if (!is_damaged && (in.pos > 0 || out.pos > 0))
            is_whole_ = hint == 0;
        return {in.pos, out.pos, is_damaged};
    }

    bool is_whole() const override { return is_whole_; }

private:
    ZSTD_DStream* stream_;
    bool is_whole_ = false;
};

} // namespace

std::unique_ptr<decoder> zstd_decoder()
{
    return std::make_unique<zstd>();
}

} // namespace tool

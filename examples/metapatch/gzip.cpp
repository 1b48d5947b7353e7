// SPDX-License-Identifier: BSL-1.0
#include "decoder.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <zlib.h>

namespace tool {

namespace {

/// Any number of members one after the other, as RFC 1952 §2.2 has it.
class gzip final : public decoder {
public:
    gzip()
    {
        constexpr int largest_window = 15;
        constexpr int of_gzip_alone = 16;
        if (::inflateInit2(&stream_, largest_window + of_gzip_alone) != Z_OK)
            throw std::bad_alloc();
    }

    ~gzip() override { ::inflateEnd(&stream_); }

    step decode(std::string_view from, char* into, std::size_t size) override
    {
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        from = from.substr(0, most);
        size = std::min(size, most);
        if (is_whole_ && !from.empty()) {
            ::inflateReset(&stream_);
            is_whole_ = false;
        }
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(from.data())); // zlib does not write there
        stream_.avail_in = static_cast<uInt>(from.size());
        stream_.next_out = reinterpret_cast<Bytef*>(into);
        stream_.avail_out = static_cast<uInt>(size);
        int const status = ::inflate(&stream_, Z_NO_FLUSH);
        is_whole_ = status == Z_STREAM_END;
        return {from.size() - stream_.avail_in, size - stream_.avail_out,
                status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR};
    }

    bool is_whole() const override { return is_whole_; }

private:
    z_stream stream_{};
    bool is_whole_ = false;
};

} // namespace

std::unique_ptr<decoder> gzip_decoder()
{
    return std::make_unique<gzip>();
}

} // namespace tool

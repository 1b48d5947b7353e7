// SPDX-License-Identifier: BSL-1.0
#include "plain_source.hpp"

#include "errors.hpp"

#include <algorithm>
#include <cstring>

namespace tool {

namespace {

using namespace std::string_view_literals;

/// How many bytes tell a format.
constexpr std::size_t mark_size = 4;

bool is_gzip(std::string_view bytes)
{
    return bytes.starts_with("\x1F\x8B"sv);
}

/// A frame, or one to be skipped, with which files begin that are compressed in parallel.
bool is_zstd(std::string_view bytes)
{
    bool const skips = bytes.size() == mark_size && (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50 &&
                       bytes.substr(1) == "\x2A\x4D\x18"sv;
    return skips || bytes.starts_with("\x28\xB5\x2F\xFD"sv);
}

} // namespace

std::size_t plain_source::read(char* into, std::size_t size)
{
    if (!has_begun_) {
        auto const plain = begin(into, size);
        if (!decoder_)
            return plain;
    }
    return decoder_ ? decode(into, size) : read_origin(into, size);
}

std::size_t plain_source::read_origin(char* into, std::size_t size)
{
    auto const got = source_.read(into, size);
    bytes_read_ += got;
    return got;
}

/// @return  how many plain bytes are in `into`; none where they are compressed
std::size_t plain_source::begin(char* into, std::size_t size)
{
    has_begun_ = true;
    std::size_t used = 0;
    while (used < mark_size) {
        auto const got = read_origin(into + used, size - used);
        if (got == 0)
            break;
        used += got;
    }
    std::string_view const mark(into, std::min(used, mark_size));
    compression_ = is_gzip(mark) ? "gzip" : is_zstd(mark) ? "zstd" : "";
    if (compression_.empty())
        return used;
    decoder_ = compression_ == "gzip" ? gzip_decoder() : zstd_decoder();
    if (!decoder_)
        throw io_error(name() + " is compressed with " + std::string(compression_) +
                       ", and this metapatch was built without it: unpack it first");
    compressed_.resize(std::max(std::size_t{1} << 18, used));
    std::memcpy(compressed_.data(), into, used);
    left_ = {compressed_.data(), used};
    return 0;
}

std::size_t plain_source::decode(char* into, std::size_t size)
{
    while (!damage_) {
        if (left_.empty())
            left_ = {compressed_.data(), read_origin(compressed_.data(), compressed_.size())};
        bool const at_end = left_.empty();
        if (at_end && decoder_->is_whole())
            return 0;
        auto const done = decoder_->decode(left_, into, size);
        left_.remove_prefix(done.taken);
        if (done.is_damaged)
            damage_ = "the " + std::string(compression_) + " data is damaged";
        else if (at_end && done.made == 0)
            damage_ = "the " + std::string(compression_) + " data is cut short";
        if (done.made > 0)
            return done.made;
    }
    return 0;
}

} // namespace tool

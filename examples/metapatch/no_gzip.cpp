// SPDX-License-Identifier: BSL-1.0
#include "decoder.hpp"

namespace tool {

std::unique_ptr<decoder> gzip_decoder()
{
    return nullptr;
}

} // namespace tool

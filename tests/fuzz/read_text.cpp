// SPDX-License-Identifier: BSL-1.0
// The text reader and the scanner against the grammar of RFC 8259, Boost.JSON and the C library. The input is the text.
#include "../laws/text_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    // libFuzzer's bytes have nothing behind them, so the sanitizer sees every read beyond their end.
    metapatch::laws::check_text({reinterpret_cast<char const*>(data), size});
    return 0;
}

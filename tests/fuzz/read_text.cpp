// SPDX-License-Identifier: BSL-1.0
// The text reader and the scanner against the grammar of RFC 8259, Boost.JSON and the C library. The input is the text; or
// a byte 0x1E, a line of knobs that ask for a long text, and the short one that it is made of.
#include "../laws/text_laws.hpp"
#include "../laws/widened_laws.hpp"
#include "widen.hpp"

using namespace metapatch;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const all = fuzz::bytes(data, size);
    auto const line_end = all.find('\n');
    if (all.starts_with('\x1E') && line_end != std::string_view::npos) {
        fuzz::knobs line(all.substr(1, line_end - 1));
        auto const text = all.substr(line_end + 1);
        if (auto const wide = fuzz::widening_for(text, "", line)) {
            laws::check_widened_text(text, nesting_ceiling, *wide);
            return 0;
        }
    }
    // libFuzzer's bytes have nothing behind them, so the sanitizer sees every read beyond their end.
    laws::check_text(all);
    return 0;
}

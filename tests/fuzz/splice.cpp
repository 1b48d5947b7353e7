// SPDX-License-Identifier: BSL-1.0
// Text-to-text splicing against the DOM layer, in both modes, with all instructions and all forms of output. The first
// knob is the policy: `0` has no rules, `1` to `9` are Auth0's; eleven others change it, and the rest ask for long texts.
// Then come the texts.
#include "../laws/splice_laws.hpp"
#include "../laws/widened_laws.hpp"
#include "profile.hpp"
#include "widen.hpp"

using namespace metapatch;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto input = fuzz::split(data, size);
    auto const policy = fuzz::turned(fuzz::profile_of(input.line), input.line);
    auto const stored = input.stored.value_or(input.patch);
    if (auto const wide = fuzz::widening_for(stored, input.patch, input.line))
        laws::check_widened_splice(input.stored, input.patch, policy, *wide);
    else
        laws::check_splice(input.stored, input.patch, policy);
    return 0;
}

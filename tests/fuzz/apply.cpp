// SPDX-License-Identifier: BSL-1.0
// Applying to a DOM against the naive model, in every form. The knobs change a policy with a few rules for keys; then come
// the texts, which Boost.JSON reads leniently: what is no JSON at all means nothing here.
#include "../laws/apply_laws.hpp"
#include "input.hpp"
#include "value.hpp"

using namespace metapatch;

namespace {

boost::json::parse_options leniently()
{
    boost::json::parse_options options;
    options.max_depth = nesting_ceiling + 1;
    options.allow_comments = options.allow_trailing_commas = options.allow_invalid_utf8 = true;
    return options;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto input = fuzz::split(data, size);
    laws::apply_case on;
    on.rules = fuzz::turned(on.rules, input.line);
    auto body = fuzz::value_of(input.patch, leniently());
    auto stored = fuzz::value_of(input.stored.value_or("{}"), leniently());
    if (!body || !stored || !stored->is_object() || !test::all_finite(*stored))
        return 0; // no reader gives such a state
    on.body = std::move(*body);
    if (input.stored)
        on.before = std::move(stored->get_object());
    auto const expected = model::apply(on.before, on.body, on.rules);
    laws::check_in_place(on, expected);
    laws::check_every_form(on, expected);
    return 0;
}

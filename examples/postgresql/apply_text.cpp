// SPDX-License-Identifier: BSL-1.0

// metapatch_apply and metapatch_try_apply of text and json: bytes that a patch does not name stay as they are.

#include "try_row.hpp"

namespace {

using functions::text;

/// A place in a statement that patches texts.
struct text_patching {
    functions::patching at{};
    store::failure why{};
    text made{};

    store::ending apply(std::string_view policy, text stored, text patch) noexcept
    {
        return store::guarded(why, [&] {
            auto done = at.apply(policy, stored, patch);
            if (!done)
                return why.refused(done.error());
            made = *done;
            return store::ending::done;
        });
    }
};

} // namespace

extern "C" {

PG_FUNCTION_INFO_V1(metapatch_apply_text);
Datum metapatch_apply_text(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<text_patching>(fcinfo);
    auto const policy = store::needed_argument(fcinfo, 0, "policy");
    auto const stored = store::text_argument(fcinfo, 1);
    auto const patch = store::text_argument(fcinfo, 2);
    store::raise_unless_done(here.apply(policy, stored, patch), here.why);
    return store::text_result(fcinfo, here.made);
}

PG_FUNCTION_INFO_V1(metapatch_try_apply_text);
Datum metapatch_try_apply_text(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<text_patching>(fcinfo);
    auto const policy = store::needed_argument(fcinfo, 0, "policy");
    auto const stored = store::text_argument(fcinfo, 1);
    auto const patch = store::text_argument(fcinfo, 2);
    auto const how = here.apply(policy, stored, patch);
    bool const has_value = how == store::ending::done && here.made;
    return store::try_row(fcinfo, how, here.why, has_value ? store::text_datum(*here.made) : Datum(), has_value);
}
}

// SPDX-License-Identifier: BSL-1.0

// What is computed of fields and patches that are texts: validate, diff, losses, size, merge, and the aggregate compose.

#include "rows.hpp"

namespace {

using functions::text;
using store::ending;

std::optional<std::string> number(std::optional<std::uint64_t> value)
{
    return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

/// A pointer, or a message with one, as a text of PostgreSQL, which holds no NUL.
std::string pointer(std::string_view value)
{
    return metapatch::detail::without_nul(value);
}

metapatch::presence presence_of(std::string_view word)
{
    if (word == "exact")
        return metapatch::presence::exact;
    if (word == "either")
        return metapatch::presence::either;
    throw functions::wrong_argument("the presence is exact, or either of an absent field and an empty one");
}

struct merging {
    store::failure why{};
    functions::kept_policy policy{};
    std::optional<std::string> made{};
};

struct composing {
    store::failure why{};
    std::optional<functions::composition> patches{};
    std::optional<std::string> made{};
};

struct measuring {
    store::failure why{};
    std::size_t bytes = 0;
};

/// Add a patch to those of a group, whose state is the first argument.
composing& composed(FunctionCallInfo fcinfo, text patch)
{
    MemoryContext group = nullptr;
    if (AggCheckCallContext(fcinfo, &group) == 0)
        ereport(ERROR,
                (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("this function is a part of metapatch_compose")));
    store::require_utf8();
    auto& here =
        PG_ARGISNULL(0) ? *store::make_in<composing>(group) : *reinterpret_cast<composing*>(PG_GETARG_POINTER(0));
    auto const policy = store::needed_argument(fcinfo, 1, "policy");
    auto const how = store::guarded(here.why, [&] {
        if (!here.patches)
            here.patches.emplace(functions::read_policy(policy));
        auto const found = here.patches->add(patch);
        return found.empty() ? ending::done : here.why.refused(found);
    });
    store::raise_unless_done(how, here.why);
    return here;
}

/// The body that does what all patches of a group do; nothing where there is none.
text composed(FunctionCallInfo fcinfo)
{
    if (PG_ARGISNULL(0))
        return std::nullopt;
    auto& here = *reinterpret_cast<composing*>(PG_GETARG_POINTER(0));
    auto const how = store::guarded(here.why, [&] {
        auto made = functions::only_body(here.patches->all());
        if (!made)
            return here.why.refused(made.error());
        here.made = *std::move(made);
        return ending::done;
    });
    store::raise_unless_done(how, here.why);
    return here.made;
}

ending violations(store::rows& made, functions::field_rules const& policy, text stored, text patch)
{
    auto const found = functions::validate(policy, stored, patch);
    for (auto const& each : found) {
        auto const input = functions::input_of(each);
        made.all.push_back({std::string(name(each)), pointer(each.pointer), number(each.limit), number(each.actual),
                            number(each.offset), input.empty() ? std::nullopt : std::optional(std::string(input)),
                            pointer(functions::message_of(each))});
    }
    if (found.omitted() > 0)
        made.all.push_back(
            {"omitted", std::nullopt, std::nullopt, number(found.omitted()), std::nullopt, std::nullopt, std::nullopt});
    return ending::done;
}

ending losses(store::rows& made, functions::field_rules const& policy, text stored, text patch)
{
    auto const lost = functions::losses(policy, stored, patch);
    if (!lost)
        return made.why.refused(lost.error());
    for (auto const& each : *lost)
        made.all.emplace_back().emplace_back(pointer(each));
    return ending::done;
}

auto bodies_by(std::string_view presence)
{
    return [presence](store::rows& made, functions::field_rules const& policy, text from, text to) {
        auto bodies = functions::diff(policy, from, to, presence_of(presence));
        if (!bodies)
            return made.why.refused(bodies.error());
        for (auto& each : *bodies)
            made.all.emplace_back().emplace_back(std::move(each));
        return ending::done;
    };
}

} // namespace

extern "C" {

PG_FUNCTION_INFO_V1(metapatch_validate_text);
Datum metapatch_validate_text(PG_FUNCTION_ARGS)
{
    return store::rows_of(fcinfo, violations);
}

PG_FUNCTION_INFO_V1(metapatch_diff_text);
Datum metapatch_diff_text(PG_FUNCTION_ARGS)
{
    return store::rows_of(fcinfo, bodies_by(store::needed_argument(fcinfo, 3, "presence")));
}

PG_FUNCTION_INFO_V1(metapatch_losses_text);
Datum metapatch_losses_text(PG_FUNCTION_ARGS)
{
    return store::rows_of(fcinfo, losses);
}

PG_FUNCTION_INFO_V1(metapatch_size_text);
Datum metapatch_size_text(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<measuring>(fcinfo);
    auto const stored = store::text_argument(fcinfo, 0);
    auto const how = store::guarded(here.why, [&] {
        auto const bytes = functions::size(stored);
        if (!bytes)
            return here.why.refused(bytes.error());
        here.bytes = *bytes;
        return ending::done;
    });
    store::raise_unless_done(how, here.why);
    PG_RETURN_INT64(static_cast<std::int64_t>(here.bytes));
}

PG_FUNCTION_INFO_V1(metapatch_merge_text);
Datum metapatch_merge_text(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<merging>(fcinfo);
    auto const policy = store::needed_argument(fcinfo, 0, "policy");
    auto const base = store::text_argument(fcinfo, 1);
    auto const mine = store::text_argument(fcinfo, 2);
    auto const theirs = store::text_argument(fcinfo, 3);
    auto const how = store::guarded(here.why, [&] {
        auto made = functions::merge(here.policy.of(policy), base, mine, theirs);
        if (!made)
            return here.why.refused(made.error());
        here.made = *std::move(made);
        return ending::done;
    });
    store::raise_unless_done(how, here.why);
    return store::text_result(fcinfo, here.made);
}

PG_FUNCTION_INFO_V1(metapatch_compose_add);
Datum metapatch_compose_add(PG_FUNCTION_ARGS)
{
    PG_RETURN_POINTER(&composed(fcinfo, store::text_argument(fcinfo, 2)));
}

PG_FUNCTION_INFO_V1(metapatch_compose_add_jsonb);
Datum metapatch_compose_add_jsonb(PG_FUNCTION_ARGS)
{
    if (PG_ARGISNULL(2))
        PG_RETURN_POINTER(&composed(fcinfo, std::nullopt));
    auto* const patch = PG_GETARG_JSONB_P(2);
    std::string_view const as_text = JsonbToCString(nullptr, &patch->root, static_cast<int>(VARSIZE(patch)));
    PG_RETURN_POINTER(&composed(fcinfo, as_text));
}

PG_FUNCTION_INFO_V1(metapatch_compose_end);
Datum metapatch_compose_end(PG_FUNCTION_ARGS)
{
    return store::text_result(fcinfo, composed(fcinfo));
}

PG_FUNCTION_INFO_V1(metapatch_compose_end_jsonb);
Datum metapatch_compose_end_jsonb(PG_FUNCTION_ARGS)
{
    auto const made = composed(fcinfo);
    if (!made)
        PG_RETURN_NULL();
    auto* const body = pnstrdup(made->data(), made->size());
    return DirectFunctionCall1(jsonb_in, CStringGetDatum(body));
}
}

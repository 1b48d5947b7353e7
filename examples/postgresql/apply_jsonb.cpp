// SPDX-License-Identifier: BSL-1.0

// metapatch_apply and metapatch_try_apply of jsonb: a merge on its containers, without a text.

#include "jsonb_merge.hpp"
#include "jsonb_rules.hpp"
#include "try_row.hpp"

namespace {

using metapatch::errc;
using metapatch::report;
using store::ending;
using store::jsonb_container;

/// What is to be done, once the arguments have been looked at.
enum class task : std::uint8_t { absent, stored, patch, empty, merge };

/// A place in a statement that patches jsonb: it keeps the policy, the patch that it has admitted, and its memory.
class jsonb_patching {
public:
    store::failure why{};

    /// Look at the policy and at the patch.
    ending begin(std::string_view policy, Jsonb const* stored, Jsonb const* patch) noexcept
    {
        return store::guarded(why, [&] { return judge(policy, stored, patch); });
    }

    task what() const noexcept { return what_; }

    /// Whether the stored object takes part in the merge.
    bool keeps_stored() const noexcept { return keeps_stored_; }

    /// @param made  memory of `jsonb_merge::room_for` bytes
    ending merge(Jsonb const* stored, Jsonb const* patch, Jsonb* made) noexcept
    {
        return store::guarded(why, [&] {
            auto const levels = std::max<std::size_t>(policy_.rules().rules.merge.depth, 1);
            return merge_.merge(keeps_stored_ ? stored : nullptr, patch, levels, made) ? ending::done
                                                                                       : ending::too_long;
        });
    }

    /// Whether the text of what a merge makes may be too large, and so has to be measured.
    bool has_to_be_measured() const noexcept
    {
        auto const most = (keeps_stored_ ? stored_.most_bytes() : 0) + patch_.most_bytes();
        return most > policy_.rules().rules.limits.max_bytes;
    }

    /// Look at what a merge has made, where its text need not be measured.
    ending check(Jsonb const* made) noexcept
    {
        return store::guarded(why, [&] {
            if (jsonb_container(made).size() <= policy_.rules().rules.limits.max_members)
                return ending::done;
            return why.refused(beyond_limits(made, 0));
        });
    }

    /// The same by the text of what was made.
    ending check_text(Jsonb const* made, std::string_view text) noexcept
    {
        return store::guarded(why, [&] {
            auto const size = metapatch::compact_size(text, {.max_nesting = metapatch::nesting_ceiling});
            auto const found = size ? beyond_limits(made, *size) : size.error();
            return found.empty() ? ending::done : why.refused(found);
        });
    }

private:
    ending refused(report const& found, metapatch::input_text in)
    {
        return why.refused(metapatch::detail::told_of(in, found, [](auto const&) { return true; }));
    }

    report beyond_limits(Jsonb const* made, std::size_t size) const
    {
        auto const& limits = policy_.rules().rules.limits;
        auto const members = jsonb_container(made).size();
        report found;
        if (members > limits.max_members)
            found.add({.code = errc::too_many_members, .limit = limits.max_members, .actual = members});
        if (size > limits.max_bytes)
            found.add({.code = errc::too_large, .limit = limits.max_bytes, .actual = size});
        return found;
    }

    ending judge(std::string_view policy, Jsonb const* stored, Jsonb const* patch)
    {
        if (!policy_.is_of(policy)) {
            admitted_.clear();
            policy_.of(policy);
        }
        auto const& [rules, is_document] = policy_.rules();
        keeps_stored_ = stored != nullptr && jsonb_container(stored).is_object();
        if (stored != nullptr) {
            stored_.read(stored, rules.read.max_nesting, rules.limits.max_bytes);
            if (!stored_.is_nested_within())
                return refused(too_deep(rules), metapatch::input_text::stored);
        }
        if (patch == nullptr) {
            what_ = stored != nullptr ? task::stored : task::absent;
            if (stored == nullptr || keeps_stored_ || is_document)
                return ending::done;
            return refused(report({.code = errc::expected_object}), metapatch::input_text::stored);
        }
        jsonb_container const body(patch);
        if (is_document && !body.is_object()) {
            what_ = task::patch;
            admitted_.clear();
            patch_.read(patch, rules.read.max_nesting, rules.limits.max_bytes);
            return patch_.is_nested_within() ? ending::done : refused(too_deep(rules), metapatch::input_text::patch);
        }
        bool const clears = body.is_object() ? rules.merge.depth == 0 || is_cleared_by(body, rules.merge)
                                             : is_null(body) && rules.merge.on_null == metapatch::null_body::clears;
        bool const keeps_a_value = stored != nullptr && !keeps_stored_ && !is_document && rules.merge.depth > 0;
        if (!body.is_object() && !clears)
            return keeps_a_value ? refused(report({.code = errc::expected_object}), metapatch::input_text::stored)
                                 : refused(report({.code = errc::expected_object}), metapatch::input_text::patch);
        if (body.is_object() && !is_admitted(patch)) {
            if (auto const found = store::validate(body, rules); !found.empty()) {
                if (keeps_a_value) // what is stored is told of first
                    return refused(report({.code = errc::expected_object}), metapatch::input_text::stored);
                return refused(found, metapatch::input_text::patch);
            }
            admitted_.clear(); // until all is known of it
            patch_.read(patch, rules.read.max_nesting, rules.limits.max_bytes);
            admitted_.assign(reinterpret_cast<char const*>(patch), VARSIZE(patch));
        }
        if (keeps_a_value && !clears)
            return refused(report({.code = errc::expected_object}), metapatch::input_text::stored);
        keeps_stored_ = keeps_stored_ && !clears;
        if (!clears || (body.is_object() && body.size() > 0))
            what_ = task::merge;
        else
            what_ = rules.merge.cleared == metapatch::cleared_field::empty ? task::empty : task::absent;
        return ending::done;
    }

    static report too_deep(tool::field_policy const& rules)
    {
        return report({.code = errc::too_deep, .limit = std::min(rules.read.max_nesting, metapatch::nesting_ceiling)});
    }

    static bool is_cleared_by(jsonb_container body, metapatch::merge_rules const& rules) noexcept
    {
        return body.size() == 0 && rules.on_empty == metapatch::empty_body::clears;
    }

    static bool is_null(jsonb_container body) noexcept { return body.is_scalar() && JBE_ISNULL(body.entry(0)); }

    /// Whether the policy has admitted the same patch for the row before.
    bool is_admitted(Jsonb const* patch) const noexcept
    {
        return admitted_.size() == VARSIZE(patch) && std::memcmp(admitted_.data(), patch, admitted_.size()) == 0;
    }

    functions::kept_policy policy_{};
    std::string admitted_{};
    store::jsonb_merge merge_{};
    store::jsonb_extent stored_{};
    store::jsonb_extent patch_{}; // of the one that is admitted
    task what_ = task::absent;
    bool keeps_stored_ = false;
};

Jsonb* jsonb_argument(FunctionCallInfo fcinfo, int index)
{
    return PG_ARGISNULL(index) ? nullptr : PG_GETARG_JSONB_P(index);
}

Jsonb* new_jsonb(std::size_t room)
{
    if (room > MaxAllocSize)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the result is too long for a jsonb")));
    return static_cast<Jsonb*>(palloc(room));
}

/// What becomes of the stored jsonb; nullptr where it is absent or refused.
Jsonb* applied(FunctionCallInfo fcinfo, jsonb_patching& here, ending& how)
{
    auto const policy = store::needed_argument(fcinfo, 0, "policy");
    auto* const stored = jsonb_argument(fcinfo, 1);
    auto* const patch = jsonb_argument(fcinfo, 2);
    how = here.begin(policy, stored, patch);
    if (how != ending::done || here.what() == task::absent)
        return nullptr;
    if (here.what() == task::stored)
        return stored;
    if (here.what() == task::patch)
        return patch;
    if (here.what() == task::empty) {
        auto* const made = new_jsonb(sizeof(Jsonb));
        made->root.header = JB_FOBJECT;
        SET_VARSIZE(made, sizeof(Jsonb));
        return made;
    }
    auto* const made = new_jsonb(store::jsonb_merge::room_for(here.keeps_stored() ? stored : nullptr, patch));
    how = here.merge(stored, patch, made);
    if (how == ending::done && !here.has_to_be_measured()) {
        how = here.check(made);
    } else if (how == ending::done) {
        char* const text = JsonbToCString(nullptr, &made->root, static_cast<int>(VARSIZE(made)));
        how = here.check_text(made, text);
        pfree(text);
    }
    return how == ending::done ? made : nullptr;
}

} // namespace

extern "C" {

PG_FUNCTION_INFO_V1(metapatch_apply_jsonb);
Datum metapatch_apply_jsonb(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<jsonb_patching>(fcinfo);
    auto how = ending::done;
    auto* const made = applied(fcinfo, here, how);
    store::raise_unless_done(how, here.why);
    if (made == nullptr)
        PG_RETURN_NULL();
    PG_RETURN_JSONB_P(made);
}

PG_FUNCTION_INFO_V1(metapatch_try_apply_jsonb);
Datum metapatch_try_apply_jsonb(PG_FUNCTION_ARGS)
{
    auto& here = store::state_of<jsonb_patching>(fcinfo);
    auto how = ending::done;
    auto* const made = applied(fcinfo, here, how);
    return store::try_row(fcinfo, how, here.why, PointerGetDatum(made), made != nullptr);
}
}

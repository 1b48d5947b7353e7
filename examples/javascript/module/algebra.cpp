// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

#include "apply.hpp"
#include "operands.hpp"

#include "../../functions/state_changes.hpp"

#include <metapatch/algebra.hpp>
#include <metapatch/auth0/contract/root_attributes.hpp>
#include <metapatch/json/compact_size.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace border {

namespace {

using metapatch::errc;
using metapatch::patch;
using metapatch::patch_bodies;
using metapatch::report;
using metapatch::result;
using metapatch::state;

/// Operations on patches and states, on what was read of one call.
class algebra {
public:
    explicit algebra(call const& asked)
        : asked_(asked), policy_(asked.policy), rules_(asked.policy.rules), out_(asked.answer),
          in_(asked.given, asked.policy), changes_(in_, asked.presence)
    {
    }

    void diff()
    {
        auto const from = in_.state_at(0, "from");
        auto const to = in_.state_at(1, "to");
        if (!in_.are_wrong())
            write_bodies(changes_.bodies_for(changes_.between(from, to), from.fields));
    }

    void compose()
    {
        std::vector<patch> patches;
        for (std::size_t i = 0; i < asked_.given.count() && !in_.are_wrong(); ++i) {
            patch_name_ = "patches/" + std::to_string(i);
            patches.push_back(in_.patch_at(i, patch_name_));
        }
        if (!in_.are_wrong())
            write_bodies(to_bodies(std::span<patch const>(patches), rules_, changes_.presence()));
    }

    void inverse()
    {
        auto const before = in_.state_at(0, "stored");
        auto const changes = in_.patch_at(1, "patch");
        if (in_.are_wrong())
            return;
        if (policy_.is_document && !before.present && !changes.is_untouched())
            return write_impossible(report({.code = errc::unreachable_state}));
        auto back = metapatch::inverse(before.fields, changes, rules_, changes_.presence());
        write_bodies(
            changes_.bodies_for(std::move(back), metapatch::detail::merged(before.fields, changes, rules_.merge)));
    }

    void rebase()
    {
        auto const changes = in_.patch_at(0, "patch");
        auto const onto = in_.patch_at(1, "onto");
        if (in_.are_wrong())
            return;
        auto const rebased = metapatch::rebase(changes, onto, rules_, changes_.presence());
        auto const made = to_bodies(rebased.rest, rules_, changes_.presence());
        if (!made)
            return write_impossible(made.error());
        begin_bodies(*made);
        write_conflicts(changes, onto, "conflicts");
        out_.end('}');
    }

    void conflicts()
    {
        auto const changes = in_.patch_at(0, "patch");
        auto const other = in_.patch_at(1, "other");
        if (in_.are_wrong())
            return;
        begin();
        write_conflicts(changes, other, "keys");
        out_.end('}');
    }

    void merge3()
    {
        auto const base = in_.state_at(0, "base");
        auto const mine = in_.state_at(1, "mine");
        auto const theirs = in_.state_at(2, "theirs");
        if (in_.are_wrong())
            return;
        auto const merged = metapatch::three_way(base.fields, mine.fields, theirs.fields, rules_, changes_.presence());
        if (!merged)
            return write_impossible(merged.error());
        auto const made = changes_.bodies_for(merged->mine, theirs.fields);
        if (!made)
            return write_impossible(made.error());
        begin_bodies(*made);
        out_.key("conflicts");
        write_pointers(merged->conflicts);
        out_.key("changedByBoth").strings(merged->changed_by_both).end('}');
    }

    void losses()
    {
        auto const stored = in_.state_at(0, "stored");
        auto const changes = in_.patch_at(1, "patch");
        if (in_.are_wrong())
            return;
        auto const lost = metapatch::losses(stored.fields, changes, rules_);
        begin().key("pointers");
        write_pointers(lost);
        write_omitted(lost.omitted());
        out_.end('}');
    }

    void deepen()
    {
        auto const stored = in_.state_at(0, "stored");
        bool const merging = in_.given(1);
        auto const given = merging ? in_.value_at(1, "mergePatch") : in_.value_at(2, "jsonPatch");
        if (in_.are_wrong())
            return;
        auto const made = policy_.is_document ? deepened_document(stored, given, merging)
                          : merging           ? metapatch::deepen(stored.fields, given, rules_, changes_.presence())
                                              : deepen_json_patch(stored.fields, given, rules_, changes_.presence());
        if (!made && !is_unreachable(made.error().front().code))
            return write_refusal(made.error(), merging ? "mergePatch" : "jsonPatch");
        write_bodies(changes_.bodies_for(made, stored.fields));
    }

    void advise()
    {
        auto stored = in_.state_at(0, "stored");
        if (policy_.is_document && stored.present)
            stored.fields->emplace("", nullptr); // it has a type
        auto const changes = in_.patch_at(1, "patch");
        if (in_.are_wrong())
            return;
        auto const unsafe = [this](boost::json::value const& number) { return in_.dom().is_unsafe_integer(number); };
        auto const names = policy_.is_over_root ? std::span<std::string_view const>(metapatch::auth0::root_attributes)
                                                : std::span<std::string_view const>();
        auto const found = metapatch::advise(stored.fields, changes, rules_, names, unsafe, asked_.given.or_empty(2));
        begin().key("advice").begin('[');
        for (auto const& each : found) {
            out_.begin('{').key("code").string(name(each.code));
            out_.key("pointer").string(in_.pointer(each.pointer)).end('}');
        }
        out_.end(']');
        write_omitted(found.omitted());
        out_.end('}');
    }

    /// Where a text could not be read, that is the answer.
    void finish()
    {
        if (in_.are_wrong())
            in_.write_refusal(out_);
    }

private:
    /// Whether it tells that no patch leads to a state, and not that a text is bad.
    static bool is_unreachable(errc code) { return code == errc::unreachable_state || code == errc::unreachable_null; }

    result<patch> deepened_document(stored_state const& stored, boost::json::value const& given, bool merging) const
    {
        auto document = stored.present ? std::optional(value_of(stored)) : std::nullopt;
        if (merging) {
            auto target = metapatch::merge_patched(document.value_or(nullptr), given);
            if (!target)
                return std::move(target).error();
            return changes_.between(stored, {operands::document(*std::move(target)), true});
        }
        auto target = metapatch::json_patched(std::move(document), given);
        if (!target)
            return std::move(target).error();
        if (!*target)
            return changes_.between(stored, {state(std::in_place), false});
        return changes_.between(stored, {operands::document(**std::move(target)), true});
    }

    static boost::json::value value_of(stored_state const& document)
    {
        auto const* const value = document.fields->if_contains("");
        return value != nullptr ? *value : boost::json::value();
    }

    json_answer& begin() { return out_.begin('{').key("ok").word("true"); }

    void begin_bodies(patch_bodies const& made)
    {
        begin().key("bodies").begin('[');
        for (auto const& body : made.in_turn)
            out_.document(changes_.text_of(body));
        out_.end(']');
    }

    void write_bodies(result<patch_bodies> const& made)
    {
        if (!made)
            return write_impossible(made.error());
        begin_bodies(*made);
        out_.end('}');
    }

    void write_impossible(report const& why)
    {
        out_.begin('{').key("ok").word("false").key("impossible").word("true");
        write_violations_of(why, "");
    }

    void write_refusal(report const& why, std::string_view input)
    {
        out_.begin('{').key("ok").word("false");
        write_violations_of(why, input);
    }

    void write_violations_of(report const& why, std::string_view input)
    {
        write_violations(out_, input.empty() ? changes_.told(why) : why, [input](auto const&) {
            return named_text{input, std::nullopt};
        });
        out_.end('}');
    }

    void write_pointers(metapatch::pointer_list const& list)
    {
        out_.begin('[');
        for (auto const& each : list)
            out_.string(in_.pointer(each));
        out_.end(']');
    }

    void write_omitted(std::size_t count)
    {
        if (count > 0)
            out_.key("omitted").number(count);
    }

    /// Documents that do not commute, and are no objects both, conflict as a whole.
    void write_conflicts(patch const& changes, patch const& other, std::string_view name)
    {
        auto found = metapatch::conflicts(changes, other, rules_);
        bool whole = false;
        if (policy_.is_document && !found.empty()) {
            auto const& mine = *changes.members().if_contains("");
            auto const& theirs = *other.members().if_contains("");
            whole = !mine.is_object() || !theirs.is_object();
            found = whole ? metapatch::patch_conflicts()
                          : metapatch::conflicts(patch::of(mine.get_object(), false, metapatch::unlimited),
                                                 patch::of(theirs.get_object(), false, metapatch::unlimited), rules_);
        }
        out_.key(name).strings(found.keys);
        if (found.presence && changes_.presence() == metapatch::presence::exact)
            out_.key("presence").word("true");
        if (whole)
            out_.key("whole").word("true");
    }

    call const& asked_;
    defined_policy const& policy_;
    tool::field_policy const& rules_;
    json_answer& out_;
    operands in_;
    functions::state_changes changes_;
    std::string patch_name_; // which the operands refer to
};

template<void (algebra::*Run)()>
void run(call const& asked)
{
    algebra here(asked);
    (here.*Run)();
    here.finish();
}

void size(call const& asked)
{
    auto const stored = asked.given[0];
    auto const bytes = stored ? metapatch::compact_size(*stored) : result<std::size_t>(0);
    auto& out = asked.answer.begin('{').key("ok").word(bytes ? "true" : "false");
    if (bytes)
        out.key("bytes").number(*bytes);
    else
        write_violations(out, bytes.error(), [&](auto const&) { return named_text{"stored", stored}; });
    out.end('}');
}

constexpr std::array<operation, 10> all{{
    {"diff", run<&algebra::diff>},
    {"compose", run<&algebra::compose>},
    {"inverse", run<&algebra::inverse>},
    {"rebase", run<&algebra::rebase>},
    {"conflicts", run<&algebra::conflicts>},
    {"merge3", run<&algebra::merge3>},
    {"losses", run<&algebra::losses>},
    {"deepen", run<&algebra::deepen>},
    {"advise", run<&algebra::advise>},
    {"size", size},
}};

} // namespace

std::span<operation const> const algebra_operations = all;

} // namespace border

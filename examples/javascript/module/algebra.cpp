// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

#include "apply.hpp"
#include "operands.hpp"

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
          presence_(asked.policy.is_document ? metapatch::presence::exact : asked.presence),
          in_(asked.given, asked.policy)
    {
    }

    void diff()
    {
        auto const from = in_.state_at(0, "from");
        auto const to = in_.state_at(1, "to");
        if (!in_.are_wrong())
            write_bodies(for_state(between(from, to), from.fields));
    }

    void compose()
    {
        std::vector<patch> patches;
        for (std::size_t i = 0; i < asked_.given.count(); ++i)
            patches.push_back(in_.patch_at(i, "patches/" + std::to_string(i)));
        if (!in_.are_wrong())
            write_bodies(to_bodies(std::span<patch const>(patches), rules_, presence_));
    }

    void inverse()
    {
        auto const before = in_.state_at(0, "stored");
        auto const changes = in_.patch_at(1, "patch");
        if (in_.are_wrong())
            return;
        if (policy_.is_document && !before.present && !changes.is_untouched())
            return write_impossible(report({.code = errc::unreachable_state}));
        auto back = metapatch::inverse(before.fields, changes, rules_, presence_);
        write_bodies(for_state(std::move(back), metapatch::detail::merged(before.fields, changes, rules_.merge)));
    }

    void rebase()
    {
        auto const changes = in_.patch_at(0, "patch");
        auto const onto = in_.patch_at(1, "onto");
        if (in_.are_wrong())
            return;
        auto const rebased = metapatch::rebase(changes, onto, rules_, presence_);
        auto const made = to_bodies(rebased.rest, rules_, presence_);
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
        auto const merged = metapatch::three_way(base.fields, mine.fields, theirs.fields, rules_, presence_);
        if (!merged)
            return write_impossible(merged.error());
        auto const made = bodies_for(merged->mine, theirs.fields);
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
                          : merging           ? metapatch::deepen(stored.fields, given, rules_, presence_)
                                              : deepen_json_patch(stored.fields, given, rules_, presence_);
        if (!made && !is_unreachable(made.error().front().code))
            return write_refusal(made.error(), merging ? "mergePatch" : "jsonPatch");
        write_bodies(for_state(made, stored.fields));
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

    result<patch> between(stored_state const& from, stored_state const& to) const
    {
        if (policy_.is_document && !to.present)
            return from.present ? result<patch>(report({.code = errc::unreachable_state})) : patch();
        if (policy_.is_document && !from.present && to.fields->empty())
            return patch().remove(""); // the body null
        return metapatch::diff(from.fields, to.fields, rules_, presence_);
    }

    result<patch> deepened_document(stored_state const& stored, boost::json::value const& given, bool merging) const
    {
        auto document = stored.present ? std::optional(value_of(stored)) : std::nullopt;
        if (merging) {
            auto target = metapatch::merge_patched(document.value_or(nullptr), given);
            if (!target)
                return std::move(target).error();
            return between(stored, {operands::document(*std::move(target)), true});
        }
        auto target = metapatch::json_patched(std::move(document), given);
        if (!target)
            return std::move(target).error();
        if (!*target)
            return between(stored, {state(std::in_place), false});
        return between(stored, {operands::document(**std::move(target)), true});
    }

    static boost::json::value value_of(stored_state const& document)
    {
        auto const* const value = document.fields->if_contains("");
        return value != nullptr ? *value : boost::json::value();
    }

    /// The bodies for a known state. A limit of the size is checked on the texts: values whose numbers are exact have none.
    result<patch_bodies> bodies_for(patch const& changes, state const& stored) const
    {
        auto rules = rules_;
        rules.limits.max_bytes = metapatch::unlimited;
        auto made = to_bodies(changes, stored, rules, presence_);
        if (!made || rules_.limits.max_bytes == metapatch::unlimited)
            return made;
        auto now = stored ? std::optional(in_.dom().write(*stored)) : std::nullopt;
        for (auto const& body : made->in_turn) {
            auto const changed = in_.dom().write(body);
            auto done = metapatch::spliced(now, changed, rules_, {.stored = metapatch::stored_text::trusted});
            if (!done)
                return std::move(done).error();
            now = *std::move(done);
        }
        return made;
    }

    result<patch_bodies> for_state(result<patch> const& changes, state const& stored) const
    {
        return changes ? bodies_for(*changes, stored) : result<patch_bodies>(changes.error());
    }

    json_answer& begin() { return out_.begin('{').key("ok").word("true"); }

    void begin_bodies(patch_bodies const& made)
    {
        begin().key("bodies").begin('[');
        for (auto const& body : made.in_turn)
            out_.document(in_.dom().write(policy_.is_document ? *body.get_object().if_contains("") : body));
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
        auto told = report::of_at_most(why.max_size());
        for (auto each : why) {
            each.pointer = std::string(input.empty() ? in_.pointer(each.pointer) : each.pointer);
            told.add(std::move(each));
        }
        told.add_omitted(why.omitted());
        write_violations(out_, told, [input](auto const&) { return named_text{input, std::nullopt}; });
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
        if (found.presence && presence_ == metapatch::presence::exact)
            out_.key("presence").word("true");
        if (whole)
            out_.key("whole").word("true");
    }

    call const& asked_;
    defined_policy const& policy_;
    tool::field_policy const& rules_;
    json_answer& out_;
    metapatch::presence presence_;
    operands in_;
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

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_STATE_CHANGES_HPP
#define METAPATCH_FUNCTIONS_STATE_CHANGES_HPP

#include "operands.hpp"

#include <metapatch/algebra/bodies.hpp>
#include <metapatch/algebra/diff.hpp>
#include <metapatch/algebra/presence.hpp>
#include <metapatch/splice/splice.hpp>

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <utility>

namespace functions {

/// What leads from one state of a field or a document to another, of operands that were read.
class state_changes {
public:
    state_changes(operands const& in, metapatch::presence how)
        : in_(in), policy_(in.policy()), presence_(policy_.is_document ? metapatch::presence::exact : how)
    {
    }

    /// Whether it matters that something is absent, or `{}`: of documents it does.
    metapatch::presence presence() const noexcept { return presence_; }

    metapatch::result<metapatch::patch> between(stored_state const& from, stored_state const& to) const
    {
        if (policy_.is_document && !to.present) {
            if (from.present)
                return metapatch::report({.code = metapatch::errc::unreachable_state});
            return metapatch::patch();
        }
        if (policy_.is_document && !from.present && to.fields->empty())
            return metapatch::patch().remove(""); // the body null
        return metapatch::diff(from.fields, to.fields, policy_.rules, presence_);
    }

    /// The bodies for a known state. A limit of the size is checked on the texts: values whose numbers are exact have none.
    metapatch::result<metapatch::patch_bodies> bodies_for(metapatch::patch const& changes,
                                                          metapatch::state const& stored) const
    {
        auto rules = policy_.rules;
        rules.limits.max_bytes = metapatch::unlimited;
        auto made = to_bodies(changes, stored, rules, presence_);
        if (!made || policy_.rules.limits.max_bytes == metapatch::unlimited)
            return made;
        auto now = stored ? std::optional(in_.dom().write(*stored)) : std::nullopt;
        for (auto const& body : made->in_turn) {
            auto const changed = in_.dom().write(body);
            auto done = metapatch::spliced(now, changed, policy_.rules, {.stored = metapatch::stored_text::trusted});
            if (!done)
                return std::move(done).error();
            now = *std::move(done);
        }
        return made;
    }

    metapatch::result<metapatch::patch_bodies> bodies_for(metapatch::result<metapatch::patch> const& changes,
                                                          metapatch::state const& stored) const
    {
        return changes ? bodies_for(*changes, stored) : metapatch::result<metapatch::patch_bodies>(changes.error());
    }

    /// The text of a body.
    std::string text_of(boost::json::value const& body) const
    {
        return in_.dom().write(policy_.is_document ? *body.get_object().if_contains("") : body);
    }

    /// A report whose pointers are into the object that holds a document, with pointers into that.
    metapatch::report told(metapatch::report const& why) const
    {
        auto made = metapatch::report::of_at_most(why.max_size());
        for (auto each : why) {
            each.pointer = std::string(in_.pointer(each.pointer));
            made.add(std::move(each));
        }
        made.add_omitted(why.omitted());
        return made;
    }

private:
    operands const& in_;
    field_rules const& policy_;
    metapatch::presence presence_;
};

} // namespace functions

#endif

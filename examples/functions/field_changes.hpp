// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_FIELD_CHANGES_HPP
#define METAPATCH_FUNCTIONS_FIELD_CHANGES_HPP

#include "merged_documents.hpp"
#include "operands.hpp"
#include "text.hpp"

#include <metapatch/algebra/presence.hpp>
#include <metapatch/outcome/findings.hpp>
#include <metapatch/patch/patch.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace functions {

/// PATCH bodies to send, in turn. Where there are none, there is nothing to send, and `{}` would clear instead.
using bodies = metapatch::result<std::vector<std::string>>;

/// The bodies that make one state of a field the other, as few as can be: none where they are equal as JSON.
///
/// @param how  whether an absent field and an empty one are different; of documents they always are
/// Errors:     of texts; `unreachable_state` and others where no body has that effect
bodies diff(field_rules const& policy, text from, text to, metapatch::presence how = metapatch::presence::exact);

/// Pointers to what is stored, and vanishes because the patch replaces an object that holds it by one that does not name
/// it.
metapatch::result<metapatch::pointer_list> losses(field_rules const& policy, text stored, text patch);

/// The bytes of a field as compact JSON; 0 where it is absent.
metapatch::result<std::size_t> size(text stored);

/// What others have made of a field, with what has changed between the field as it was and a copy of it: a member that
/// one side has changed is that side's, objects that both have are merged inside.
///
/// @param mine    the copy; what the policy says is said of its changes, which are a patch of theirs
/// @param theirs  the field as it is stored
/// @return        the field afterwards, or nothing where it is absent. Members of theirs that mine has not changed keep
///                their bytes
/// Errors:        of texts, where `violation::text` tells of mine as of a patch, and of base as of a state to start from;
///                of the rule `conflict` every place that both have changed in different ways; and where the policy, or
///                any, has no patch that does it
field_text merge(field_rules const& policy, text base, text mine, text theirs);

/// Patches, one after the other, as one.
class composition {
public:
    explicit composition(field_rules policy) : policy_(std::move(policy)) {}
    composition(composition const&) = delete;
    composition& operator=(composition const&) = delete;

    /// @param patch  nothing where a body does not name the field
    /// @return       what is wrong with the first patch that is no patch of this policy: then all that follow are as bad
    metapatch::report add(text patch);

    /// The bodies that do what all patches do, in turn.
    bodies all() const;

private:
    field_rules policy_;
    std::deque<std::string> texts_{}; // values refer to them
    operands in_{policy_};
    std::vector<metapatch::patch> patches_{};
};

/// The only one of some bodies; nothing where there is none.
///
/// Errors: `not_expressible` where there are more, with how many
metapatch::result<std::optional<std::string>> only_body(bodies made);

} // namespace functions

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_OPERANDS_HPP
#define METAPATCH_TOOL_OPERANDS_HPP

#include "field_policy.hpp"
#include "refusal.hpp"

#include <metapatch/json/exact_dom.hpp>
#include <metapatch/patch/patch.hpp>

#include <boost/json/value.hpp>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// A field that was read: its state, and its text where it is present.
struct known_field {
    metapatch::state state{};
    std::optional<std::string_view> text{};
};

/// The texts that a command on patches takes, read as values in which every number stays as it was written. Where
/// several write the same number in different ways, all of them get the form of the one that was read first.
///
/// Where a text is refused, what is made of the others is of no use but to be refused too.
class operands {
public:
    /// @param field  the name of the member that is the field; empty where a document is a field of its own
    operands(field_policy const& policy, std::string field);

    /// The field that an argument is, or has; nothing is an absent one.
    known_field field(part which, std::optional<std::string> const& argument);

    /// The same of a document's text.
    known_field field_in(part which, std::string document);

    /// The same from the text of the field itself.
    known_field field_of(part which, std::optional<std::string> text);

    /// A patch, which the policy must admit.
    ///
    /// @param number  which one, from 1, where there are several
    metapatch::patch patch(part which, std::string const& argument, std::size_t number = 0);

    /// The same from the text of the patch itself.
    metapatch::patch patch_of(part which, std::string text, std::size_t number = 0);

    /// Any JSON value.
    boost::json::value value(part which, std::string const& argument);

    /// The same from its text.
    boost::json::value value_of(part which, std::string text);

    /// A field that is no object is refused, but as absent to a patch that clears, and so keeps nothing of it.
    void allow_clear(metapatch::patch const& changes);

    /// What was refused, in the order of the arguments.
    std::vector<refusal> const& refused() const noexcept { return refused_; }
    bool any_refused() const noexcept { return !refused_.empty(); }

    /// The policy, with all rules but the limit of bytes: of values in which numbers stand for lexemes no size is known.
    field_policy const& rules() const noexcept { return rules_; }
    field_policy const& policy() const noexcept { return policy_; }

    metapatch::exact_dom const& dom() const noexcept { return dom_; }

private:
    void refuse(refusal why);
    std::string_view keep(std::string text);

    field_policy policy_;
    field_policy rules_;
    std::string field_;
    std::deque<std::string> texts_; // values refer to them
    metapatch::exact_dom dom_;
    std::vector<refusal> refused_;
    std::optional<part> no_object_; // a field that is none
};

} // namespace tool

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_STORE_POLICY_HPP
#define METAPATCH_FUNCTIONS_STORE_POLICY_HPP

#include "field_rules.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace functions {

/// What was given is no argument of this function: the caller's statement is wrong, and no text was refused.
struct wrong_argument : std::invalid_argument {
    using invalid_argument::invalid_argument;
};

/// The policy that an argument means: a profile's name, or a policy file as JSON, which begins with a brace.
///
/// Exceptions: wrong_argument where there is no such profile, or with every mistake of the file; std::bad_alloc
field_rules read_policy(std::string_view argument);

/// A policy that stays read while the argument is the same.
class kept_policy {
public:
    /// Exceptions: those of `read_policy`; then none is kept.
    field_rules const& of(std::string_view argument);

    /// What `of` gave last.
    field_rules const& rules() const noexcept { return *rules_; }

    /// Whether `of` would give the same again.
    bool is_of(std::string_view argument) const noexcept { return rules_ && argument_ == argument; }

private:
    std::string argument_{};
    std::optional<field_rules> rules_{};
};

} // namespace functions

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_RULE_CODE_HPP
#define METAPATCH_OUTCOME_RULE_CODE_HPP

#include <metapatch/version.hpp>

#include <string_view>

namespace metapatch {

/// The code and the message of a rule of your own, which its violations carry beside `errc::own_rule`. It is a
/// constant:
///
/// @code
/// inline constexpr metapatch::rule_code leading_underscore{"leading_underscore", "the key begins with an underscore"};
/// @endcode
class rule_code {
public:
    /// @param name     stable, in snake_case, and none of `errc`: it travels on the wire
    /// @param message  for people
    consteval rule_code(std::string_view name, std::string_view message) noexcept : name_(name), message_(message) {}

    constexpr std::string_view name() const noexcept { return name_; }
    constexpr std::string_view message() const noexcept { return message_; }

    bool operator==(rule_code const&) const = default;

private:
    std::string_view name_;
    std::string_view message_;
};

} // namespace metapatch

#endif

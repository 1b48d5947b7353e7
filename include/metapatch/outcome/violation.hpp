// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_VIOLATION_HPP
#define METAPATCH_OUTCOME_VIOLATION_HPP

#include <metapatch/outcome/error.hpp>
#include <metapatch/outcome/findings.hpp>
#include <metapatch/outcome/operation_fault.hpp>
#include <metapatch/outcome/rule_code.hpp>

#include <array>
#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>
#include <boost/throw_exception.hpp>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

/// Which of its texts a function of two tells of.
enum class input_text : std::uint8_t {
    stored, ///< of `spliced`
    patch,  ///< of `spliced`
    from,   ///< of `diff`
    to,     ///< of `diff`
};

/// As in messages.
constexpr std::string_view name(input_text which) noexcept
{
    constexpr std::array<std::string_view, 4> names{"stored text", "patch", "state to start from", "state to reach"};
    return names[static_cast<std::size_t>(which)];
}

/// One rule that was broken, and where.
struct violation {
    errc code{};
    std::string pointer{};                    ///< RFC 6901, from the root of the field; "" is the field itself
    std::optional<std::uint64_t> limit{};     ///< what the policy admits: members, code points, bytes or levels
    std::optional<std::uint64_t> actual{};    ///< what was found, in the same unit
    std::optional<std::uint64_t> offset{};    ///< in bytes from the start of the text, for `position_in`; of texts
    std::optional<std::uint64_t> operation{}; ///< the index of the operation that fails, of a JSON Patch
    std::optional<operation_fault> fault{};   ///< of `invalid_operation` and `missing_target`: why
    std::optional<rule_code> own{};           ///< of `own_rule`: the rule's own code
    std::optional<input_text> text{};         ///< of a function of two: which is wrong; nothing where the result is

    bool operator==(violation const&) const = default;

    /// A sentence for people, such as `/plan: too many members (11, limit 10)`. Its wording may change.
    std::string message() const
    {
        std::string words = pointer.empty() ? std::string() : pointer + ": ";
        words += own                                                  ? own->message()
                 : detail::text_of(static_cast<int>(code)) != nullptr ? detail::text_of(static_cast<int>(code))->message
                                                                      : "unknown";
        if (actual && limit)
            words.append(" (").append(std::to_string(*actual)).append(", limit ").append(std::to_string(*limit)) += ")";
        else if (limit)
            words.append(" (limit ").append(std::to_string(*limit)) += ")";
        if (offset)
            words.append(" at byte ").append(std::to_string(*offset));
        if (text)
            words.append(offset ? " of the " : " in the ").append(name(*text));
        if (operation)
            words.append(" in operation ").append(std::to_string(*operation));
        if (fault)
            words.append(" (").append(name(*fault)) += ")";
        return words;
    }

    /// Print `message()`.
    template<class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, violation const& what)
    {
        auto const words = what.message();
        return out << std::basic_string_view<char, Traits>(words.data(), words.size()); // a key may hold NUL
    }
};

/// The stable name of what was broken, as it appears on the wire: that of the code, or a rule's own.
inline std::string_view name(violation const& what) noexcept
{
    return what.own ? what.own->name() : name(what.code);
}

/// All violations of one check, in the order of semantics §3, "Order": those of the patch in its order, then those of
/// the result. Beyond a number of them they are only counted.
///
/// An empty report means that all is well.
class report : public findings<violation> {
public:
    static constexpr std::size_t usual_max_size = 1'000;

    report() noexcept : findings(usual_max_size) {}
    explicit report(violation only) : report() { add(std::move(only)); }

    /// One that lists so many violations, at least one. Not a constructor: a number is no report.
    static report of_at_most(std::size_t violations) noexcept { return report(findings<violation>(violations)); }

    bool operator==(report const&) const = default;

    /// The messages of all violations, `; ` between them.
    std::string message() const
    {
        std::string text;
        for (auto const& each : *this)
            text += (text.empty() ? "" : "; ") + each.message();
        if (omitted() > 0)
            text.append("; and ").append(std::to_string(omitted())) += " more";
        return text;
    }

    template<class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, report const& what)
    {
        auto const text = what.message();
        return out << std::basic_string_view<char, Traits>(text.data(), text.size());
    }

private:
    explicit report(findings<violation>&& list) noexcept : findings(std::move(list)) {}
};

/// A value, or every violation that stands in its way.
template<class T>
using result = boost::system::result<T, report>;

namespace detail {

/// What was found in one of two texts, and in which.
///
/// @param is_there  says of a violation whether it is in the text, and not in what both make
template<class IsThere>
report told_of(input_text which, report const& found, IsThere is_there)
{
    auto told = report::of_at_most(found.max_size());
    for (auto each : found) {
        if (is_there(each))
            each.text = which;
        told.add(std::move(each));
    }
    told.add_omitted(found.omitted());
    return told;
}

/// A message for `what()`, which ends at a NUL: one that a key holds becomes `\u0000`. O(bytes).
inline std::string without_nul(std::string_view message)
{
    std::string text;
    text.reserve(message.size());
    for (char const byte : message) {
        if (byte == '\0')
            text += "\\u0000";
        else
            text += byte;
    }
    return text;
}

} // namespace detail

/// What `result::value()` throws where there is no value: the first violation as an error code, and all of them.
class refused : public boost::system::system_error {
public:
    explicit refused(report why)
        : system_error(make_error_code(why.empty() ? errc{} : why.front().code)), why_(std::move(why)),
          message_(detail::without_nul(why_.message()))
    {
    }

    report const& why() const noexcept { return why_; }

    /// The messages of all violations; a NUL in a key is written `\u0000`.
    char const* what() const noexcept override { return message_.c_str(); }

private:
    report why_;
    std::string message_;
};

/// Called by `result::value()`, found by argument-dependent look-up.
[[noreturn]] inline void throw_exception_from_error(report const& why, boost::source_location const& where)
{
    boost::throw_exception(refused(why), where);
}

} // namespace metapatch

#endif

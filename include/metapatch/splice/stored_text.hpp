// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_STORED_TEXT_HPP
#define METAPATCH_SPLICE_STORED_TEXT_HPP

#include <metapatch/json/text.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/is_json.hpp>

#include <cstdint>
#include <string_view>

namespace metapatch {

/// What is known of a stored text.
enum class stored_text : std::uint8_t {
    /// Nothing: it is checked in full (RFC 8259, UTF-8, nesting).
    checked,
    /// It is valid JSON, as this library or a JSON column gives it. On anything else the result may be wrong, but
    /// nothing is read or written out of bounds.
    trusted,
};

/// How texts are spliced.
struct splice_rules {
    stored_text stored = stored_text::checked;
    scan_with instructions = fastest_scan(); ///< each gives the same result for what is JSON
};

namespace detail {

inline bool begins_object(std::string_view text) noexcept
{
    return first_byte(text) == '{';
}

/// Check that the stored text is JSON, as far as it is not trusted. Whether an object is another question: of what is
/// none a patch that clears keeps nothing.
/// @param room  what was read of it
inline report check_stored(std::string_view stored, read_rules policy_rules, splice_rules const& rules,
                           check_memory& room)
{
    if (rules.stored == stored_text::trusted)
        return report();
    if (!is_json(stored, policy_rules.max_nesting, rules.instructions, room)) [[unlikely]]
        return text_error(stored, policy_rules);
    return policy_rules.duplicates == duplicate_keys::rejected ? duplicates_in(stored, policy_rules) : report();
}

inline report check_stored(std::string_view stored, read_rules policy_rules, splice_rules const& rules)
{
    check_memory room;
    return check_stored(stored, policy_rules, rules, room);
}

} // namespace detail

} // namespace metapatch

#endif

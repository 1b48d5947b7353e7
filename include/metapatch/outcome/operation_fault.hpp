// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_OPERATION_FAULT_HPP
#define METAPATCH_OUTCOME_OPERATION_FAULT_HPP

#include <metapatch/version.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch {

/// What is wrong with an operation of a JSON Patch, or why what it names is not there. The names are stable and travel
/// on the wire (see `name`).
enum class operation_fault : std::uint8_t {
    not_an_object,   ///< the operation is no object
    missing_member,  ///< it lacks `op`, `path`, `from` or `value`
    not_a_string,    ///< `op`, `path` or `from` is none
    unknown_op,      ///< `op` is none of the six, which are in lower case
    no_slash,        ///< a pointer that is not empty starts without `/`
    bad_escape,      ///< a `~` in a pointer is not followed by `0` or `1`
    into_itself,     ///< it moves a value into that value
    no_document,     ///< there is no document, and so nothing in it
    no_member,       ///< an object has no such member
    no_element,      ///< an array has no element, or no place for one, at that index
    no_index,        ///< an array is asked for what is no index: digits without a leading zero
    not_a_container, ///< what stands there is neither object nor array, and holds nothing
};

namespace detail {

inline constexpr std::array<std::string_view, 12> operation_fault_names{
    "not_an_object", "missing_member", "not_a_string", "unknown_op", "no_slash", "bad_escape",
    "into_itself",   "no_document",    "no_member",    "no_element", "no_index", "not_a_container"};

} // namespace detail

/// The stable name of a fault, as it appears on the wire.
constexpr std::string_view name(operation_fault fault) noexcept
{
    auto const index = static_cast<std::size_t>(fault);
    return index < detail::operation_fault_names.size() ? detail::operation_fault_names[index] : "unknown";
}

} // namespace metapatch

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_JSONB_RULES_HPP
#define METAPATCH_POSTGRESQL_JSONB_RULES_HPP

#include "jsonb_container.hpp"

namespace store {

/// Every violation of a patch by itself that is an object, as the library's `validate` tells them of a body.
/// Exceptions: std::bad_alloc
metapatch::report validate(jsonb_container patch, tool::field_policy const& policy);

/// How deep a jsonb is nested, and how large its text can be, found without a look at what its strings hold.
class jsonb_extent {
public:
    /// Where the number of bytes shows that it is far from the limits, nothing inside is looked at.
    /// Exceptions: std::bad_alloc
    void read(Jsonb const* value, std::size_t max_nesting, std::size_t max_bytes);

    /// Whether it is nested no deeper than was asked.
    bool is_nested_within() const noexcept { return is_nested_within_; }

    /// No fewer bytes than its compact text has.
    std::size_t most_bytes() const noexcept { return most_bytes_; }

private:
    struct place {
        jsonb_container container;
        std::size_t level;
    };

    std::vector<place> inside_{};
    bool is_nested_within_ = true;
    std::size_t most_bytes_ = 0;
};

} // namespace store

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_JSONB_RULES_HPP
#define METAPATCH_POSTGRESQL_JSONB_RULES_HPP

#include "jsonb_container.hpp"

namespace store {

/// Every violation of a patch by itself that is an object, as the library's `validate` tells them of a body.
/// Exceptions: std::bad_alloc
metapatch::report validate(jsonb_container patch, tool::field_policy const& policy);

/// How deep and how large a jsonb can be, found without a look at what its strings hold.
class jsonb_extent {
public:
    /// Where the number of bytes shows that all limits are kept, no look at what is inside is needed.
    /// Exceptions: std::bad_alloc
    void read(Jsonb const* value, std::size_t max_nesting, std::size_t max_bytes);

    /// Whether it is known to be nested no deeper than was asked.
    bool is_nested_within() const noexcept { return is_nested_within_; }

    /// Whether its compact text is known to have no more bytes than was asked.
    bool is_sized_within() const noexcept { return is_sized_within_; }

private:
    struct place {
        jsonb_container container;
        std::size_t level;
    };

    std::vector<place> inside_{};
    bool is_nested_within_ = true;
    bool is_sized_within_ = true;
};

} // namespace store

#endif

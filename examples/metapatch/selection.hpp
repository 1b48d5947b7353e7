// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_SELECTION_HPP
#define METAPATCH_TOOL_SELECTION_HPP

#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Which documents of a batch are meant: those in which each of some members has a given value.
class selection {
public:
    /// @param conditions  each a JSON Pointer, `=` and a JSON value. Throws `usage_error`
    explicit selection(std::vector<std::string> const& conditions);

    bool takes_all() const noexcept { return conditions_.empty(); }

    /// Whether a document is meant. What is no JSON is, so that it is told and not passed over.
    bool takes(std::string_view document) const;

private:
    struct condition {
        std::vector<std::string> path; ///< the tokens of the pointer
        std::string value;
    };

    std::vector<condition> conditions_;
};

} // namespace tool

#endif

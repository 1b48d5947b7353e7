// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_DOCUMENTS_HPP
#define METAPATCH_BENCHMARKS_HARNESS_DOCUMENTS_HPP

#include "contender.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

/// A stored text and a body for it, with `padding` bytes of capacity behind both.
struct document {
    document(std::string stored_text, std::string body_text)
        : stored(std::move(stored_text)), body(std::move(body_text))
    {
        stored.reserve(stored.size() + padding);
        body.reserve(body.size() + padding);
    }

    std::string stored;
    std::string body;
};

/// Documents of one shape and size. There are so many different small ones that together they are more than a processor
/// learns by heart.
struct shape {
    std::string name;
    std::vector<document> documents;
    std::string_view task = {}; ///< for `jobs`
};

} // namespace bench

#endif

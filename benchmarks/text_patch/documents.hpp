// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_TEXT_PATCH_DOCUMENTS_HPP
#define METAPATCH_BENCHMARKS_TEXT_PATCH_DOCUMENTS_HPP

#include <string>
#include <vector>

namespace bench {

/// A stored text and a patch for it, with `padding` bytes of capacity behind both.
struct document {
    std::string stored;
    std::string patch;
};

/// Documents of one shape and size.
struct shape {
    std::string name;
    std::vector<document> documents;
};

/// The same texts on every machine. Every patch sets one member that is there, removes one, and adds one; the large one
/// sets many.
///
/// `nested`: two dozen first-level members that hold records, lists and scalars, and grow with the size. `flat`:
/// strings of 134 bytes a member, the key counted. `tiny`: numbers of 11 bytes a member.
std::vector<shape> shapes();

} // namespace bench

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_OWN_DATA_HPP
#define METAPATCH_RUNNER_OWN_DATA_HPP

#include "cases.hpp"
#include "rules.hpp"

#include <string>
#include <vector>

namespace metapatch::conformance {

/// The vectors and the rules of this project: from its folder, or, where a program was built so, from inside of it.
/// Exceptions: usage_error.
std::vector<vector_case> own_vectors();
std::vector<rule> own_rules();

/// The version of the vectors, as their changelog has it.
std::string own_vectors_version();

/// The vectors of a folder or a file; those of this project where none is named. Exceptions: usage_error.
inline std::vector<vector_case> vectors_of(std::string const& path)
{
    return path.empty() ? own_vectors() : load_vectors(path);
}

} // namespace metapatch::conformance

#endif

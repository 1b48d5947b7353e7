// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_CASES_HPP
#define METAPATCH_RUNNER_CASES_HPP

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::conformance {

/// The profile of what is of no single field; a driver is not told it.
inline constexpr char const* no_profile = "auth0";

/// A vector: what is asked, and what must be answered.
struct vector_case {
    std::string id;
    std::string profile;
    std::string op;
    std::string level;          ///< `required`, `observed` or `chosen`
    boost::json::object asked;  ///< the members of the request, long texts in parts
    boost::json::object expect; ///< may hold long texts in parts too
    boost::json::array evidence;
};

/// All vectors in the files `*.json` of a directory and those below it, in the order of their paths; or of one file.
/// Exceptions: usage_error, where a file is no vector file, an id occurs twice, or there is none.
std::vector<vector_case> load_vectors(std::filesystem::path const& from);

/// The cases of what a vector file holds. Exceptions: usage_error.
void read_vectors(boost::json::value const& file, std::vector<vector_case>& into);

/// The request of a case as a driver gets it: `asked` with its long texts written out.
boost::json::object request_of(vector_case const& vector);

/// Which cases are wanted. Within a kind of filter any may match, and all kinds must.
struct case_filter {
    std::vector<std::string> profiles;
    std::vector<std::string> ops;
    std::vector<std::string> levels;
    std::vector<std::string> ids;          ///< globs
    std::vector<std::string> excluded_ids; ///< globs of what is not wanted

    bool admits(vector_case const& vector) const;
};

/// Whether a name is of one of the globs, or there is none.
bool matches_any(std::vector<std::string> const& globs, std::string_view name);

/// Exceptions: usage_error, where a glob of an option is of no name there is.
void require_known(std::vector<std::string> const& globs, std::string_view option, std::set<std::string> const& names);

/// The same, of each filter. Exceptions: usage_error.
void require_known(case_filter const& filter, std::vector<vector_case> const& vectors);

/// The same order for the same seed, on every platform.
void shuffle(std::vector<vector_case>& vectors, unsigned long long seed);

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_FILES_HPP
#define METAPATCH_RUNNER_FILES_HPP

#include <boost/json/value.hpp>
#include <filesystem>
#include <string>
#include <string_view>

namespace metapatch::conformance {

/// What a file holds; `-` is the standard input. Exceptions: usage_error.
std::string read_file(std::filesystem::path const& path);

/// Write a file in one go; `-` is the standard output. Exceptions: usage_error.
void write_file(std::filesystem::path const& path, std::string_view text);

/// Whether a file can be written, as far as can be told without writing it. Exceptions: usage_error.
void require_writable(std::filesystem::path const& path);

/// Exceptions: usage_error, also where it is no JSON, with the line.
boost::json::value read_json(std::filesystem::path const& path);

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BATCH_WORDS_HPP
#define METAPATCH_TOOL_BATCH_WORDS_HPP

#include "batch_tally.hpp"
#include "document_stream.hpp"
#include "options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Say something on standard error.
void say(std::string const& message);

/// What the documents of an input are called.
std::string_view plural(document_form form);

/// Whether progress is shown.
bool shows_progress(options const& asked);

/// How many bytes some files have; nothing where one of them only streams.
std::optional<std::uint64_t> total_bytes(std::vector<std::string> const& files);

/// What is said where documents and patches are not as many.
std::vector<std::string> mismatches(batch_tally const& tally);

/// `0.31 s, 3,225,806 lines/s, 1612.9 MB/s`
std::string speed(double seconds, std::uint64_t documents, std::string_view plural, std::uint64_t bytes);

} // namespace tool

#endif

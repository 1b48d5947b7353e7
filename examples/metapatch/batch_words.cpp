// SPDX-License-Identifier: BSL-1.0
#include "batch_words.hpp"

#include "progress.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace tool {

void say(std::string const& message)
{
    std::fputs(("metapatch: " + message + '\n').c_str(), stderr);
}

std::string_view plural(document_form form)
{
    return form == document_form::lines ? "lines" : "elements";
}

bool shows_progress(options const& asked)
{
    auto const& given = asked.batch;
    bool const automatic = is_terminal(STDERR_FILENO) && !is_terminal(STDOUT_FILENO) && !given.quiet;
    return given.progress == when::automatic ? automatic : given.progress == when::always;
}

std::optional<std::uint64_t> total_bytes(std::vector<std::string> const& files)
{
    std::uint64_t total = 0;
    for (auto const& file : files) {
        std::error_code unknown;
        auto const size = std::filesystem::file_size(file == "-" ? "/dev/stdin" : file, unknown);
        if (unknown)
            return std::nullopt;
        total += size;
    }
    return total;
}

std::vector<std::string> mismatches(batch_tally const& tally)
{
    std::vector<std::string> all;
    auto const answered = tally.documents - tally.unanswered;
    if (tally.unanswered > 0)
        all.push_back("the patches end after line " + grouped(answered) + "; lines " + grouped(answered + 1) + " to " +
                      grouped(tally.documents) + " of the documents had no patch and passed unchanged");
    if (tally.left_patches > 0)
        all.push_back("the documents end after line " + grouped(tally.documents) + "; " + grouped(tally.left_patches) +
                      (tally.left_patches == 1 ? " patch was" : " patches were") + " left over");
    return all;
}

std::string speed(double seconds, std::uint64_t documents, std::string_view plural, std::uint64_t bytes)
{
    auto const at_least = std::max(seconds, 1e-9);
    char figures[96];
    std::snprintf(figures, sizeof figures, "%.2f s, %s %s/s, %.1f MB/s", seconds,
                  grouped(static_cast<std::uint64_t>(static_cast<double>(documents) / at_least)).c_str(),
                  std::string(plural).c_str(), static_cast<double>(bytes) / 1e6 / at_least);
    return figures;
}

} // namespace tool

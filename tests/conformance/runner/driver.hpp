// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_DRIVER_HPP
#define METAPATCH_RUNNER_DRIVER_HPP

#include "process.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::conformance {

/// The driver ended, hung, or broke the protocol. It is started anew for the next question.
class driver_error : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// What a driver may say at its start that it lacks.
inline constexpr std::array<std::string_view, 3> capabilities{
    "lexemes",       // members and numbers as they are written
    "order",         // of the keys of an object
    "exact_numbers", // beyond those of a double
};

/// Whom the results are of, as a driver says in its answer to `start`.
struct implementation {
    std::string name;
    std::string version;
    std::string language;
    std::optional<std::vector<std::string>> profiles{}; ///< that it offers; nothing where it does not say
    std::optional<std::vector<std::string>> ops{};
    std::vector<std::string> lacks{}; ///< names of `capabilities`

    /// `metapatch 1.0 (C++)`
    std::string title() const
    {
        return name + (version.empty() ? "" : " " + version) + (language.empty() ? "" : " (" + language + ")");
    }
};

struct driver_options {
    double seconds_per_case = 10;
    bool show_errors = false;
    std::filesystem::path trace{}; ///< a file for every line that is said; empty for none
};

/// A driver process, asked over mpcp/1.
class driver {
public:
    driver(std::vector<std::string> command, driver_options options);

    /// Start it. Exceptions: no_driver, where it does not start or speaks another protocol; interrupted.
    implementation const& start();

    /// What it said when it was started last.
    implementation const& who() const { return who_; }

    /// Its answers to cases, in their order. Exceptions: driver_error, interrupted; no_driver, where it does not start
    /// any more.
    std::vector<boost::json::object> ask(std::span<boost::json::object const> cases);

    /// Ask it to end. What was wrong with how it ended; "" where nothing was.
    std::string stop();

private:
    boost::json::object question(std::string_view line, double seconds);
    [[noreturn]] void fail(std::string const& what);
    std::string last_words() const;
    void note(std::string_view who, std::string_view line);

    std::vector<std::string> command_;
    driver_options options_;
    implementation who_;
    std::optional<child_process> process_;
    std::ofstream trace_;
    std::int64_t sequence_ = 0;
};

} // namespace metapatch::conformance

#endif

// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"

#include "errors.hpp"
#include "readable.hpp"
#include "string_member.hpp"

#include <metapatch/json/equal.hpp>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>
#include <utility>

namespace metapatch::conformance {

namespace {

/// What runs on a virtual machine takes its time to start.
constexpr double seconds_to_start = 60;
constexpr double seconds_to_stop = 10;

std::optional<std::vector<std::string>> strings_in(boost::json::object const& from, char const* name)
{
    auto const* const member = from.if_contains(name);
    if (member == nullptr || !member->is_array())
        return std::nullopt;
    std::vector<std::string> all;
    for (auto const& each : member->get_array()) {
        if (each.is_string())
            all.emplace_back(each.get_string());
    }
    return all;
}

template<class Names>
std::string joined(Names const& names)
{
    std::string text;
    for (auto const& each : names)
        text.append(text.empty() ? "" : ", ").append(each);
    return text;
}

std::string number(double seconds)
{
    std::ostringstream text;
    text << seconds;
    return text.str();
}

} // namespace

driver::driver(std::vector<std::string> command, driver_options options)
    : command_(std::move(command)), options_(std::move(options))
{
    if (!options_.trace.empty()) {
        trace_.open(options_.trace, std::ios::binary | std::ios::trunc);
        if (!trace_)
            throw usage_error(options_.trace.string() + ": cannot be written");
    }
}

/// Flushed, so that it is there when the next line never comes.
void driver::note(std::string_view who, std::string_view line)
{
    if (trace_.is_open())
        trace_ << who << ' ' << line << (line.ends_with('\n') ? "" : "\n") << std::flush;
}

std::string driver::last_words() const
{
    return process_ && !process_->errors().empty()
               ? "; its last words on standard error: " + as_utf8(process_->errors())
               : "";
}

void driver::fail(std::string const& what)
{
    auto const told = what + last_words();
    note("#", told);
    process_.reset();
    throw driver_error(told);
}

boost::json::object driver::question(std::string_view line, double seconds)
{
    if (process_->has_more_to_say())
        fail("the driver said more than one line");
    note("→", line);
    std::string said;
    auto const end = process_->exchange(line, said, deadline_in(std::chrono::duration<double>(seconds)));
    if (end == line_end::line || !said.empty())
        note("←", end == line_end::too_long ? shortened(said) : said);
    switch (end) {
    case line_end::line:
        break;
    case line_end::closed: {
        auto const process = process_->finish(deadline_in(std::chrono::seconds(2)));
        fail(process ? "the driver ended " + process->words() + " and did not answer" : "the driver closed its output");
    }
    case line_end::timed_out:
        fail("no answer within " + number(seconds) + (seconds == 1 ? " second" : " seconds") +
             (sequence_ == 0 ? "; is its output flushed after each line?" : ""));
    case line_end::too_long:
        fail("the answer is a line of more than " + std::to_string(child_process::max_line_bytes >> 20) + " MiB");
    }
    boost::system::error_code error;
    boost::json::parse_options options;
    options.max_depth = 600;
    auto answer = boost::json::parse(said, error, {}, options);
    if (error || !answer.is_object())
        fail("the answer is no JSON object" + (error ? " (" + error.message() + ")" : std::string()) + ": " +
             shortened(said));
    return std::move(answer.get_object());
}

implementation const& driver::start()
{
    process_.emplace(command_, options_.show_errors);
    note("#", "started: " + command_[0]);
    try {
        auto const answer = question("{\"cmd\":\"start\",\"protocol\":1}\n", seconds_to_start);
        auto const* protocol = answer.if_contains("protocol");
        if (protocol == nullptr || !protocol->is_number() || !equal(*protocol, 1))
            fail("it does not speak mpcp/1, but answered " + shortened(boost::json::serialize(answer)));
        auto const* told = answer.if_contains("implementation");
        if (told == nullptr || !told->is_object() || string_member(told->get_object(), "name").empty())
            fail("its answer to start names no implementation");
        who_ = {string_member(told->get_object(), "name"),
                string_member(told->get_object(), "version"),
                string_member(told->get_object(), "language"),
                strings_in(answer, "profiles"),
                strings_in(answer, "ops"),
                strings_in(answer, "lacks").value_or(std::vector<std::string>())};
        for (auto const& each : who_.lacks) {
            if (std::ranges::find(capabilities, std::string_view(each)) == capabilities.end())
                fail("what it lacks by its answer to start is none of " + joined(capabilities) + ": " +
                     shortened(each));
        }
    } catch (driver_error const& error) {
        throw no_driver(command_[0] + ": " + error.what());
    }
    return who_;
}

std::vector<boost::json::object> driver::ask(std::span<boost::json::object const> cases)
{
    if (!process_)
        start();
    ++sequence_;
    std::string line = "{\"cmd\":\"run\",\"seq\":" + std::to_string(sequence_) + ",\"cases\":[";
    for (auto const& each : cases) {
        line += &each == cases.data() ? "" : ",";
        line += boost::json::serialize(each);
    }
    line += "]}\n";
    auto answer = question(line, options_.seconds_per_case * static_cast<double>(cases.size()));

    auto const* number = answer.if_contains("seq");
    if (number == nullptr || !number->is_number() || !equal(*number, sequence_))
        fail("the answer is not for request " + std::to_string(sequence_) + ": " +
             shortened(boost::json::serialize(answer)));
    auto* results = answer.if_contains("results");
    if (results == nullptr || !results->is_array() || results->get_array().size() != cases.size())
        fail("the answer has not one result for each case: " + shortened(boost::json::serialize(answer)));
    std::vector<boost::json::object> given;
    for (auto& each : results->get_array()) {
        auto const& id = cases[given.size()].at("id").get_string();
        if (!each.is_object() || string_member(each.get_object(), "id") != std::string_view(id))
            fail("the answer to " + std::string(id) + " has not its id: " + shortened(boost::json::serialize(each)));
        given.push_back(std::move(each.get_object()));
    }
    return given;
}

std::string driver::stop()
{
    if (!process_)
        return {};
    std::string said;
    note("→", "{\"cmd\":\"stop\"}");
    auto const until = deadline_in(std::chrono::duration<double>(seconds_to_stop));
    auto const how = process_->exchange("{\"cmd\":\"stop\"}\n", said, until);
    auto const end = process_->finish(until);
    auto const words = last_words();
    if (!said.empty())
        note("←", said);
    note("#", end ? "ended " + end->words() : "does not end");
    process_.reset();
    if (!end)
        return "the driver does not end when it is told to stop" + words;
    if (end->by_signal || end->number != 0)
        return "told to stop, the driver ended " + end->words() + words;
    if (how == line_end::line || !said.empty())
        return "told to stop, the driver answered: " + shortened(said);
    return {};
}

} // namespace metapatch::conformance

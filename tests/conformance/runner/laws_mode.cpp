// SPDX-License-Identifier: BSL-1.0
#include "../../laws/shrink.hpp"
#include "capabilities.hpp"
#include "commands.hpp"
#include "driver_laws.hpp"
#include "interruption.hpp"
#include "progress.hpp"
#include "readable.hpp"
#include "reference.hpp"
#include "terminal.hpp"

#include <metapatch/auth0.hpp>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unistd.h>

namespace metapatch::conformance {

namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array<std::string_view, 12> operations{"apply",  "validate",  "size",     "diff",   "compose", "inverse",
                                                      "rebase", "conflicts", "commutes", "losses", "deepen",  "advise"};
constexpr std::size_t most_steps = 3000; // of shrinking one case
constexpr std::size_t most_printed = 20;

/// A difference from the reference, or a law of the driver alone.
struct check {
    std::string_view op;
    driver_law const* law; ///< nullptr: it is to do what the reference does

    std::string name() const
    {
        return law != nullptr ? std::string(law->name) : std::string(op) + " does what it does here";
    }

    void operator()(std::string_view profile, conversation& with, value const& on) const
    {
        case_parts const parts(profile, on);
        if (law != nullptr)
            return law->check(parts, with);
        auto const request = parts.request(op);
        auto const reference = reference_answer(request);
        if (reference.at("outcome") == "errored") // shrinking has taken what it needs
            throw laws::not_a_case();
        if (!why_beyond(with.lacks(), request, reference).empty())
            throw laws::not_a_case();
        auto const faults = differences(request, reference, with.ask(request));
        if (!faults.empty())
            throw laws::broken_law(faults.front());
    }
};

/// How a vector is written by hand.
std::string as_vector(object const& request, std::string const& id)
{
    std::string text = "{\n  \"id\": \"" + id + "\"";
    for (auto const& each : request) {
        if (each.key() != "id" && each.key() != "profile")
            text += ",\n  " + boost::json::serialize(value(each.key())) + ": " + boost::json::serialize(each.value());
    }
    return text + ",\n  \"expect\": " + boost::json::serialize(as_expected(reference_answer(request))) +
           ",\n  \"level\": \"chosen\",\n  \"evidence\": [{\"kind\": \"chosen\", \"ref\": \"found by random cases, and "
           "answered by metapatch\"}]\n}\n";
}

void print_failure(check const& of, std::string const& profile, std::uint64_t seed, std::string const& complaint,
                   conversation const& with)
{
    tool::colours const paint(tool::when::automatic, STDOUT_FILENO);
    std::string text = paint.bold(paint.red("BROKEN")) + " " + of.name() + " (" + profile + ", seed " +
                       std::to_string(seed) + ")\n  " + tool::printable(shortened(complaint)) + "\n";
    std::map<std::string, std::string> vectors; // by profile
    std::size_t number = 0;
    for (auto const& step : with.steps()) {
        ++number;
        text += "  asked    " + tool::printable(shortened(boost::json::serialize(step.request))) + "\n  answered " +
                tool::printable(shortened(boost::json::serialize(step.answer))) + "\n";
        auto const reference = reference_answer(step.request);
        if (differences(step.request, reference, step.answer).empty())
            continue;
        for (auto const& line : answer_diff(as_expected(reference), step.answer)) {
            auto const shown = tool::printable(line.text);
            text += line.kind == '-'   ? "    " + paint.red("- " + shown) + "\n"
                    : line.kind == '+' ? "    " + paint.green("+ " + shown) + "\n"
                    : line.kind == '.' ? "      ...\n"
                                       : "      " + shown + "\n";
        }
        vectors[std::string(step.request.at("profile").get_string())] +=
            as_vector(step.request, "found." + std::string(step.request.at("op").get_string()) + "." +
                                        std::to_string(seed) + "-" + std::to_string(number));
    }
    for (auto const& [of_profile, texts] : vectors)
        text += "  as a vector of " + of_profile + ":\n" + texts;
    std::fputs((text + "\n").c_str(), stdout);
    std::fflush(stdout);
}

class search {
public:
    search(driver& who, bool shows_progress, std::uint64_t cases)
        : with_(who), bar_(shows_progress, static_cast<std::size_t>(cases))
    {
    }

    void look_at(check const& of, std::string const& profile, std::uint64_t seed)
    {
        auto const law = [&](value const& on) {
            throw_if_interrupted();
            with_.forget();
            of(profile, with_, on);
        };
        auto const on = random_case(profile, seed);
        bool const broken = !laws::complaint(law, on).empty();
        skipped_[std::string(of.op)] += was_skipped() ? 1U : 0U;
        ++asked_;
        broken_ += broken ? 1U : 0U;
        bar_.at(asked_, broken_);
        // One case of each kind is enough to be read.
        if (!broken || ++kinds_[of.name() + profile] > 1 || kinds_.size() > most_printed)
            return;
        std::size_t steps = 0;
        auto const small = laws::shrunk(
            on, [&](value const& each) { return ++steps < most_steps && !laws::complaint(law, each).empty(); });
        auto const complaint = laws::complaint(law, small);
        bar_.clear();
        print_failure(of, profile, seed, complaint, with_);
    }

    std::size_t broken() const { return broken_; }

    std::string summary() const
    {
        auto text =
            std::to_string(asked_) + (asked_ == 1 ? " case, " : " cases, ") + std::to_string(broken_) + " broken";
        if (broken_ > 0)
            text += " in " + std::to_string(kinds_.size()) + (kinds_.size() == 1 ? " way" : " ways");
        std::string names;
        for (auto const& [op, count] : skipped_) {
            if (count > 0)
                names += (names.empty() ? "; skipped: " : ", ") + op + " (" + std::to_string(count) + ")";
        }
        return text + names;
    }

private:
    bool was_skipped() const
    {
        if (with_.steps().empty())
            return false;
        auto const* const outcome = with_.steps().back().answer.if_contains("outcome");
        return outcome != nullptr && *outcome == "skipped";
    }

    conversation with_;
    progress bar_;
    std::size_t asked_ = 0;
    std::size_t broken_ = 0;
    std::map<std::string, std::size_t> kinds_;
    std::map<std::string, std::size_t> skipped_;
};

std::set<std::string> all_operations()
{
    return {operations.begin(), operations.end()};
}

std::set<std::string> all_profiles()
{
    std::set<std::string> names{"rfc7396"};
    for (auto const& each : auth0::profiles)
        names.emplace(each.name);
    return names;
}

/// Those of the names that are asked for, and that the driver offers; and the others, for the last line.
std::vector<std::string> chosen(std::set<std::string> const& names, std::vector<std::string> const& wanted,
                                std::optional<std::vector<std::string>> const& offered, char const* what,
                                std::string& not_offered)
{
    std::vector<std::string> made;
    for (auto const& each : names) {
        if (!matches_any(wanted, each))
            continue;
        if (!offered || std::ranges::find(*offered, each) != offered->end())
            made.push_back(each);
        else
            not_offered += (not_offered.empty() ? "; not offered: " : ", ") + each;
    }
    if (made.empty())
        throw usage_error(std::string("the driver offers no ") + what + " that is asked for here");
    return made;
}

std::vector<check> checks_of(std::vector<std::string> const& ops)
{
    std::vector<check> checks;
    auto const is_chosen = [&ops](std::string_view op) { return std::ranges::find(ops, op) != ops.end(); };
    for (auto const op : operations) {
        if (is_chosen(op))
            checks.push_back({op, nullptr});
    }
    for (auto const& each : driver_laws()) {
        if (is_chosen(each.op))
            checks.push_back({each.op, &each});
    }
    return checks;
}

} // namespace

exit_status laws_command(options const& given)
{
    if (given.command.empty())
        throw usage_error("the command of the driver must stand behind --");
    require_known(given.filter.ops, "--op", all_operations());
    require_known(given.filter.profiles, "--profile", all_profiles());
    driver who(given.command, given.driver);
    auto const named = who.start();
    std::string left_out;
    auto const checks = checks_of(chosen(all_operations(), given.filter.ops, named.ops, "operation", left_out));
    auto const profiles = chosen(all_profiles(), given.filter.profiles, named.profiles, "profile", left_out);
    search all(who, shows_progress(given), given.cases);
    for (std::uint64_t i = 0; i < given.cases; ++i) {
        auto const& profile = profiles[i % profiles.size()];
        all.look_at(checks[i / profiles.size() % checks.size()], profile, given.seed + i);
    }
    auto const fault = who.stop();
    if (!fault.empty())
        std::printf("FAULT %s\n", tool::printable(fault).c_str());
    std::printf("%s: seed %llu, %s%s\n", tool::printable(named.name + " " + named.version).c_str(),
                static_cast<unsigned long long>(given.seed), all.summary().c_str(), left_out.c_str());
    return all.broken() > 0 || !fault.empty() ? exit_status::failures : exit_status::as_expected;
}

} // namespace metapatch::conformance

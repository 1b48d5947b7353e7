// SPDX-License-Identifier: BSL-1.0
#include "run_mode.hpp"

#include "capabilities.hpp"
#include "comparison.hpp"
#include "errors.hpp"
#include "progress.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <span>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::object;

/// A driver that cannot be started this often in a row is not asked any more.
constexpr int most_failed_starts = 3;
constexpr std::size_t most_shown_bytes = 4000; // of a string in a report

case_result result_of(vector_case const& vector)
{
    return {vector.id, vector.profile, vector.op, vector.level};
}

void explain(case_result& result, vector_case const& vector, object const& answer)
{
    result.asked = shortened(vector.asked, most_shown_bytes).get_object();
    result.expect = shortened(vector.expect, most_shown_bytes).get_object();
    result.answer = shortened(answer, most_shown_bytes).get_object();
    result.evidence = vector.evidence;
}

class run {
public:
    run(driver& who, run_options const& options, run_result& into, std::size_t total)
        : who_(who), options_(options), into_(into), bar_(options.show_progress, total)
    {
    }

    using cases = std::span<vector_case const* const>;

    void ask(cases batch)
    {
        std::vector<object> requests;
        for (auto const* const each : batch)
            requests.push_back(request_of(*each));
        auto const begin = std::chrono::steady_clock::now();
        try {
            if (failed_starts_ >= most_failed_starts)
                throw no_driver(why_no_driver_);
            auto const answers = who_.ask(requests);
            failed_starts_ = 0;
            auto const time = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            for (std::size_t i = 0; i < batch.size(); ++i) {
                auto result = judged(*batch[i], requests[i], answers[i]);
                result.seconds = time / static_cast<double>(batch.size());
                add(std::move(result));
            }
        } catch (driver_error const& error) {
            if (batch.size() > 1)
                return ask_one_by_one(batch, error.what());
            add(errored(*batch[0], error.what()));
        } catch (no_driver const& error) {
            ++failed_starts_;
            why_no_driver_ = error.what();
            for (auto const* const each : batch)
                add(errored(*each, why_no_driver_));
        }
    }

    void add(case_result result)
    {
        into_.cases.push_back(options_.marked(std::move(result)));
        wrong_ += into_.cases.back().is_unexpected() ? 1U : 0U;
        bar_.at(into_.cases.size(), wrong_);
    }

    bool has_enough() const { return options_.stop_after > 0 && wrong_ >= options_.stop_after; }

private:
    void ask_one_by_one(cases batch, std::string const& why)
    {
        auto const before = into_.cases.size();
        for (std::size_t i = 0; i < batch.size(); ++i)
            ask(batch.subspan(i, 1));
        auto const since = std::span(into_.cases).subspan(before);
        if (std::ranges::none_of(since, [](auto const& each) { return each.what == verdict::errored; }))
            into_.faults.push_back("the " + std::to_string(batch.size()) + " cases from " + batch.front()->id + " to " +
                                   batch.back()->id + " can be asked one by one, but not at once: " + why);
    }

    driver& who_;
    run_options const& options_;
    run_result& into_;
    progress bar_;
    std::size_t wrong_ = 0;
    int failed_starts_ = 0;
    std::string why_no_driver_;
};

} // namespace

case_result judged(vector_case const& vector, object const& request, object const& answer)
{
    auto const text = [&answer](char const* name) {
        auto const* const found = answer.if_contains(name);
        return found != nullptr && found->is_string() ? shortened(std::string(found->get_string())) : std::string();
    };
    auto const outcome = text("outcome");
    if (outcome == "skipped")
        return skipped(vector, text("why").empty() ? "no reason given" : text("why"));
    auto result = result_of(vector);
    if (outcome == "errored") {
        result.what = verdict::errored;
        result.faults.push_back("the driver says: " + text("message"));
    } else {
        result.faults = faults_of(request, vector.expect, answer);
        result.what = result.faults.empty() ? verdict::passed : verdict::failed;
    }
    if (result.is_wrong()) {
        explain(result, vector, answer);
        result.difference = answer_diff(vector.expect, answer);
    }
    return result;
}

case_result skipped(vector_case const& vector, std::string const& why)
{
    auto result = result_of(vector);
    result.what = verdict::skipped;
    result.faults.push_back(why);
    return result;
}

case_result errored(vector_case const& vector, std::string const& why)
{
    auto result = result_of(vector);
    result.faults.push_back(why);
    explain(result, vector, {});
    return result;
}

void run_cases(driver& who, std::vector<vector_case> const& vectors, run_options const& options, run_result& into)
{
    run now(who, options, into, vectors.size());
    auto const most = std::max<std::size_t>(options.batch, 1);
    std::vector<vector_case const*> batch;
    std::size_t looked_at = 0;
    while (looked_at < vectors.size() && !now.has_enough()) {
        auto const& each = vectors[looked_at++];
        auto const why = why_not_asked(into.who, each);
        if (why.empty())
            batch.push_back(&each);
        else
            now.add(skipped(each, why));
        if (batch.size() == most || (looked_at == vectors.size() && !batch.empty())) {
            now.ask(batch);
            batch.clear();
        }
    }
    auto const left = vectors.size() - looked_at;
    into.is_whole = left == 0;
    if (!into.is_whole)
        into.faults.push_back("stopped with " + std::to_string(left) + " cases that were not asked");
    auto const fault = who.stop();
    if (!fault.empty())
        into.faults.push_back(fault);
}

std::string time_stamp()
{
    auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::string text(20, '\0');
    text.resize(std::strftime(text.data(), text.size() + 1, "%Y-%m-%dT%H:%M:%SZ", &parts));
    return text;
}

} // namespace metapatch::conformance

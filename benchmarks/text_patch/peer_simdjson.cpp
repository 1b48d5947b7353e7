// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "../harness/simdjson.hpp"
#include "documents.hpp"

#include <stdexcept>
#include <string_view>

namespace {

using bench::on_demand::padded;

/// The patch of a whole text.
class raw_spans : public bench::contender {
public:
    explicit raw_spans(bench::jobs const& given) : result_(given.longest_stored + given.longest_body) {}

    void run(bench::job const& job) override
    {
        auto patch = patch_parser_.iterate(padded(job.body));
        result_.read_patch(patch.get_object());
        auto document = stored_parser_.iterate(padded(job.stored));
        result_.merge(job.stored.data(), document.get_object());
        result_.close(job.stored.data() + job.stored.rfind('}'));
    }

    std::string_view text() override { return result_.text(); }

private:
    simdjson::ondemand::parser stored_parser_;
    simdjson::ondemand::parser patch_parser_;
    bench::on_demand::raw_spans result_;
};

/// A parse of the stored text that checks all of it, alone: no patch, no result.
class parse_alone : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        if (parser_.parse(padded(job.stored)).error() != simdjson::SUCCESS)
            throw std::runtime_error("simdjson refuses a text");
    }

    std::string_view text() override { return {}; }

private:
    simdjson::dom::parser parser_;
};

bench::enlist const enlisted({"simdjson", bench::on_demand::version(), [](auto& entries, bench::jobs const& given) {
                                  if (!bench::merges_deep(given))
                                      bench::enter<raw_spans>(entries, "simdjson on-demand", bench::role::peer, given);
                                  bench::enter<parse_alone>(entries, "simdjson DOM parse alone", bench::role::bound);
                              }});

} // namespace

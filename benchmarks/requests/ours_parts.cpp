// SPDX-License-Identifier: BSL-1.0

// What requests consist of: a decision, and the patch of a field.

#include "../harness/contender.hpp"
#include "documents.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/version.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace auth0 = metapatch::auth0;

/// A request that one row of the table allows, by that row's scope.
class deciding : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        auto const& rule = auth0::enforced.rules[job.number];
        metapatch::access_request const asked{rule.operation, metapatch::scope_view(rule.scope), user, user,
                                              rule.fields};
        if (!metapatch::authorize(auth0::enforced.rules, asked))
            throw std::runtime_error("metapatch denies what its table allows");
    }

    std::string_view text() override { return {}; }

private:
    static constexpr std::string_view user = "auth0|5f7c8ec7c33c6c004bbafe82";
};

std::string spliced(bench::job const& job)
{
    return metapatch::spliced(job.stored, job.body, auth0::user_metadata).value().value();
}

/// What `spliced` consists of at least: a patch that is used again reads the body, and a fresh buffer takes the result.
class read_and_splice : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        auto const size = job.stored.size() + job.body.size();
        room_.reset(new char[size]);
        auto out = std::span(room_.get(), size);
        if (!patch_.read(job.body, auth0::user_metadata).empty())
            throw std::runtime_error("metapatch refuses a patch");
        size_ = metapatch::splice(job.stored, patch_, out).value().size;
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    metapatch::text_patch patch_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using enum bench::role;
    if (given.task == bench::task::authorize)
        bench::enter<deciding>(entries, "metapatch", ours);
    if (given.task == bench::task::splice) {
        bench::enter_function(entries, "metapatch", ours, spliced);
        bench::enter<read_and_splice>(entries, "metapatch read, splice, new", ours);
    }
}

bench::enlist const enlisted({"metapatch", std::string(metapatch::version), enter_all});

} // namespace

std::size_t bench::permission_rows()
{
    return auth0::enforced.rules.size();
}

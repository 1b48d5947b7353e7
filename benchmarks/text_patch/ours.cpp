// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/policy/policy.hpp>
#include <metapatch/splice/member_index.hpp>
#include <metapatch/splice/splice.hpp>
#include <metapatch/version.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

/// Its rules are on: characters of keys at every depth, and a size limit that admits the largest document.
constexpr auto const& policy = metapatch::auth0::user_metadata;

enum class patch_text { read_each_time, prepared };

/// The patches of jobs. What is read each time uses one patch's memory again.
template<auto const& Policy>
class patches {
public:
    patches(bench::jobs const& given, patch_text use, metapatch::scan_with instructions)
        : use_(use), instructions_(instructions), prepared_(given.all.size())
    {
        for (auto const& job : given.all)
            read(prepared_[job.number], job.body);
    }

    metapatch::text_patch const& of(bench::job const& job)
    {
        if (use_ == patch_text::prepared)
            return prepared_[job.number];
        read(again_, job.body);
        return again_;
    }

private:
    void read(metapatch::text_patch& patch, std::string_view text) const
    {
        if (!patch.read(text, Policy, instructions_).empty())
            throw std::runtime_error("metapatch refuses a patch");
    }

    patch_text use_;
    metapatch::scan_with instructions_;
    std::vector<metapatch::text_patch> prepared_; // by the job's number
    metapatch::text_patch again_;
};

/// A caller's buffer.
class room {
public:
    explicit room(bench::jobs const& given) : size_(given.longest_stored + given.longest_body), bytes_(new char[size_])
    {
    }

    std::span<char> all() noexcept { return {bytes_.get(), size_}; }

    void keep(metapatch::result<metapatch::text_change> const& done)
    {
        if (!done || done->size > size_)
            throw std::runtime_error("metapatch refuses a text");
        used_ = done->size;
    }

    std::string_view text() const noexcept { return {bytes_.get(), used_}; }

private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
    std::size_t used_ = 0;
};

template<auto const& Policy>
class splicing : public bench::contender {
public:
    splicing(bench::jobs const& given, metapatch::splice_rules const& rules, patch_text use)
        : rules_(rules), patches_(given, use, rules.instructions), room_(given)
    {
    }

    void run(bench::job const& job) override
    {
        auto const& patch = patches_.of(job);
        auto out = room_.all();
        room_.keep(metapatch::splice(job.stored, patch, out, rules_));
    }

    std::string_view text() override { return room_.text(); }

private:
    metapatch::splice_rules rules_;
    patches<Policy> patches_;
    room room_;
};

/// A part of the job: no stored text, no result.
template<auto const& Policy>
class reading : public bench::contender {
public:
    explicit reading(bench::jobs const& given) : patches_(given, patch_text::read_each_time, metapatch::fastest_scan())
    {
    }

    void run(bench::job const& job) override { patches_.of(job); }
    std::string_view text() override { return {}; }

private:
    patches<Policy> patches_;
};

/// Indexes of the stored texts, made before.
std::vector<metapatch::member_index> indexed(bench::jobs const& given)
{
    std::vector<metapatch::member_index> all(given.all.size());
    for (auto const& job : given.all) {
        if (!all[job.number].read(job.stored, policy.read).empty())
            throw std::runtime_error("metapatch refuses a text");
    }
    return all;
}

class index_and_copy : public bench::contender {
public:
    index_and_copy(bench::jobs const& given, patch_text use)
        : indexes_(indexed(given)), patches_(given, use, metapatch::fastest_scan()), room_(given)
    {
    }

    void run(bench::job const& job) override
    {
        auto const& patch = patches_.of(job);
        auto out = room_.all();
        room_.keep(metapatch::splice(indexes_[job.number], patch, out));
    }

    std::string_view text() override { return room_.text(); }

private:
    std::vector<metapatch::member_index> indexes_;
    patches<policy> patches_;
    room room_;
};

/// Nothing is copied: the result is a list of pieces of the texts.
class index_and_pieces : public bench::contender {
public:
    index_and_pieces(bench::jobs const& given, patch_text use)
        : indexes_(indexed(given)), patches_(given, use, metapatch::fastest_scan())
    {
    }

    void run(bench::job const& job) override
    {
        result_.pieces.clear();
        if (!metapatch::splice(indexes_[job.number], patches_.of(job), result_))
            throw std::runtime_error("metapatch refuses a text");
    }

    std::string_view text() override
    {
        joined_.clear();
        for (auto const piece : result_.pieces)
            joined_ += piece;
        return joined_;
    }

private:
    std::vector<metapatch::member_index> indexes_;
    patches<policy> patches_;
    metapatch::text_pieces result_;
    std::string joined_;
};

template<auto const& Policy>
void enter_splicing(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using metapatch::scan_with;
    using metapatch::stored_text;
    constexpr std::array<std::pair<scan_with, char const*>, 4> scanners{{{scan_with::avx512, "avx512"},
                                                                         {scan_with::avx2, "avx2"},
                                                                         {scan_with::sse2, "sse2"},
                                                                         {scan_with::portable, "portable"}}};

    auto const add = [&](std::string name, metapatch::splice_rules const& rules, patch_text use) {
        bench::enter<splicing<Policy>>(entries, std::move(name), bench::role::ours, given, rules, use);
    };
    for (auto const mode : {stored_text::trusted, stored_text::checked}) {
        std::string const name = mode == stored_text::trusted ? "metapatch trusted" : "metapatch checked";
        add(name, {.stored = mode}, patch_text::read_each_time);
        add(name + ", patch prepared", {.stored = mode}, patch_text::prepared);
        for (auto const& [scanner, with] : scanners) {
            if (scanner <= metapatch::fastest_scan())
                add(name + ", " + with, {.stored = mode, .instructions = scanner}, patch_text::read_each_time);
        }
    }
    bench::enter<reading<Policy>>(entries, "metapatch, reading the patch alone", bench::role::bound, given);
}

void enter_indexes(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    for (auto const use : {patch_text::read_each_time, patch_text::prepared}) {
        std::string const suffix = use == patch_text::prepared ? ", patch prepared" : "";
        bench::enter<index_and_copy>(entries, "metapatch index, copy" + suffix, bench::role::ours, given, use);
        bench::enter<index_and_pieces>(entries, "metapatch index, pieces" + suffix, bench::role::ours, given, use);
    }
}

/// What it costs to go deeper: the same patches at the first level, where they replace what they would open.
void enter_first_level(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using metapatch::stored_text;
    for (auto const mode : {stored_text::trusted, stored_text::checked}) {
        std::string const name = mode == stored_text::trusted ? "metapatch trusted" : "metapatch checked";
        bench::enter<splicing<metapatch::first_level>>(entries, name + ", first level", bench::role::bound, given,
                                                       metapatch::splice_rules{.stored = mode},
                                                       patch_text::read_each_time);
    }
}

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    if (bench::merges_deep(given)) {
        enter_splicing<metapatch::rfc7396>(entries, given);
        enter_first_level(entries, given);
    } else {
        enter_splicing<metapatch::auth0::user_metadata>(entries, given);
        enter_indexes(entries, given);
    }
}

bench::enlist const enlisted({"metapatch", std::string(metapatch::version), enter_all});

} // namespace

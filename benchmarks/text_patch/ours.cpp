// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/splice.hpp>
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

void read(metapatch::text_patch& patch, std::string_view text)
{
    if (!patch.read(text, policy).empty())
        throw std::runtime_error("metapatch refuses a patch");
}

enum class patch_text { read_each_time, prepared };

class splicing : public bench::contender {
public:
    splicing(bench::jobs const& given, metapatch::splice_rules const& rules, patch_text use)
        : rules_(rules), use_(use), patches_(given.all.size()), room_size_(given.longest_stored + given.longest_patch),
          room_(new char[room_size_])
    {
        for (auto const& job : given.all)
            read(patches_[job.number], job.patch);
    }

    void run(bench::job const& job) override
    {
        auto& patch = patches_[use_ == patch_text::prepared ? job.number : 0];
        if (use_ == patch_text::read_each_time)
            read(patch, job.patch);
        std::span<char> out(room_.get(), room_size_);
        auto const done = metapatch::splice(job.stored, patch, policy, out, rules_);
        if (!done || done->size > room_size_)
            throw std::runtime_error("metapatch refuses a text");
        size_ = done->size;
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    metapatch::splice_rules rules_;
    patch_text use_;
    std::vector<metapatch::text_patch> patches_; // by the job's number; where each is read anew, the first is used
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using metapatch::scan_with;
    using metapatch::stored_text;
    constexpr std::array<std::pair<scan_with, char const*>, 4> scanners{{{scan_with::avx512, "avx512"},
                                                                         {scan_with::avx2, "avx2"},
                                                                         {scan_with::sse2, "sse2"},
                                                                         {scan_with::portable, "portable"}}};

    auto const add = [&](std::string name, metapatch::splice_rules const& rules, patch_text use) {
        bench::enter<splicing>(entries, std::move(name), bench::role::ours, given, rules, use);
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
}

bench::enlist const enlisted({"metapatch", std::string(metapatch::version), enter_all});

} // namespace

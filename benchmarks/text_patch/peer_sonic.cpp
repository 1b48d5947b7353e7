// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <cstddef>
#include <memory>
#include <sonic/experiment/lazy_update.h>
#include <sonic/sonic.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace {

using node = sonic_json::Node;
using pool = node::AllocatorType;

sonic_json::StringView view_of(std::string_view text)
{
    return {text.data(), text.size()};
}

/// Its lazy nodes: an object is opened into its members, whose values stay raw text. It checks the shape of what it
/// opens, no UTF-8, and of values only literals; and it refuses an object that has a key with escapes.
class lazy_nodes : public bench::contender {
public:
    explicit lazy_nodes(bench::jobs const& given)
        : memory_size_(16 * (given.longest_stored + given.longest_body) + 65'536), memory_(new char[memory_size_]),
          pool_(memory_.get(), memory_size_), result_(given.longest_stored + given.longest_body + 64),
          deep_(bench::merges_deep(given))
    {
    }

    void run(bench::job const& job) override
    {
        pool_.Clear();
        node stored;
        node patch;
        open(stored, view_of(job.stored));
        open(patch, view_of(job.body));
        merge(stored, patch);
        result_.Clear();
        if (stored.Serialize(result_) != sonic_json::kErrorNone)
            throw std::runtime_error("sonic-cpp cannot write a result");
    }

    std::string_view text() override { return {result_.ToString(), result_.Size()}; }

private:
    void open(node& value, sonic_json::StringView text)
    {
        if (sonic_json::internal::ParseLazy<node, pool, ParseFlags::kParseDefault>(value, text, pool_).Error() !=
            sonic_json::kErrorNone)
            throw std::runtime_error("sonic-cpp refuses a text");
    }

    /// Into an object; a raw value is opened where both sides have one.
    void merge(node& stored, node& patch)
    {
        for (auto change = patch.MemberBegin(); change != patch.MemberEnd(); ++change) {
            auto const key = change->name.GetStringView();
            auto const value = change->value.GetRaw();
            if (value == "null") {
                stored.RemoveMember(key);
                continue;
            }
            auto const match = stored.FindMember(key);
            if (match == stored.MemberEnd()) {
                stored.AddMember(key, std::move(change->value), pool_, false);
            } else if (deep_ && value.front() == '{' && match->value.GetRaw().front() == '{') {
                open(match->value, match->value.GetRaw());
                open(change->value, value);
                merge(match->value, change->value);
            } else {
                match->value = std::move(change->value);
            }
        }
    }

    std::size_t memory_size_;
    std::unique_ptr<char[]> memory_;
    pool pool_;
    sonic_json::WriteBuffer result_;
    bool deep_;
};

/// Its own function for that; it stores nulls, where RFC 7396 removes, so no patch here has one.
std::string update_lazy(bench::job const& job)
{
    return sonic_json::UpdateLazy(view_of(job.stored), view_of(job.body));
}

bench::enlist const enlisted({"sonic-cpp", SONIC_VERSION_STRING, [](auto& entries, bench::jobs const& given) {
                                  bench::enter<lazy_nodes>(entries, "sonic-cpp lazy nodes", bench::role::peer, given);
                                  if (bench::merges_deep(given))
                                      bench::enter_function(entries, "sonic-cpp UpdateLazy", bench::role::peer,
                                                            update_lazy);
                              }});

} // namespace

// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <stdexcept>
#include <string_view>

namespace {

using pool = rapidjson::MemoryPoolAllocator<>;
using dom = rapidjson::GenericDocument<rapidjson::UTF8<>, pool, pool>;

/// Memory that is used again for every call.
class arena {
public:
    explicit arena(std::size_t size) : bytes_(new char[size]), pool_(bytes_.get(), size) {}

    pool& emptied()
    {
        pool_.Clear();
        return pool_;
    }

private:
    std::unique_ptr<char[]> bytes_;
    pool pool_;
};

/// In situ, which takes a fresh copy of a text for every parse; values and the parser's stack in memory of our own.
class in_situ : public bench::contender {
public:
    explicit in_situ(bench::jobs const& given)
        : copies_(new char[given.longest_stored + given.longest_body + 2]),
          values_(16 * (given.longest_stored + given.longest_body) + 4'096),
          stacks_(2 * (stack_size(given.longest_stored) + stack_size(given.longest_body)))
    {
        result_.Reserve(given.longest_stored + given.longest_body);
    }

    void run(bench::job const& job) override
    {
        auto& values = values_.emptied();
        auto& stacks = stacks_.emptied();
        dom stored(&values, stack_size(job.stored.size()), &stacks);
        dom patch(&values, stack_size(job.body.size()), &stacks);
        parse(stored, job.stored, copies_.get());
        parse(patch, job.body, copies_.get() + job.stored.size() + 1);
        // `<`, for its `!=` is ambiguous in C++20.
        for (auto member = patch.MemberBegin(); member < patch.MemberEnd(); ++member) {
            auto const found = stored.FindMember(member->name);
            if (member->value.IsNull())
                stored.EraseMember(found);
            else if (found < stored.MemberEnd())
                found->value = member->value;
            else
                stored.AddMember(member->name, member->value, values);
        }
        result_.Clear();
        rapidjson::Writer<rapidjson::StringBuffer> writer(result_);
        stored.Accept(writer);
    }

    std::string_view text() override { return {result_.GetString(), result_.GetSize()}; }

private:
    /// The shortest members, `"a":1,`, are six bytes of text and two values of sixteen on the stack.
    static std::size_t stack_size(std::size_t text) noexcept { return 6 * text + 1'024; }

    static void parse(dom& document, std::string_view text, char* copy)
    {
        std::memcpy(copy, text.data(), text.size());
        copy[text.size()] = '\0';
        if (document.ParseInsitu(copy).HasParseError())
            throw std::runtime_error("RapidJSON refuses a text");
    }

    std::unique_ptr<char[]> copies_;
    arena values_;
    arena stacks_;
    rapidjson::StringBuffer result_;
};

bench::enlist const enlisted({"RapidJSON", RAPIDJSON_VERSION_STRING, [](auto& entries, bench::jobs const& given) {
                                  if (!bench::merges_deep(given))
                                      bench::enter<in_situ>(entries, "RapidJSON pool", bench::role::peer, given);
                              }});

} // namespace

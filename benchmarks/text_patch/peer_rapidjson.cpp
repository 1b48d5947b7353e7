// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

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
    explicit in_situ(bench::job const& given)
        : job_(given), copies_(new char[given.stored.size() + given.patch.size() + 2]),
          values_(16 * (given.stored.size() + given.patch.size()) + 4'096),
          stacks_(2 * (stack_size(given.stored) + stack_size(given.patch)))
    {
        result_.Reserve(given.stored.size() + given.patch.size());
    }

    void run() override
    {
        auto& values = values_.emptied();
        auto& stacks = stacks_.emptied();
        dom stored(&values, stack_size(job_.stored), &stacks);
        dom patch(&values, stack_size(job_.patch), &stacks);
        parse(stored, job_.stored, copies_.get());
        parse(patch, job_.patch, copies_.get() + job_.stored.size() + 1);
        for (auto& member : patch.GetObject()) {
            auto const found = stored.FindMember(member.name);
            if (member.value.IsNull())
                stored.EraseMember(found);
            else if (found != stored.MemberEnd())
                found->value = member.value;
            else
                stored.AddMember(member.name, member.value, values);
        }
        result_.Clear();
        rapidjson::Writer<rapidjson::StringBuffer> writer(result_);
        stored.Accept(writer);
    }

    std::string_view text() override { return {result_.GetString(), result_.GetSize()}; }

private:
    /// The shortest members, `"a":1,`, are six bytes of text and two values of sixteen on the stack.
    static std::size_t stack_size(std::string_view text) noexcept { return 6 * text.size() + 1'024; }

    static void parse(dom& document, std::string_view text, char* copy)
    {
        std::memcpy(copy, text.data(), text.size());
        copy[text.size()] = '\0';
        if (document.ParseInsitu(copy).HasParseError())
            throw std::runtime_error("RapidJSON refuses a text");
    }

    bench::job job_;
    std::unique_ptr<char[]> copies_;
    arena values_;
    arena stacks_;
    rapidjson::StringBuffer result_;
};

bench::enlist const enlisted({"RapidJSON", RAPIDJSON_VERSION_STRING, [](auto& entries, bench::job const& given) {
                                  bench::enter<in_situ>(entries, "RapidJSON pool", bench::role::peer, given);
                              }});

} // namespace

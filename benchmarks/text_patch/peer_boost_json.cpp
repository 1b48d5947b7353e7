// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/serializer.hpp>
#include <boost/version.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace {

namespace json = boost::json;

/// As people write it.
class plain : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        auto stored = json::parse(job.stored);
        auto const patch = json::parse(job.patch);
        auto& object = stored.as_object();
        for (auto const& member : patch.as_object()) {
            if (member.value().is_null())
                object.erase(member.key());
            else
                object.insert_or_assign(member.key(), member.value());
        }
        text_ = json::serialize(stored);
    }

    std::string_view text() override { return text_; }

private:
    std::string text_;
};

/// As its manual tells to make it fast: memory that is used again, a parser and a serializer that are, no needless
/// growth (an update by `insert_or_assign` would rehash a parsed object, an erasure first makes room for what is new).
class tuned : public bench::contender {
public:
    explicit tuned(bench::jobs const& given)
        : memory_size_(16 * (given.longest_stored + given.longest_patch) + 4'096),
          memory_(new unsigned char[memory_size_]), room_size_(2 * (given.longest_stored + given.longest_patch)),
          room_(new char[room_size_])
    {
    }

    void run(bench::job const& job) override
    {
        json::monotonic_resource resource(memory_.get(), memory_size_);
        auto stored = parsed(job.stored, resource);
        auto const patch = parsed(job.patch, resource);
        auto& object = stored.as_object();
        for (auto const& member : patch.as_object()) {
            if (member.value().is_null())
                object.erase(member.key());
        }
        for (auto const& member : patch.as_object()) {
            if (member.value().is_null())
                continue;
            if (auto* const value = object.if_contains(member.key()))
                *value = member.value();
            else
                object.emplace(member.key(), member.value());
        }
        serializer_.reset(&stored);
        size_ = serializer_.read(room_.get(), room_size_).size();
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    json::value parsed(std::string_view text, json::monotonic_resource& resource)
    {
        parser_.reset(&resource);
        parser_.write(text);
        return parser_.release();
    }

    std::size_t memory_size_;
    std::unique_ptr<unsigned char[]> memory_;
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
    json::parser parser_;
    json::serializer serializer_;
};

std::string version()
{
    return std::to_string(BOOST_VERSION / 100'000) + '.' + std::to_string(BOOST_VERSION / 100 % 1'000) + '.' +
           std::to_string(BOOST_VERSION % 100);
}

bench::enlist const enlisted({"Boost.JSON", version(), [](auto& entries, bench::jobs const& given) {
                                  bench::enter<plain>(entries, "Boost.JSON", bench::role::peer);
                                  bench::enter<tuned>(entries, "Boost.JSON tuned", bench::role::peer, given);
                              }});

} // namespace

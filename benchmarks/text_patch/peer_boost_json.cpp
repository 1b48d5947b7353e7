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
    explicit plain(bench::job const& given) : job_(given) {}

    void run() override
    {
        auto stored = json::parse(job_.stored);
        auto const patch = json::parse(job_.patch);
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
    bench::job job_;
    std::string text_;
};

/// As its manual tells to make it fast: memory that is used again, a parser and a serializer that are, no needless
/// growth (an update by `insert_or_assign` would rehash a parsed object, an erasure first makes room for what is new).
class tuned : public bench::contender {
public:
    explicit tuned(bench::job const& given)
        : job_(given), memory_(new unsigned char[memory_size()]), room_(new char[room_size()])
    {
    }

    void run() override
    {
        json::monotonic_resource resource(memory_.get(), memory_size());
        auto stored = parsed(job_.stored, resource);
        auto const patch = parsed(job_.patch, resource);
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
        size_ = serializer_.read(room_.get(), room_size()).size();
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    std::size_t memory_size() const noexcept { return 16 * (job_.stored.size() + job_.patch.size()) + 4'096; }
    std::size_t room_size() const noexcept { return 2 * (job_.stored.size() + job_.patch.size()); }

    json::value parsed(std::string_view text, json::monotonic_resource& resource)
    {
        parser_.reset(&resource);
        parser_.write(text);
        return parser_.release();
    }

    bench::job job_;
    std::unique_ptr<unsigned char[]> memory_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
    json::parser parser_;
    json::serializer serializer_;
};

bench::enlist const enlisted({"Boost.JSON", BOOST_LIB_VERSION, [](auto& entries, bench::job const& given) {
                                  bench::enter<plain>(entries, "Boost.JSON", bench::role::peer, given);
                                  bench::enter<tuned>(entries, "Boost.JSON tuned", bench::role::peer, given);
                              }});

} // namespace

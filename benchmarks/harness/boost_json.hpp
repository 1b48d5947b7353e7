// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_BOOST_JSON_HPP
#define METAPATCH_BENCHMARKS_HARNESS_BOOST_JSON_HPP

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serializer.hpp>
#include <boost/json/value.hpp>
#include <boost/version.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

/// What contenders of Boost.JSON share.
namespace bench::boost_json {

inline std::string version()
{
    return std::to_string(BOOST_VERSION / 100'000) + '.' + std::to_string(BOOST_VERSION / 100 % 1'000) + '.' +
           std::to_string(BOOST_VERSION % 100);
}

/// The loop that everyone writes.
inline void merge(boost::json::object& stored, boost::json::object const& patch)
{
    for (auto const& member : patch) {
        if (member.value().is_null())
            stored.erase(member.key());
        else
            stored.insert_or_assign(member.key(), member.value());
    }
}

/// Without needless growth: an update by `insert_or_assign` would rehash a parsed object, an erasure first makes room
/// for what is new.
inline void merge_tuned(boost::json::object& stored, boost::json::object const& patch)
{
    for (auto const& member : patch) {
        if (member.value().is_null())
            stored.erase(member.key());
    }
    for (auto const& member : patch) {
        if (member.value().is_null())
            continue;
        if (auto* const value = stored.if_contains(member.key()))
            *value = member.value();
        else
            stored.emplace(member.key(), member.value());
    }
}

/// RFC 7396, as it is written there.
inline void merge_patch(boost::json::value& target, boost::json::value const& patch)
{
    auto const* const members = patch.if_object();
    if (members == nullptr) {
        target = patch;
        return;
    }
    if (!target.is_object())
        target.emplace_object();
    auto& object = target.get_object();
    for (auto const& member : *members) {
        if (member.value().is_null())
            object.erase(member.key());
        else if (auto* const value = object.if_contains(member.key()))
            merge_patch(*value, member.value());
        else
            merge_patch(object[member.key()], member.value());
    }
}

/// What its manual tells to use again from call to call: memory, a parser, a serializer and a buffer.
class kept_tools {
public:
    /// @param bytes  of all texts that are parsed for one result
    explicit kept_tools(std::size_t bytes)
        : memory_size_(16 * bytes + 4'096), memory_(new unsigned char[memory_size_]), room_size_(2 * bytes),
          room_(new char[room_size_])
    {
    }

    /// For the values of one call.
    boost::json::monotonic_resource resource() { return {memory_.get(), memory_size_}; }

    boost::json::value parsed(std::string_view text, boost::json::monotonic_resource& resource)
    {
        parser_.reset(&resource);
        parser_.write(text);
        return parser_.release();
    }

    void write(boost::json::value const& value)
    {
        serializer_.reset(&value);
        size_ = serializer_.read(room_.get(), room_size_).size();
    }

    std::string_view text() const noexcept { return {room_.get(), size_}; }

private:
    std::size_t memory_size_;
    std::unique_ptr<unsigned char[]> memory_;
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
    boost::json::parser parser_;
    boost::json::serializer serializer_;
};

} // namespace bench::boost_json

#endif

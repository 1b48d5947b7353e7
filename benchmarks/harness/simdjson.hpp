// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_SIMDJSON_HPP
#define METAPATCH_BENCHMARKS_HARNESS_SIMDJSON_HPP

#include "contender.hpp"

// Its package may ask all users for the checks of a debug build, which cost time.
#undef SIMDJSON_DEVELOPMENT_CHECKS

#include <cstddef>
#include <cstring>
#include <memory>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

/// What contenders of simdjson share.
namespace bench::on_demand {

inline std::string version()
{
    return std::string(SIMDJSON_VERSION) + ' ' + simdjson::get_active_implementation()->name();
}

inline simdjson::padded_string_view padded(std::string_view text)
{
    static_assert(padding >= simdjson::SIMDJSON_PADDING);
    return simdjson::padded_string_view(text.data(), text.size(), text.size() + padding);
}

/// The same idea as ours on its on-demand parser: walk the members of an object, copy runs of untouched bytes. It
/// checks UTF-8 and quotes of all, but not the grammar of values that it passes over.
class raw_spans {
public:
    /// @param bytes  that a result takes at most
    explicit raw_spans(std::size_t bytes) : room_(new char[bytes + 2]) {}

    /// Keeps the strings of changes that were made before.
    void read_patch(simdjson::simdjson_result<simdjson::ondemand::object> patch)
    {
        count_ = 0;
        for (auto field : patch) {
            if (count_ == changes_.size())
                changes_.emplace_back();
            auto& made = changes_[count_++];
            char const* const label = field.escaped_key().value().data() - 1;
            made.key = field.unescaped_key().value();
            auto const value = field.value().raw_json().value();
            made.label = {label, static_cast<std::size_t>(value.data() - label)};
            made.value = value == "null" ? std::string_view() : value;
            made.met = false;
        }
    }

    /// Begin a result with what stands from here up to the end of an object's last member, the patch applied to those
    /// of the object. Inlined, so that the parser's place stays in registers; and of a result rather than an object,
    /// whose members take longer to walk.
    [[gnu::always_inline]] void merge(char const* begin, simdjson::simdjson_result<simdjson::ondemand::object> stored)
    {
        size_ = 0;
        // In variables, which no store of a byte can change.
        char const* run = begin;
        bool members = false;
        bool dropping = false;
        for (auto field : stored) {
            auto const key = field.escaped_key().value();
            char const* const label = key.data() - 1;
            if (dropping)
                run = label;
            dropping = false;
            if (auto* const change = find(field)) {
                change->met = true;
                dropping = change->value.empty();
                if (dropping) {
                    put(run, label);
                    continue;
                }
                auto const value = field.value().raw_json().value();
                put(run, value.data());
                put(change->value);
                run = value.data() + value.size();
            }
            members = true;
        }
        run_ = run;
        members_ = members;
        dropping_ = dropping;
    }

    /// Add what is new.
    /// @param brace  of the object that was merged
    void close(char const* brace)
    {
        if (!dropping_)
            put(run_, brace);
        while (size_ > 0 && (room_[size_ - 1] == ' ' || (dropping_ && members_ && room_[size_ - 1] == ',')))
            --size_;
        for (std::size_t i = 0; i < count_; ++i) {
            auto const& each = changes_[i];
            if (each.met || each.value.empty())
                continue;
            if (members_)
                put(",");
            members_ = true;
            put(each.label);
            put(each.value);
        }
        put("}");
    }

    void put(char const* begin, char const* end) { put({begin, static_cast<std::size_t>(end - begin)}); }

    std::string_view text() const noexcept { return {room_.get(), size_}; }

private:
    struct edit {
        std::string key;
        std::string_view label; ///< the key as it stands, up to the value
        std::string_view value; ///< empty where the member goes
        bool met;
    };

    template<class Field>
    [[gnu::always_inline]] edit* find(Field& field)
    {
        std::string_view key = field.escaped_key();
        if (std::memchr(key.data(), '\\', key.size()) != nullptr)
            key = field.unescaped_key();
        for (std::size_t i = 0; i < count_; ++i) {
            if (changes_[i].key == key)
                return &changes_[i];
        }
        return nullptr;
    }

    void put(std::string_view text)
    {
        std::memcpy(room_.get() + size_, text.data(), text.size());
        size_ += text.size();
    }

    std::vector<edit> changes_;
    std::size_t count_ = 0;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
    char const* run_ = nullptr; ///< where untouched bytes begin that are not copied yet
    bool members_ = false;      ///< the result has some
    bool dropping_ = false;     ///< the last member was dropped: what follows begins with the next key
};

} // namespace bench::on_demand

#endif

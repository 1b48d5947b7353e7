// SPDX-License-Identifier: BSL-1.0
#include "contender.hpp"

// Its package may ask all users for the checks of a debug build, which cost time.
#undef SIMDJSON_DEVELOPMENT_CHECKS

#include <cstddef>
#include <cstring>
#include <memory>
#include <simdjson.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

simdjson::padded_string_view padded(std::string_view text)
{
    static_assert(bench::padding >= simdjson::SIMDJSON_PADDING);
    return simdjson::padded_string_view(text.data(), text.size(), text.size() + bench::padding);
}

/// The same idea as ours on its on-demand parser: walk the first level, copy runs of untouched bytes. It checks UTF-8
/// and quotes of all, but not the grammar of values that it passes over.
class raw_spans : public bench::contender {
public:
    explicit raw_spans(bench::jobs const& given) : room_(new char[given.longest_stored + given.longest_patch + 2]) {}

    void run(bench::job const& job) override
    {
        read_patch(job.patch);
        size_ = 0;
        auto document = stored_parser_.iterate(padded(job.stored));
        char const* run = job.stored.data();
        bool members = false;
        bool dropping = false; // the last member was dropped: what follows begins with the next key
        for (auto field : document.get_object()) {
            auto const key = field.escaped_key().value();
            char const* const begin = key.data() - 1;
            if (dropping)
                run = begin;
            dropping = false;
            if (auto* const change = find(field)) {
                change->met = true;
                dropping = change->value.empty();
                if (dropping) {
                    put(run, begin);
                    continue;
                }
                auto const value = field.value().raw_json().value();
                put(run, value.data());
                put(change->value);
                run = value.data() + value.size();
            }
            members = true;
        }
        if (!dropping)
            put(run, job.stored.data() + job.stored.rfind('}'));
        finish(members, dropping);
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    struct edit {
        std::string key;
        std::string_view label; ///< the key as it stands, up to the value
        std::string_view value; ///< empty where the member goes
        bool met;
    };

    /// Keeps the strings of changes that were made before.
    void read_patch(std::string_view patch)
    {
        auto document = patch_parser_.iterate(padded(patch));
        count_ = 0;
        for (auto field : document.get_object()) {
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

    template<class Field>
    edit* find(Field& field)
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

    /// Add what is new, and close the object.
    void finish(bool members, bool dropped_last)
    {
        while (size_ > 0 && (room_[size_ - 1] == ' ' || (dropped_last && members && room_[size_ - 1] == ',')))
            --size_;
        for (std::size_t i = 0; i < count_; ++i) {
            auto const& each = changes_[i];
            if (each.met || each.value.empty())
                continue;
            if (members)
                put(",");
            members = true;
            put(each.label);
            put(each.value);
        }
        put("}");
    }

    void put(char const* begin, char const* end) { put({begin, static_cast<std::size_t>(end - begin)}); }

    void put(std::string_view text)
    {
        std::memcpy(room_.get() + size_, text.data(), text.size());
        size_ += text.size();
    }

    simdjson::ondemand::parser stored_parser_;
    simdjson::ondemand::parser patch_parser_;
    std::vector<edit> changes_;
    std::size_t count_ = 0;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

/// A parse of the stored text that checks all of it, alone: no patch, no result.
class parse_alone : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        if (parser_.parse(padded(job.stored)).error() != simdjson::SUCCESS)
            throw std::runtime_error("simdjson refuses a text");
    }

    std::string_view text() override { return {}; }

private:
    simdjson::dom::parser parser_;
};

std::string version()
{
    return std::string(SIMDJSON_VERSION) + ' ' + simdjson::get_active_implementation()->name();
}

bench::enlist const enlisted({"simdjson", version(), [](auto& entries, bench::jobs const& given) {
                                  bench::enter<raw_spans>(entries, "simdjson on-demand", bench::role::peer, given);
                                  bench::enter<parse_alone>(entries, "simdjson DOM parse alone", bench::role::bound);
                              }});

} // namespace

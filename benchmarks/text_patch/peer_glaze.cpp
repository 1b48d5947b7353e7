// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <cstddef>
#include <cstring>
#include <glaze/json/lazy.hpp>
#include <glaze/version.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// The same idea as ours on its lazy views: walk the members of both objects, copy runs of untouched bytes. The views
/// check nothing of a text but its first byte, and keys are compared as they stand: one with escapes is another.
class lazy_views : public bench::contender {
public:
    explicit lazy_views(bench::jobs const& given) : room_(new char[given.longest_stored + given.longest_body + 2]) {}

    void run(bench::job const& job) override
    {
        read_patch(job.body);
        size_ = 0;
        char const* run = job.stored.data(); // untouched bytes that are not copied yet
        bool members = false;
        bool dropping = false;
        auto stored = opened(job.stored);
        for (auto& member : stored.root()) {
            char const* const label = member.key().data() - 1;
            if (dropping)
                run = label;
            dropping = false;
            if (auto* const change = find(member.key())) {
                change->met = true;
                dropping = change->value.empty();
                if (dropping) {
                    put({run, label});
                    continue;
                }
                auto const value = member.raw_json();
                put({run, value.data()});
                put(change->value);
                run = value.data() + value.size();
            }
            members = true;
        }
        if (!dropping)
            put({run, job.stored.data() + job.stored.rfind('}')});
        else if (members && room_[size_ - 1] == ',')
            --size_;
        add_new(members);
        put("}");
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    struct edit {
        std::string_view key;
        std::string_view label; ///< the key as it stands, up to the value
        std::string_view value; ///< empty where the member goes
        bool met;
    };

    static glz::lazy_document<> opened(std::string_view text)
    {
        auto document = glz::lazy_json(text);
        if (!document)
            throw std::runtime_error("glaze refuses a text");
        return *document;
    }

    void read_patch(std::string_view text)
    {
        changes_.clear();
        auto patch = opened(text);
        for (auto& member : patch.root()) {
            auto const key = member.key();
            auto const value = member.raw_json();
            changes_.push_back({key, {key.data() - 1, value.data()}, value == "null" ? "" : value, false});
        }
    }

    edit* find(std::string_view key)
    {
        for (auto& each : changes_) {
            if (each.key == key)
                return &each;
        }
        return nullptr;
    }

    void add_new(bool members)
    {
        for (auto const& each : changes_) {
            if (each.met || each.value.empty())
                continue;
            if (members)
                put(",");
            members = true;
            put(each.label);
            put(each.value);
        }
    }

    void put(std::string_view text)
    {
        std::memcpy(room_.get() + size_, text.data(), text.size());
        size_ += text.size();
    }

    std::vector<edit> changes_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

std::string version()
{
    return std::to_string(glz::version.major) + '.' + std::to_string(glz::version.minor) + '.' +
           std::to_string(glz::version.patch);
}

bench::enlist const enlisted({"glaze", version(), [](auto& entries, bench::jobs const& given) {
                                  if (!bench::merges_deep(given))
                                      bench::enter<lazy_views>(entries, "glaze lazy views", bench::role::peer, given);
                              }});

} // namespace

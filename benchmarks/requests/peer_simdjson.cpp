// SPDX-License-Identifier: BSL-1.0

// Raw spans of the root's members and of those of user_metadata, copied out: without permissions, without a schema, and
// without a look at the grammar of values that are passed over.

#include "../harness/contender.hpp"
#include "../harness/simdjson.hpp"
#include "documents.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <memory>
#include <string_view>
#include <vector>

namespace {

using bench::on_demand::padded;

/// It stops at the first user_metadata that it finds.
class updating : public bench::contender {
public:
    explicit updating(bench::jobs const& given) : result_(given.longest_stored + given.longest_body) {}

    void run(bench::job const& job) override
    {
        auto body = body_parser_.iterate(padded(job.body));
        result_.read_patch(body.find_field("user_metadata").get_object());
        auto user = stored_parser_.iterate(padded(job.stored));
        result_.merge(job.stored.data(), user.find_field("user_metadata").get_object());
        char const* behind = user.current_location(); // of the next member, or of the end
        while (*--behind != '}')
            ;
        result_.close(behind);
        result_.put(behind + 1, job.stored.data() + job.stored.size());
    }

    std::string_view text() override { return result_.text(); }

private:
    simdjson::ondemand::parser stored_parser_;
    simdjson::ondemand::parser body_parser_;
    bench::on_demand::raw_spans result_;
};

/// Member by member, for any may be one that is not shown.
class viewing : public bench::contender {
public:
    viewing(bench::jobs const& given, bool all) : all_(all), room_(new char[given.longest_stored + 2]) {}

    void run(bench::job const& job) override
    {
        size_ = 0;
        auto user = parser_.iterate(padded(job.stored));
        for (auto field : user.get_object()) {
            auto const key = field.escaped_key().value();
            if (!shows(key))
                continue;
            auto const value = field.value().raw_json().value();
            put(size_ == 0 ? "{" : ",");
            put({key.data() - 1, static_cast<std::size_t>(value.data() + value.size() - key.data() + 1)});
        }
        put(size_ == 0 ? "{}" : "}");
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    bool shows(std::string_view key) const
    {
        if (all_)
            return key != "password";
        return std::find(std::begin(bench::shown_fields), std::end(bench::shown_fields), key) !=
               std::end(bench::shown_fields);
    }

    void put(std::string_view text)
    {
        std::memcpy(room_.get() + size_, text.data(), text.size());
        size_ += text.size();
    }

    bool all_;
    simdjson::ondemand::parser parser_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    constexpr char const* name = "simdjson on-demand";
    using enum bench::role;
    if (given.task == bench::task::update_user)
        bench::enter<updating>(entries, name, peer, given);
    else if (given.task == bench::task::view_user)
        bench::enter<viewing>(entries, name, peer, given, true);
    else if (given.task == bench::task::view_fields)
        bench::enter<viewing>(entries, name, peer, given, false);
}

bench::enlist const enlisted({"simdjson", bench::on_demand::version(), enter_all});

} // namespace

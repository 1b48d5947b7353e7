// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/version.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace auth0 = metapatch::auth0;
using metapatch::stored_text;

/// An application's token.
auth0::access_token const token{metapatch::scope_view("read:users update:users create:users update:clients")};
auth0::access_token const token_without_scope{metapatch::scope_view("read:users create:users")};

/// Of the path. None of the rules that the tokens fall under compare it with the user's own.
constexpr std::string_view user_id = "auth0|5f7c8ec7c33c6c004bbafe82";

[[noreturn]] void unexpected(char const* what)
{
    throw std::runtime_error(std::string("metapatch ") + what);
}

template<class Answer>
auto taken(Answer&& done)
{
    if (!done)
        unexpected("refuses a request");
    return *std::forward<Answer>(done);
}

auth0::user_rules rules_for(stored_text stored)
{
    auto rules = auth0::standard_user_rules;
    rules.stored = stored;
    return rules;
}

/// Into a caller's buffer, with an object that is used again.
class updating : public bench::contender {
public:
    updating(bench::jobs const& given, stored_text stored)
        : rules_(rules_for(stored)), room_size_(given.longest_stored + given.longest_body), room_(new char[room_size_])
    {
    }

    void run(bench::job const& job) override
    {
        if (update_.read(token, user_id, job.body, rules_))
            unexpected("refuses a body");
        auto out = std::span(room_.get(), room_size_);
        auto const done = update_.apply(job.stored, out);
        if (!done || done->size > room_size_)
            unexpected("refuses an update");
        size_ = done->size;
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    auth0::user_rules rules_;
    auth0::user_update update_;
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

/// @return whether a refusal is that of the scope
bool is_of_scope(auth0::refusal const& refused)
{
    return refused.why == auth0::refusal_reason::insufficient_scope;
}

/// With an object that is used again; what is refused is not looked at further.
class refusing : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        auto refused = update_.read(token_without_scope, user_id, job.body, auth0::standard_user_rules);
        if (!refused) {
            std::span<char> nowhere;
            auto done = update_.apply(job.stored, nowhere);
            if (!done)
                refused = std::move(done).error();
        }
        if (!refused || !is_of_scope(*refused))
            unexpected("lets a request pass");
    }

    std::string_view text() override { return {}; }

private:
    auth0::user_update update_;
};

/// Values that are there already, of a stored user and a body, become a value.
class dom_to_dom : public bench::contender {
public:
    explicit dom_to_dom(bench::jobs const& given)
    {
        for (auto const& job : given.all) {
            stored_.emplace_back(boost::json::parse(job.stored).as_object());
            bodies_.push_back(boost::json::parse(job.body));
        }
    }

    void run(bench::job const& job) override
    {
        user_ = taken(auth0::update_user(stored_[job.number], token, user_id, bodies_[job.number])).user;
    }

    std::string_view text() override { return text_ = boost::json::serialize(user_); }

private:
    std::vector<metapatch::state> stored_;
    std::vector<boost::json::value> bodies_;
    boost::json::object user_;
    std::string text_;
};

/// A member's text.
std::string_view field_of(std::string_view object)
{
    constexpr metapatch::policy<> any{{}, {}, {}, {.max_nesting = 1'000}};
    metapatch::text_patch members;
    if (!members.read(object, any).empty())
        unexpected("cannot read a text");
    return members.members()[members.find("user_metadata")].value;
}

/// The patch of the field alone, wherever that was found: what an update consists of at least.
class field_alone : public bench::contender {
public:
    field_alone(bench::jobs const& given, stored_text stored)
        : rules_{.stored = stored}, room_size_(given.longest_stored + given.longest_body), room_(new char[room_size_])
    {
        for (auto const& job : given.all)
            fields_.push_back({field_of(job.stored), field_of(job.body)});
    }

    void run(bench::job const& job) override
    {
        auto const& [stored, patch] = fields_[job.number];
        if (!patch_.read(patch, auth0::user_metadata, rules_.instructions).empty())
            unexpected("refuses a patch");
        auto out = std::span(room_.get(), room_size_);
        if (!metapatch::splice(stored, patch_, out, rules_))
            unexpected("refuses a field");
    }

    std::string_view text() override { return {}; }

private:
    metapatch::splice_rules rules_;
    std::vector<std::pair<std::string_view, std::string_view>> fields_;
    metapatch::text_patch patch_;
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
};

void enter_updates(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using enum bench::role;
    bench::enter<updating>(entries, "metapatch trusted", ours, given, stored_text::trusted);
    bench::enter<updating>(entries, "metapatch checked", ours, given, stored_text::checked);
    bench::enter_function(entries, "metapatch", ours, [](bench::job const& job) {
        return taken(auth0::update_user(job.stored, token, user_id, job.body)).user;
    });
    bench::enter<dom_to_dom>(entries, "metapatch DOM to DOM", ours, given);
    bench::enter<field_alone>(entries, "splice of the field, trusted", bound, given, stored_text::trusted);
    bench::enter<field_alone>(entries, "splice of the field, checked", bound, given, stored_text::checked);
}

void enter_refusals(std::vector<bench::entry>& entries)
{
    bench::enter<refusing>(entries, "metapatch", bench::role::ours);
    bench::enter_function(entries, "metapatch, the decision alone", bench::role::ours, [](bench::job const&) {
        metapatch::access_request const asked{"PATCH /users/{id}", token_without_scope.scopes, {}, user_id, {}};
        if (authorize(auth0::enforced.rules, asked))
            unexpected("lets a request pass");
        return std::string();
    });
}

/// Into a caller's buffer.
class viewing : public bench::contender {
public:
    viewing(bench::jobs const& given, stored_text stored, auth0::view_fields fields)
        : rules_(rules_for(stored)), fields_(fields), room_size_(given.longest_stored + 2), room_(new char[room_size_])
    {
    }

    void run(bench::job const& job) override
    {
        auto out = std::span(room_.get(), room_size_);
        size_ = taken(auth0::view_user(job.stored, token, user_id, out, fields_, rules_));
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    auth0::user_rules rules_;
    auth0::view_fields fields_;
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

void enter_views(std::vector<bench::entry>& entries, bench::jobs const& given, auth0::view_fields fields)
{
    bench::enter<viewing>(entries, "metapatch trusted", bench::role::ours, given, stored_text::trusted, fields);
    bench::enter<viewing>(entries, "metapatch checked", bench::role::ours, given, stored_text::checked, fields);
}

/// Those that have one form: from texts to a string.
void enter_function(std::vector<bench::entry>& entries, std::string (*answer)(bench::job const&))
{
    bench::enter_function(entries, "metapatch", bench::role::ours, answer);
}

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using bench::job;
    namespace task = bench::task;
    if (given.task == task::update_user)
        enter_updates(entries, given);
    else if (given.task == task::view_user)
        enter_views(entries, given, {});
    else if (given.task == task::view_fields)
        enter_views(entries, given, {bench::shown_fields});
    else if (given.task == task::create_user)
        enter_function(entries, [](job const& each) {
            return taken(auth0::create_user(token, bench::new_user_id, each.body)).user;
        });
    else if (given.task == task::signup)
        enter_function(entries, [](job const& each) { return taken(auth0::signup(bench::new_user_id, each.body)); });
    else if (given.task == task::delete_provider)
        enter_function(entries, [](job const& each) {
            return taken(auth0::delete_multifactor_provider(each.stored, token, user_id, each.body));
        });
    else if (given.task == task::update_client)
        enter_function(entries, [](job const& each) {
            return taken(auth0::update_metadata(auth0::client, each.stored, token, each.body));
        });
    else if (given.task == task::refuse)
        enter_refusals(entries);
}

bench::enlist const enlisted({"metapatch", std::string(metapatch::version), enter_all});

} // namespace

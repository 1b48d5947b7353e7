// SPDX-License-Identifier: BSL-1.0
// One operation many times: what tests/instructions/check.py counts the instructions of.
#include "algebra.hpp"
#include "operation.hpp"

#include <array>
#include <charconv>
#include <functional>
#include <iostream>
#include <memory>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/management.hpp>
#include <metapatch/splice/splice.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using metapatch::instructions::operation;

namespace {

constexpr auto scan = scan_with::sse2; // what every machine of the kind has
constexpr std::string_view patch_text = R"({"theme":"dark","added":[1,2,3],"gone":null})";

auto policy_of_any_size()
{
    auto policy = auth0::user_metadata;
    policy.limits.max_bytes = 16 << 20;
    return policy;
}

/// An object of about so many bytes: strings, or members that are nested.
std::string object(std::size_t bytes, bool nested)
{
    std::string text = R"({"theme":"light","gone":1)";
    for (int i = 0; text.size() < bytes; ++i) {
        text += ",\"member" + std::to_string(i) + "\":";
        text += nested ? R"({"a":[1,2.5,true,{"b":"text, {and} more"}],"c":{"d":null,"e":"\u00e9"}})"
                       : R"("a string of the length that people write, more or less")";
    }
    return text + "}";
}

class splicing {
public:
    splicing(std::size_t bytes, bool nested, stored_text known)
        : stored_(object(bytes, nested)), buffer_(stored_.size() + 100), known_(known)
    {
        static_cast<void>(patch_.read(patch_text, policy_, scan));
        static_cast<void>(index_.read(stored_, policy_.read, {known_, scan}));
    }

    bool by_search()
    {
        std::span<char> out(buffer_);
        return splice(stored_, patch_, out, {known_, scan}).has_value();
    }

    bool by_index()
    {
        std::span<char> out(buffer_);
        return splice(index_, patch_, out).has_value();
    }

private:
    decltype(policy_of_any_size()) policy_ = policy_of_any_size();
    std::string stored_;
    std::vector<char> buffer_;
    stored_text known_;
    text_patch patch_;
    member_index index_;
};

/// Whole requests of a user with about so many bytes of metadata.
class requesting {
public:
    requesting(std::size_t bytes, stored_text known)
        : stored_(R"({"user_id":"auth0|5f7c8ec7c33c6c004bbafe82","email":"ann@example.com","email_verified":true,)"
                  R"("name":"Ann Example","identities":[{"connection":"db","provider":"auth0","isSocial":false}],)"
                  R"("created_at":"2020-01-01T00:00:00.000Z","user_metadata":)" +
                  object(bytes, true) + R"(,"app_metadata":{"plan":"free"}})"),
          buffer_(stored_.size() + 200)
    {
        rules_.stored = known;
        rules_.instructions = scan;
    }

    bool update()
    {
        constexpr std::string_view body = R"({"user_metadata":{"theme":"dark","added":[1,2,3],"gone":null}})";
        std::span<char> out(buffer_);
        auth0::access_token const token{scope_view("read:users update:users"), {}};
        return !update_.read(token, "auth0|1", body, rules_) && update_.apply(stored_, out);
    }

    bool view()
    {
        std::span<char> out(buffer_);
        auth0::access_token const token{scope_view("read:users"), {}};
        return auth0::view_user(stored_, token, "auth0|1", out, {}, rules_).has_value();
    }

private:
    std::string stored_;
    std::vector<char> buffer_;
    auth0::user_rules rules_;
    auth0::user_update update_;
};

std::function<std::function<bool()>()> request(std::size_t bytes, stored_text known, bool (requesting::*asked)())
{
    return [=] {
        auto made = std::make_shared<requesting>(bytes, known);
        return [=] { return (*made.*asked)(); };
    };
}

std::function<std::function<bool()>()> search(std::size_t bytes, bool nested, stored_text known)
{
    return [=] {
        auto made = std::make_shared<splicing>(bytes, nested, known);
        return [made] { return made->by_search(); };
    };
}

std::vector<operation> operations()
{
    std::vector<operation> all{
        {"read_patch",
         [] {
             auto patch = std::make_shared<text_patch>();
             return [patch, policy = policy_of_any_size()] { return patch->read(patch_text, policy, scan).empty(); };
         }},
        {"trusted_flat_200", search(200, false, stored_text::trusted)},
        {"trusted_flat_16k", search(16'384, false, stored_text::trusted)},
        {"trusted_nested_2k", search(2'048, true, stored_text::trusted)},
        {"trusted_nested_16k", search(16'384, true, stored_text::trusted)},
        {"checked_flat_16k", search(16'384, false, stored_text::checked)},
        {"checked_nested_2k", search(2'048, true, stored_text::checked)},
        {"indexed_flat_16k",
         [] {
             auto made = std::make_shared<splicing>(16'384, false, stored_text::trusted);
             return [made] { return made->by_index(); };
         }},
    };
    all.push_back({"update_user_trusted_small", request(60, stored_text::trusted, &requesting::update)});
    all.push_back({"update_user_checked_2k", request(2'048, stored_text::checked, &requesting::update)});
    all.push_back({"view_user_trusted_2k", request(2'048, stored_text::trusted, &requesting::view)});
    auto const algebra = instructions::algebra_operations();
    all.insert(all.end(), algebra.begin(), algebra.end());
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    auto const all = operations();
    if (argc != 3) {
        for (auto const& each : all)
            std::cout << each.name << '\n';
        return 0;
    }
    std::string_view const times(argv[2]);
    int left = 0;
    std::from_chars(times.data(), times.data() + times.size(), left);
    for (auto const& each : all) {
        if (each.name != argv[1])
            continue;
        auto const run = each.prepare();
        bool accepted = true;
        for (; left > 0; --left)
            accepted = run() && accepted;
        return accepted ? 0 : 1;
    }
    std::cerr << "no operation " << argv[1] << '\n';
    return 2;
}

// SPDX-License-Identifier: BSL-1.0
// Updating under concurrency: a write carries the version that was read (an ETag, in HTTP); where another was faster,
// the patch is rebased onto what that one did, and sent again, unless both want the same key.
#include <metapatch/algebra.hpp>
#include <metapatch/auth0.hpp>

#include <boost/json/parse.hpp>
#include <iostream>
#include <string_view>
#include <utility>

namespace {

namespace auth0 = metapatch::auth0;
namespace json = boost::json;
constexpr auto const& policy = auth0::user_metadata;

/// A user, and how often it was written. It takes no write that was made for another version: 412 Precondition Failed.
struct versioned_user {
    int version = 1;
    json::object user{};

    metapatch::state field() const { return user.at("user_metadata").as_object(); }
    bool write(int read_version, json::object const& changed)
    {
        if (read_version != version)
            return false;
        *this = {version + 1, changed};
        return true;
    }
};

void save(versioned_user& store, versioned_user read, metapatch::patch mine)
{
    auth0::access_token const token{metapatch::scope_view("update:users")};
    for (;;) {
        auto const bodies = metapatch::to_bodies(mine, read.field(), policy).value();
        if (bodies.in_turn.empty()) { // not the body {}, which would clear the field
            std::cout << "    nothing is left to send\n";
            return;
        }
        json::value const body{{"user_metadata", bodies.in_turn.front()}};
        auto const changed = auth0::update_user(read.user, token, "auth0|ann", body).value();
        if (store.write(read.version, changed.user)) {
            std::cout << "    sent     " << body << "\n    is now   " << store.version << ' ' << store.user << '\n';
            return;
        }
        auto const now = store; // read again
        auto const theirs = metapatch::diff(read.field(), now.field(), policy).value();
        auto after = metapatch::rebase(mine, theirs, policy);
        std::cout << "    refused  version " << read.version << " is gone; meanwhile " << theirs.members() << '\n';
        for (auto const& key : after.conflicts.keys)
            std::cout << "    conflict " << key << ": ours " << mine.members().at(key) << ", now "
                      << theirs.members().at(key) << '\n';
        if (!after.conflicts.empty())
            return; // someone has to decide; `after.rest` would have the last word
        mine = std::move(after.rest);
        read = now;
    }
}

} // namespace

int main()
{
    auto const patch = [](std::string_view text) { return metapatch::read_patch(text, policy).value(); };
    versioned_user store{1, json::parse(R"({"user_metadata":{"theme":"light","visits":7}})").as_object()};
    auto const read = store; // by three editors at once

    std::cout << "One is first.\n";
    save(store, read, patch(R"({"visits":8,"font":"mono"})"));
    std::cout << "The second sends what is still to do: the font is there.\n";
    save(store, read, patch(R"({"theme":"dark","font":"mono"})"));
    std::cout << "The third wants another number of visits.\n";
    save(store, read, patch(R"({"visits":9})"));
}

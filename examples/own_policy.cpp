// SPDX-License-Identifier: BSL-1.0
// Rules of your own: a ready policy edited at run time, a lambda as a key rule, and another merge depth.
#include <metapatch/auth0.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <string_view>

int main()
{
    namespace json = boost::json;

    // Auth0's app_metadata with a limit of your own; it could come from a configuration file.
    auto small = metapatch::auth0::app_metadata;
    small.limits.max_bytes = 40;
    metapatch::state field;
    if (auto done = metapatch::apply(field, json::parse(R"({"plan":"a name that is far too long to fit"})"), small);
        !done)
        std::cout << "small:    " << done.error() << '\n';

    // A lambda is a key rule; so are both{…}, and the ready ones. Nothing was stored by the refusal.
    auto const no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
    constexpr metapatch::policy notes{metapatch::no_empty_key{}, {}, {.max_members = 3}};
    auto const private_keys = metapatch::and_keys(notes, no_underscore);
    if (auto done = metapatch::apply(field, json::parse(R"({"_id":1,"":2,"ok":3,"more":4})"), private_keys); !done)
        for (auto const& violation : done.error())
            std::cout << "notes:    " << name(violation.code) << " at \"" << violation.pointer << "\"\n";
    std::cout << "field:    " << (field ? "present" : "absent") << '\n';

    // The same patch merged at one level, at two, and at all of them (RFC 7396).
    auto const stored = json::parse(R"({"a":{"b":{"x":1},"c":1}})").as_object();
    auto const patch = json::parse(R"({"a":{"b":{"y":2}}})");
    for (auto const& policy : {metapatch::first_level, metapatch::up_to_level(2), metapatch::rfc7396}) {
        auto const merged = metapatch::applied(metapatch::state(stored), patch, policy);
        std::cout << "merged:   " << *merged.value() << '\n';
    }
}

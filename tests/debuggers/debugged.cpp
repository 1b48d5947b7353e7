// SPDX-License-Identifier: BSL-1.0
// What debuggers look at: they stop in `stop`, and show what its caller has.
#include <metapatch/patch.hpp>
#include <metapatch/splice.hpp>

#include <boost/json/value.hpp>

using namespace metapatch;

namespace {

constexpr rule_code unknown_plan{"unknown_plan", "there is no such plan"};

[[gnu::noinline]] int stop(void const* looked_at)
{
    return looked_at != nullptr ? 0 : 1;
}

} // namespace

int main()
{
    patch const untouched;
    patch const clearing = patch().clear();
    patch const setting =
        patch()
            .set("color", "red \"and\" gr\xC3\xBCn, longer than what fits in place")
            .set("short", "x\n")
            .set("values", boost::json::value{nullptr, true, -5, 18446744073709551615U, 0.5, {{"a", {1}}}})
            .set("empty", boost::json::object())
            .remove("hobby");
    patch const both = patch().clear().set("a", 1);
    patch const deep = patch::of({{"a", 1}}, false, 3);

    report const none;
    report faults = report::of_at_most(3);
    faults.add({.code = errc::too_many_members, .pointer = "/a~1b", .limit = 10, .actual = 11});
    faults.add({.code = errc::malformed_json, .offset = 6});
    faults.add({.code = errc::own_rule, .pointer = "/plan", .own = unknown_plan});
    faults.add({.code = errc::too_deep});
    violation const one = faults.front();

    text_patch text;
    auto const wrong = text.read(R"({"city": "Oslo","n":1.10,"gone":null})", first_level);
    text_patch clearing_text;
    auto const wrong_too = clearing_text.read("{}", first_level);
    text_patch const untouched_text;

    return stop(&one) + static_cast<int>(wrong.size() + wrong_too.size());
}

// SPDX-License-Identifier: BSL-1.0
#include "driver_laws.hpp"

#include "../../laws/shrink.hpp"
#include "capabilities.hpp"
#include "errors.hpp"
#include "reference.hpp"
#include "sets.hpp"
#include "string_member.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <optional>

namespace metapatch::conformance {

namespace {

using boost::json::object;
using boost::json::value;
using laws::broken_law;
using laws::not_a_case;
using field = std::optional<std::string>;

bool is_ok(object const& answer)
{
    return string_member(answer, "outcome") == "ok";
}

std::string shown(field const& state)
{
    return state ? *state : "an absent field";
}

object apply_request(case_parts const& on, field const& state, field const& patch, std::string_view op = "apply")
{
    object made{{"id", "random"}, {"op", op}};
    made["profile"] = on.profile();
    if (state)
        made["stored"] = *state;
    if (patch)
        made["patch"] = *patch;
    return made;
}

/// The field that an answer of apply tells.
field field_of(object const& answer)
{
    if (string_member(answer, "field") == "absent")
        return std::nullopt;
    if (string_member(answer, "field") != "present" || !answer.contains("value") || !answer.at("value").is_string())
        throw broken_law("an answer of apply that tells no field: " + boost::json::serialize(answer));
    return string_member(answer, "value");
}

/// The field after a patch of the case; where it is refused, the law does not speak of it.
field after(case_parts const& on, conversation& with, field const& state, field const& patch)
{
    auto const answer = with.ask(apply_request(on, state, patch));
    if (!is_ok(answer))
        throw not_a_case();
    return field_of(answer);
}

/// The bodies of an answer; where it is impossible or refused, the law does not speak of it.
std::vector<std::string> bodies_of(object const& answer)
{
    if (string_member(answer, "outcome") == "no_patch")
        return {};
    if (!is_ok(answer))
        throw not_a_case();
    if (answer.contains("patch"))
        return {string_member(answer, "patch")};
    auto const* const all = answer.if_contains("bodies");
    if (all == nullptr || !all->is_array())
        throw broken_law("an answer that has no bodies: " + boost::json::serialize(answer));
    std::vector<std::string> found;
    for (auto const& each : all->get_array())
        found.emplace_back(each.is_string() ? std::string(each.get_string()) : std::string());
    return found;
}

/// The field after bodies that the driver has made; that it refuses none of them is part of the law.
field after_all(case_parts const& on, conversation& with, field state, std::vector<std::string> const& bodies)
{
    for (auto const& body : bodies) {
        auto const answer = with.ask(apply_request(on, state, body));
        if (!is_ok(answer))
            throw broken_law("it refuses a body that it has made: " + body + " for " + shown(state));
        state = field_of(answer);
    }
    return state;
}

object as_answer(field const& state)
{
    object made{{"outcome", "ok"}};
    if (state)
        made["value"] = *state;
    return made;
}

void require_same(field const& is, field const& should, std::string const& what)
{
    if (!same_field(as_answer(should), as_answer(is)))
        throw broken_law(what + ": " + shown(is) + " instead of " + shown(should));
}

// --- the laws, in the order of the semantics ------------------------------------------------------------------------

void without_a_patch_nothing_changes(case_parts const& on, conversation& with)
{
    auto const state = on.text("S");
    require_same(after(on, with, state, {}), state, "without a patch the field changes");
}

void the_same_patch_twice_is_once(case_parts const& on, conversation& with)
{
    auto const patch = on.text("p");
    auto const once = after(on, with, on.text("S"), patch);
    require_same(after(on, with, once, patch), once, "the same patch once more changes the field");
}

void validate_says_what_apply_does(case_parts const& on, conversation& with)
{
    auto const state = on.text("S");
    auto const patch = on.text("p");
    auto const applied = with.ask(apply_request(on, state, patch));
    auto const validated = with.ask(apply_request(on, state, patch, "validate"));
    if (string_member(applied, "outcome") != string_member(validated, "outcome"))
        throw broken_law("validate says " + string_member(validated, "outcome") + ", apply " +
                         string_member(applied, "outcome"));
    auto const* const mine = applied.if_contains("violations");
    auto const* const theirs = validated.if_contains("violations");
    if ((mine == nullptr) != (theirs == nullptr) || (mine != nullptr && !equal(*mine, *theirs)))
        throw broken_law("validate tells other violations than apply");
}

void white_space_has_no_size(case_parts const& on, conversation& with)
{
    auto const state = on.text("S");
    if (!state)
        throw not_a_case();
    object request{{"id", "random"}, {"op", "size"}, {"stored", *state}};
    request["profile"] = on.profile();
    auto spaced = request;
    spaced["stored"] = " \t" + *state + "\r\n";
    auto const one = with.ask(request);
    auto const other = with.ask(spaced);
    if (!equal(object(one), object(other)))
        throw broken_law("white space around it changes its size");
}

void a_difference_leads_to_its_target(case_parts const& on, conversation& with)
{
    auto const from = on.text("S");
    auto const bodies = bodies_of(with.ask(on.request("diff")));
    require_same(after_all(on, with, from, bodies), on.text("T"), "the patch of diff leads elsewhere");
}

void nothing_differs_from_itself(case_parts const& on, conversation& with)
{
    auto request = on.request("diff");
    request.erase("to");
    if (auto const state = on.text("S"))
        request["to"] = *state;
    auto const answer = with.ask(request);
    auto const outcome = string_member(answer, "outcome");
    if (outcome != "no_patch" && outcome != "rejected")
        throw broken_law("between a state and itself there is a patch");
}

void composed_patches_do_what_all_do(case_parts const& on, conversation& with)
{
    auto const start = on.text("S");
    auto state = start;
    for (auto const* const name : {"p", "q", "r"})
        state = after(on, with, state, on.text(name));
    auto const bodies = bodies_of(with.ask(on.request("compose")));
    require_same(after_all(on, with, start, bodies), state, "composed, the patches do something else");
}

void an_inverse_undoes(case_parts const& on, conversation& with)
{
    auto const before = on.text("S");
    auto const state = after(on, with, before, on.text("p"));
    auto const bodies = bodies_of(with.ask(on.request("inverse")));
    require_same(after_all(on, with, state, bodies), before, "the inverse does not undo");
}

void a_rebased_patch_does_what_is_left(case_parts const& on, conversation& with)
{
    auto const between = after(on, with, on.text("S"), on.text("q"));
    auto const last = after(on, with, between, on.text("p"));
    auto const bodies = bodies_of(with.ask(on.request("rebase")));
    require_same(after_all(on, with, between, bodies), last, "rebased, the patch does something else");
}

void patches_that_commute_do_so(case_parts const& on, conversation& with)
{
    auto const answer = with.ask(on.request("commutes"));
    if (string_member(answer, "value") != "true")
        throw not_a_case();
    auto const start = on.text("S");
    auto const one = after(on, with, after(on, with, start, on.text("p")), on.text("q"));
    auto const other = after(on, with, after(on, with, start, on.text("q")), on.text("p"));
    require_same(other, one, "the other order leads elsewhere, though the patches are said to commute");
}

void what_does_not_commute_conflicts(case_parts const& on, conversation& with)
{
    auto const commutes = with.ask(on.request("commutes"));
    auto const conflicts = with.ask(on.request("conflicts"));
    if (!is_ok(commutes) || !is_ok(conflicts))
        throw not_a_case();
    auto const* const keys = conflicts.if_contains("keys");
    bool const some = (keys != nullptr && keys->is_array() && !keys->get_array().empty()) ||
                      conflicts.contains("presence") || conflicts.contains("whole");
    if (some == (string_member(commutes, "value") == "true"))
        throw broken_law(some ? "patches that are said to commute conflict"
                              : "patches that do not conflict are said not to commute");
}

void what_is_lost_was_there_and_is_gone(case_parts const& on, conversation& with)
{
    auto const before = on.text("S");
    auto const state = after(on, with, before, on.text("p"));
    auto const answer = with.ask(on.request("losses"));
    auto const* const pointers = answer.if_contains("pointers");
    if (!is_ok(answer) || !before || !state || pointers == nullptr || !pointers->is_array())
        throw not_a_case();
    auto const was = boost::json::parse(*before);
    auto const is = boost::json::parse(*state);
    for (auto const& each : pointers->get_array()) {
        boost::system::error_code error;
        auto const pointer = each.is_string() ? std::string(each.get_string()) : std::string();
        if (was.find_pointer(pointer, error) == nullptr)
            throw broken_law(pointer + " is said to be lost, and was not there");
        if (is.find_pointer(pointer, error) != nullptr)
            throw broken_law(pointer + " is said to be lost, and is there");
    }
}

void a_deepened_merge_patch_has_its_effect(case_parts const& on, conversation& with)
{
    auto const state = on.text("S");
    auto const patch = on.text("p");
    if (!patch || on.profile() == "rfc7396")
        throw not_a_case();
    auto request = apply_request(on, state, patch);
    request["profile"] = "rfc7396";
    auto const merged = with.ask(request);
    if (!is_ok(merged))
        throw not_a_case();
    auto const bodies = bodies_of(with.ask(on.request("deepen")));
    require_same(after_all(on, with, state, bodies), field_of(merged), "deepened, the merge patch does something else");
}

constexpr std::array<driver_law, 13> all_laws{{
    {"without a patch nothing changes", "apply", without_a_patch_nothing_changes},
    {"the same patch twice is once", "apply", the_same_patch_twice_is_once},
    {"validate says what apply does", "validate", validate_says_what_apply_does},
    {"white space has no size", "size", white_space_has_no_size},
    {"a difference leads to its target", "diff", a_difference_leads_to_its_target},
    {"nothing differs from itself", "diff", nothing_differs_from_itself},
    {"composed patches do what all do", "compose", composed_patches_do_what_all_do},
    {"an inverse undoes", "inverse", an_inverse_undoes},
    {"a rebased patch does what is left", "rebase", a_rebased_patch_does_what_is_left},
    {"patches that commute do so", "commutes", patches_that_commute_do_so},
    {"what does not commute conflicts", "conflicts", what_does_not_commute_conflicts},
    {"what is lost was there and is gone", "losses", what_is_lost_was_there_and_is_gone},
    {"a deepened merge patch has its effect", "deepen", a_deepened_merge_patch_has_its_effect},
}};

} // namespace

object const& conversation::ask(object request)
{
    if (!why_beyond(lacks(), request, {}).empty())
        throw not_a_case();
    object answer;
    try {
        answer = std::move(who_.ask({&request, 1}).front());
    } catch (driver_error const& error) {
        steps_.push_back({std::move(request), {}});
        throw broken_law(error.what());
    }
    steps_.push_back({std::move(request), std::move(answer)});
    auto const& said = steps_.back().answer;
    if (string_member(said, "outcome") == "skipped")
        throw not_a_case();
    if (string_member(said, "outcome") == "errored")
        throw broken_law("the driver says: " + string_member(said, "message"));
    return said;
}

std::span<driver_law const> driver_laws()
{
    return all_laws;
}

} // namespace metapatch::conformance

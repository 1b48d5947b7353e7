// SPDX-License-Identifier: BSL-1.0
#include "random_cases.hpp"

#include "../../laws/algebra_cases.hpp"

#include <metapatch/auth0.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Members, most of which a field of strings can hold.
object as_strings(object const& members, model::generator& random, bool with_nulls)
{
    object made;
    for (auto const& each : members) {
        bool const stays = each.value().is_string() || random.one_in(40) || (each.value().is_null() && with_nulls);
        made.emplace(each.key(), stays ? each.value() : value("s" + boost::json::serialize(each.value())));
    }
    return made;
}

/// Near a limit, on either side.
std::size_t near(std::size_t limit, model::generator& random)
{
    return limit + random.below(3) - 1;
}

/// Rarely, what is as long or as many as limits are.
void stretch(object& members, metapatch::limits const& limits, model::generator& random)
{
    static constexpr std::array<std::string_view, 3> letters{"x", "\xC3\xA9", "\xF0\x9F\x98\x80"};
    auto const text = [&random](std::size_t length) {
        auto const letter = letters[random.below(letters.size())];
        std::string made;
        for (std::size_t i = 0; i < length; ++i)
            made += letter;
        return made;
    };
    if (limits.max_value_code_points != unlimited && random.one_in(25))
        members["a"] = text(near(limits.max_value_code_points, random));
    if (limits.max_key_code_points != unlimited && random.one_in(25))
        members[text(near(limits.max_key_code_points, random))] = "x";
    if (limits.max_members != unlimited && random.one_in(12)) {
        for (auto n = near(limits.max_members, random); n > members.size();)
            members["n" + std::to_string(n--)] = "x";
    }
}

} // namespace

value random_case(std::string_view profile, std::uint64_t seed)
{
    auto const* const known = auth0::find_profile(profile);
    auto const merge = known != nullptr ? known->policy.merge : rfc7396.merge;
    model::generator random(seed ^ 0x5EEDU);
    laws::case_maker maker(seed);
    auto const made = maker.made(merge);
    object on;
    for (auto const* const name : {"S", "T", "p", "q", "r"}) {
        auto const* part = made.get_object().if_contains(name);
        if (part == nullptr)
            continue;
        bool const is_state = *name == 'S' || *name == 'T';
        if (!is_state) // a clear is the body {}, and stands alone
            part = part->get_object().if_contains("members");
        value of = part != nullptr ? *part : object();
        if (random.one_in(5)) { // stranger keys and values
            if (is_state)
                of = model::random_state(random).value_or(object());
            else
                of = model::random_body(random);
        }
        if (known != nullptr && of.is_object()) {
            if (known->policy.limits.values != value_types::any)
                of = as_strings(of.get_object(), random, !is_state);
            stretch(of.get_object(), known->policy.limits, random);
        }
        if (!is_state && random.one_in(25))
            of = nullptr;
        on[name] = std::move(of);
    }
    auto operations = maker.made_operations();
    on["operations"] = std::move(operations.get_object().at("operations"));
    return on;
}

case_parts::case_parts(std::string_view profile, value const& on) : profile_(profile), parts_(on.if_object())
{
    if (parts_ == nullptr)
        throw laws::not_a_case();
}

std::optional<std::string> case_parts::text(std::string_view name) const
{
    auto const* const part = parts_->if_contains(name);
    if (part == nullptr)
        return std::nullopt;
    return boost::json::serialize(*part);
}

object case_parts::request(std::string_view op) const
{
    object made{{"id", "random"}, {"op", op}};
    made["profile"] = profile_;
    auto const add = [&](char const* member, char const* part) {
        if (auto found = text(part))
            made[member] = std::move(*found);
    };
    if (op == "diff") {
        add("from", "S");
        add("to", "T");
    } else if (op == "compose") {
        array patches;
        for (auto const* const name : {"p", "q", "r"}) {
            auto const found = text(name);
            patches.push_back(found ? value(*found) : value(nullptr));
        }
        made["patches"] = std::move(patches);
    } else if (op == "rebase" || op == "conflicts" || op == "commutes") {
        add("patch", "p");
        add(op == "rebase" ? "onto" : "other", "q");
    } else {
        add("stored", "S");
        if (op == "deepen") {
            add("merge_patch", "p");
            if (!made.contains("merge_patch"))
                add("json_patch", "operations");
        } else if (op != "size") {
            add("patch", "p");
        }
    }
    return made;
}

} // namespace metapatch::conformance

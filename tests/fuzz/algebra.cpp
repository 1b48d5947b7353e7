// SPDX-License-Identifier: BSL-1.0
// The algebra of patches by all its laws. The first knob is the policy, as for splicing; four others change how it merges,
// and the last is the most members that a body may have (`0`, as `2`, is two). Then comes a case of the laws as one JSON
// value: states `S`, `T` and `U`, patches `p`, `q` and `r`, and the `operations` of a JSON Patch on `S`.
#include "../laws/bodies_laws.hpp"
#include "../laws/change_laws.hpp"
#include "profile.hpp"
#include "value.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

using namespace metapatch;

namespace {

// Nothing here comes near the ceiling of nesting, also after a few copies into themselves: the models know no ceiling.
constexpr std::size_t max_nesting = 16;
constexpr std::size_t most_operations = 8;
constexpr std::size_t most_copies = 3;

using law = void (*)(boost::json::value const&, laws::field_policy const&);
using law_of_bodies = void (*)(boost::json::value const&, laws::field_policy const&, std::size_t most);

constexpr std::array<law, 17> laws_of_patches{laws::untouched_is_the_identity,
                                              laws::the_effect_is_that_of_apply,
                                              laws::composed_patches_do_what_both_do,
                                              laws::composing_is_associative,
                                              laws::a_difference_leads_there_with_the_fewest_members,
                                              laws::a_difference_of_either_presence_empties_and_makes_up_no_key,
                                              laws::either_presence_is_one_for_all,
                                              laws::changes_of_either_presence_lead_there,
                                              laws::an_inverse_undoes,
                                              laws::conflicts_are_where_the_order_shows,
                                              laws::a_rebased_patch_does_what_is_left,
                                              laws::bodies_carry_many_patches,
                                              laws::three_states_make_one_patch,
                                              laws::three_way_is_symmetric_without_conflicts,
                                              laws::losses_are_what_no_one_named,
                                              laws::what_is_lost_is_kept_by_deepening,
                                              laws::a_deepened_merge_patch_has_its_effect};
constexpr std::array<law_of_bodies, 3> laws_of_bodies{
    laws::bodies_carry_a_patch, laws::bodies_of_either_presence_carry_a_patch, laws::bodies_are_accepted_in_turn};

bool is_pointer(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escapes = i + 1 < text.size() && (text[i + 1] == '0' || text[i + 1] == '1');
        if (text[i] == '~' && !escapes)
            return false;
    }
    return text.empty() || text.front() == '/';
}

/// Of the operations that the model of a JSON Patch knows: those that are well-formed.
bool is_modelled(boost::json::value const& each)
{
    static constexpr std::array<std::string_view, 6> names{"add", "remove", "replace", "move", "copy", "test"};
    auto const* const operation = each.if_object();
    auto const string = [&](std::string_view name) {
        auto const* const member = operation != nullptr ? operation->if_contains(name) : nullptr;
        return member != nullptr && member->is_string() ? std::optional<std::string_view>(member->get_string())
                                                        : std::nullopt;
    };
    auto const op = string("op");
    auto const path = string("path");
    auto const from = string("from");
    if (!op || !path || !from || std::find(names.begin(), names.end(), *op) == names.end())
        return false;
    bool const into_itself =
        *op == "move" && path->size() > from->size() && path->starts_with(*from) && (*path)[from->size()] == '/';
    return is_pointer(*path) && is_pointer(*from) && !into_itself;
}

bool has_modelled_operations(boost::json::value const& on)
{
    auto const* const operations = on.is_object() ? on.get_object().if_contains("operations") : nullptr;
    if (operations == nullptr || !operations->is_array() || operations->get_array().size() > most_operations)
        return false;
    auto const& all = operations->get_array();
    if (!std::all_of(all.begin(), all.end(), is_modelled))
        return false;
    auto const copies = std::count_if(all.begin(), all.end(), [](auto const& each) { return each.at("op") == "copy"; });
    return static_cast<std::size_t>(copies) <= most_copies;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto text = fuzz::bytes(data, size);
    fuzz::knobs line(fuzz::take_line(text));
    auto policy = fuzz::profile_of(line);
    policy.merge = fuzz::turned(policy.merge, line);
    std::size_t most = 2;
    if (auto const by = line.turn(); by > 0)
        most = by;
    auto const on = fuzz::value_of(text, max_nesting);
    if (!on || !test::all_finite(*on))
        return 0;
    for (auto const each : laws_of_patches)
        laws::check([&](auto const& value) { each(value, policy); }, *on, "an input");
    for (auto const each : laws_of_bodies)
        laws::check([&](auto const& value) { each(value, policy, most); }, *on, "an input");
    if (has_modelled_operations(*on)) {
        laws::check(
            [&](auto const& value) {
                if (!has_modelled_operations(value))
                    throw laws::not_a_case();
                laws::a_json_patch_does_what_its_operations_say(value, policy);
            },
            *on, "an input");
    }
    return 0;
}

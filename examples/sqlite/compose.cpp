// SPDX-License-Identifier: BSL-1.0
#include "functions.hpp"

#include "call.hpp"

#include "../functions/field_changes.hpp"
#include "../functions/store_policy.hpp"

#include <memory>
#include <new>
#include <optional>
#include <string>

namespace in_sqlite {

namespace {

/// The patches of a group so far.
struct group {
    explicit group(std::string_view policy) : name(policy), patches(functions::read_policy(policy)) {}

    std::string name;
    functions::composition patches;
};

/// Where SQLite keeps it; nullptr where it has none, or no room for one.
group** place_of_group(sqlite3_context* context, bool make) noexcept
{
    return static_cast<group**>(sqlite3_aggregate_context(context, make ? static_cast<int>(sizeof(group*)) : 0));
}

void add(call const& asked)
{
    auto* const place = place_of_group(asked.context(), true);
    if (place == nullptr)
        throw std::bad_alloc();
    auto const policy = asked.required(0, "the policy");
    if (*place == nullptr)
        *place = new group(policy);
    if ((*place)->name != policy)
        throw functions::wrong_argument("the patches of a group have one policy");
    if (auto const why = (*place)->patches.add(asked[1]); !why.empty())
        throw refused(why);
}

void finish(call const& asked)
{
    auto* const place = place_of_group(asked.context(), false);
    std::unique_ptr<group> const made(place != nullptr ? *place : nullptr);
    if (place != nullptr)
        *place = nullptr;
    if (made == nullptr)
        return asked.answer(text());
    auto const body = functions::only_body(made->patches.all());
    if (!body)
        throw refused(body.error());
    asked.answer(*body);
}

void finished(sqlite3_context* context) noexcept
{
    called<finish>(context, 0, nullptr);
}

} // namespace

int add_compose(sqlite3* database) noexcept
{
    return sqlite3_create_function_v2(database, "metapatch_compose", 2, function_flags, nullptr, nullptr, called<add>,
                                      finished, nullptr);
}

} // namespace in_sqlite

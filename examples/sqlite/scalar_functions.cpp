// SPDX-License-Identifier: BSL-1.0
#include "functions.hpp"

#include "call.hpp"

#include "../functions/field_changes.hpp"
#include "../functions/field_patch.hpp"
#include "../functions/user_functions.hpp"

#include <metapatch/json/text.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <vector>

namespace in_sqlite {

namespace {

using functions::wrong_argument;

/// What a place in a statement keeps from one row to the next, which SQLite holds for as long as its policy is the same
/// constant.
template<class Kept>
class kept_at_call {
public:
    explicit kept_at_call(call const& asked) : context_(asked.context())
    {
        kept_ = static_cast<Kept*>(sqlite3_get_auxdata(context_, 0));
        if (kept_ == nullptr)
            made_ = std::make_unique<Kept>();
    }
    kept_at_call(kept_at_call const&) = delete;
    kept_at_call& operator=(kept_at_call const&) = delete;
    ~kept_at_call()
    {
        if (made_ != nullptr) // at the very end: SQLite may let go of it at once
            sqlite3_set_auxdata(context_, 0, made_.release(), [](void* kept) { delete static_cast<Kept*>(kept); });
    }

    Kept* operator->() const noexcept { return kept_ != nullptr ? kept_ : made_.get(); }

private:
    sqlite3_context* context_;
    Kept* kept_;
    std::unique_ptr<Kept> made_;
};

void apply(call const& asked)
{
    kept_at_call<functions::patching> const here(asked);
    auto const made = here->apply(asked.required(0, "the policy"), asked[1], asked[2]);
    if (!made)
        throw refused(made.error());
    asked.answer(*made);
}

void diff(call const& asked)
{
    kept_at_call<functions::kept_policy> const here(asked);
    auto const made =
        functions::only_body(functions::diff(here->of(asked.required(0, "the policy")), asked[1], asked[2]));
    if (!made)
        throw refused(made.error());
    asked.answer(*made);
}

void merge(call const& asked)
{
    kept_at_call<functions::kept_policy> const here(asked);
    auto const made = functions::merge(here->of(asked.required(0, "the policy")), asked[1], asked[2], asked[3]);
    if (!made)
        throw refused(made.error());
    asked.answer(*made);
}

void size(call const& asked)
{
    auto const made = functions::size(asked[0]);
    if (!made)
        throw refused(made.error());
    asked.answer(*made);
}

/// Names as a JSON array; none of NULL.
class names_in_json {
public:
    explicit names_in_json(text json)
    {
        if (!json)
            return;
        auto read = metapatch::read_value(*json);
        if (!read || !read->is_array())
            throw wrong_argument("fields must be a JSON array of names, or NULL");
        value_ = std::move(*read);
        for (auto const& each : value_.get_array()) {
            if (!each.is_string())
                throw wrong_argument("fields must be a JSON array of names, or NULL");
            names_.push_back(each.get_string());
        }
    }

    std::vector<std::string_view> const& names() const noexcept { return names_; }

private:
    boost::json::value value_{};
    std::vector<std::string_view> names_{};
};

void authorize(call const& asked)
{
    names_in_json const fields(asked[4]);
    auto const made = functions::authorize(asked.required(0, "the operation"), asked.required(1, "scopes"), asked[2],
                                           asked[3], fields.names());
    asked.answer(functions::decision_json(made));
}

void update_user(call const& asked)
{
    auto const made = functions::update_user(asked[0], asked[1], asked[2], asked.required(3, "user_id"),
                                             asked.required(4, "the body"));
    if (!made)
        throw refused(made.error());
    asked.answer(*made);
}

struct function {
    char const* name;
    int arguments;
    void (*run)(sqlite3_context*, int, sqlite3_value**) noexcept;
};

constexpr std::array<function, 6> scalar_functions{{
    {"metapatch_apply", 3, called<apply>},
    {"metapatch_diff", 3, called<diff>},
    {"metapatch_merge", 4, called<merge>},
    {"metapatch_size", 1, called<size>},
    {"metapatch_authorize", 5, called<authorize>},
    {"metapatch_update_user", 5, called<update_user>},
}};

} // namespace

int add_scalar_functions(sqlite3* database) noexcept
{
    for (auto const& each : scalar_functions) {
        auto const code = sqlite3_create_function_v2(database, each.name, each.arguments, function_flags, nullptr,
                                                     each.run, nullptr, nullptr, nullptr);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

} // namespace in_sqlite

// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

#include "exports.hpp"

#include <array>

namespace border {

namespace {

operation const* find_operation(std::string_view name)
{
    for (auto const& group : {algebra_operations, user_operations, login_operations}) {
        for (auto const& each : group) {
            if (each.name == name)
                return &each;
        }
    }
    return nullptr;
}

} // namespace

} // namespace border

extern "C" {

/// The operation of the name that was written as input; 0 where there is none.
[[clang::export_name("find_operation")]] border::operation const* find_operation(std::size_t bytes)
{
    return border::find_operation(std::string_view(border::of_instance().input).substr(0, bytes));
}

/// Run an operation. The output is the JSON of its answer.
///
/// @param policy  0: none, for an operation that takes none
/// @param count   of the texts of the input
[[clang::export_name("run")]] void run(border::operation const* operation, border::defined_policy const* policy,
                                       std::size_t count, metapatch::presence presence, border::documents how)
{
    static border::defined_policy const none{};
    auto& [input, output] = border::of_instance();
    output.clear();
    border::json_answer answer(output, how);
    operation->run({border::arguments(input, count), policy != nullptr ? *policy : none, presence, how, answer});
}
}

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_OPERANDS_HPP
#define METAPATCH_MODULE_OPERANDS_HPP

#include "arguments.hpp"
#include "violations.hpp"

#include "../../functions/operands.hpp"

#include <string_view>

namespace border {

using functions::stored_state;

/// The operands of a call, by their index.
class operands : public functions::operands {
public:
    operands(arguments const& given, functions::field_rules const& policy) : functions::operands(policy), given_(given)
    {
    }

    bool given(std::size_t index) const noexcept { return given_[index].has_value(); }

    boost::json::value value_at(std::size_t index, std::string_view name) { return value_of({name, given_[index]}); }

    boost::json::object object_at(std::size_t index, std::string_view name) { return object_of({name, given_[index]}); }

    boost::json::object object_if_given(std::size_t index, std::string_view name)
    {
        return functions::operands::object_if_given({name, given_[index]});
    }

    stored_state state_at(std::size_t index, std::string_view name) { return state_of({name, given_[index]}); }

    metapatch::patch patch_at(std::size_t index, std::string_view name) { return patch_of({name, given_[index]}); }

    void write_refusal(json_answer& to) const
    {
        to.begin('{').key("ok").word("false");
        write_violations(to, why(), [this](auto const&) { return wrong_text(); });
        to.end('}');
    }

private:
    arguments const& given_;
};

} // namespace border

#endif

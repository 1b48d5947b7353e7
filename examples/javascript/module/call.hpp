// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_CALL_HPP
#define METAPATCH_MODULE_CALL_HPP

#include "arguments.hpp"
#include "policy_record.hpp"

#include "../../functions/json_answer.hpp"

#include <metapatch/algebra/presence.hpp>

namespace border {

using functions::documents;
using functions::json_answer;

/// A call of an operation that answers with JSON.
struct call {
    arguments given;
    defined_policy const& policy; ///< of operations that take one
    metapatch::presence presence;
    documents how;
    json_answer& answer;
};

/// An operation by its name.
struct operation {
    std::string_view name;
    void (*run)(call const&);
};

} // namespace border

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_HPP
#define METAPATCH_OUTCOME_HPP

/// What can go wrong, and how it is told: codes, violations with their JSON Pointers, and reports of them.
///
/// `errc` is the list of codes; `violation` is one rule that was broken, and where; `report` is all of them;
/// `result<T>` is a value or a report. Nothing below this, and nothing in it knows JSON.
#include <metapatch/outcome/error.hpp>
#include <metapatch/outcome/findings.hpp>
#include <metapatch/outcome/joined.hpp>
#include <metapatch/outcome/operation_fault.hpp>
#include <metapatch/outcome/rule_code.hpp>

#include <metapatch/outcome/violation.hpp>

#endif

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_BODY_COMPARISON_HPP
#define METAPATCH_RUNNER_BODY_COMPARISON_HPP

#include "exact_texts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace metapatch::conformance {

/// Where more than one answer is right, a vector says so.
struct body_hints {
    bool any_key = false;             ///< any key that is not stored will do
    bool split = false;               ///< another split of the same sizes will do, with removals first
    std::vector<std::string> lexemes; ///< how numbers must be written

    static body_hints of(boost::json::object const& expect);
};

/// What is wrong with the bodies of an answer: a text, or an array of them. "" where nothing is.
std::string bodies_fault(boost::json::value const& expected, boost::json::value const& given, body_hints const& hints,
                         exact_texts& texts);

} // namespace metapatch::conformance

#endif

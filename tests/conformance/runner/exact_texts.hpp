// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_EXACT_TEXTS_HPP
#define METAPATCH_RUNNER_EXACT_TEXTS_HPP

#include <metapatch/json/exact_dom.hpp>
#include <metapatch/json/walk.hpp>

#include <boost/json/value.hpp>
#include <deque>
#include <string>
#include <utility>

namespace metapatch::conformance {

/// Texts that are compared with each other: as values whose numbers are exact.
class exact_texts {
public:
    result<boost::json::value> read(std::string text, duplicate_keys duplicates = duplicate_keys::rejected)
    {
        texts_.push_back(std::move(text));
        return dom_.read(texts_.back(), {.max_nesting = nesting_ceiling, .duplicates = duplicates});
    }

    std::string write(boost::json::value const& value) const { return dom_.write(value); }

private:
    std::deque<std::string> texts_; // whose numbers the values refer to
    exact_dom dom_;
};

} // namespace metapatch::conformance

#endif

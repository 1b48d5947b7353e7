// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_FUZZ_VALUE_HPP
#define METAPATCH_TESTS_FUZZ_VALUE_HPP

#include <boost/json/parse_options.hpp>
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace metapatch::fuzz {

/// A text as Boost.JSON reads it; nothing where it is no JSON, or nested deeper than that.
inline std::optional<boost::json::value> value_of(std::string_view text, boost::json::parse_options const& options)
{
    boost::json::stream_parser parser({}, options);
    boost::system::error_code error;
    parser.write(text.data(), text.size(), error);
    if (!error)
        parser.finish(error);
    return error ? std::nullopt : std::optional(parser.release());
}

/// A valid text.
inline std::optional<boost::json::value> value_of(std::string_view text, std::size_t max_nesting)
{
    boost::json::parse_options options;
    options.max_depth = max_nesting;
    return value_of(text, options);
}

} // namespace metapatch::fuzz

#endif

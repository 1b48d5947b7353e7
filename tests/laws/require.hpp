// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_REQUIRE_HPP
#define METAPATCH_TESTS_LAWS_REQUIRE_HPP

#include <algorithm>
#include <boost/assert/source_location.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace metapatch::laws {

/// Thrown where a law does not hold: a test case fails by it, and a fuzz target ends by it, as nothing catches it there.
struct broken_law : std::logic_error {
    using std::logic_error::logic_error;
};

/// What a person wants to read of a text: all, or of a long one what is near a place.
inline std::string excerpt(std::string_view text, std::size_t at = 0)
{
    constexpr std::size_t most = 4000;
    constexpr std::size_t near = 100;
    if (text.size() <= most)
        return std::string(text);
    auto const begin = at - std::min(at, near);
    return "(bytes from " + std::to_string(begin) + " on, of " + std::to_string(text.size()) + ") " +
           std::string(text.substr(begin, 2 * near));
}

/// @param words  called only where the law is broken: the case in words
template<class Words>
void require(bool holds, Words const& words, boost::source_location where = BOOST_CURRENT_LOCATION)
{
    if (!holds)
        throw broken_law(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": broken\n" + words());
}

/// @param words  called only where the texts differ: the case in words
template<class Words>
void require_same(std::string const& got, std::string const& expected, Words const& words,
                  boost::source_location where = BOOST_CURRENT_LOCATION)
{
    auto const both = [&] {
        auto const end = got.begin() + static_cast<std::ptrdiff_t>(std::min(got.size(), expected.size()));
        auto const at = static_cast<std::size_t>(std::mismatch(got.begin(), end, expected.begin()).first - got.begin());
        return "  got      " + excerpt(got, at) + "\n  expected " + excerpt(expected, at) + "\n" + words();
    };
    require(got == expected, both, where);
}

} // namespace metapatch::laws

#endif

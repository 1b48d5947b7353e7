// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_REQUIRE_HPP
#define METAPATCH_TESTS_LAWS_REQUIRE_HPP

#include <boost/assert/source_location.hpp>
#include <stdexcept>
#include <string>

namespace metapatch::laws {

/// Thrown where a law does not hold: a test case fails by it, and a fuzz target ends by it, as nothing catches it there.
struct broken_law : std::logic_error {
    using std::logic_error::logic_error;
};

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
    require(
        got == expected, [&] { return "  got      " + got + "\n  expected " + expected + "\n" + words(); }, where);
}

} // namespace metapatch::laws

#endif
